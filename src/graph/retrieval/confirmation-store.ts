import { z } from 'zod'
import { CaseConfirmation, CaseRecord } from '../../domain/case-record.ts'
import { AffectedVehicles } from '../../domain/case.ts'
import { defineQuery } from '../define-query.ts'
import type { GraphClient } from '../ports.ts'
import type { ConfirmationStore } from '../ports/confirmation-store.ts'

const params = z.object({ caseId: z.string(), feedbackId: z.string(), at: z.string(), by: z.string().nullable() })
const sample = { caseId: 'none', feedbackId: 'none', at: '2022-09-01T00:00:00.000Z', by: null }
const text = z.string().nullable()

export const confirmCase = defineQuery({
  file: 'retrieval/confirm-case.cypher', mode: 'WRITE', params, row: z.strictObject(CaseConfirmation.shape), sample,
})
export const withdrawConfirmation = defineQuery({
  file: 'retrieval/withdraw-confirmation.cypher', mode: 'WRITE', params, row: z.strictObject({ caseId: z.string() }), sample,
})
export const readCaseRecord = defineQuery({
  file: 'retrieval/read-case-record.cypher',
  mode: 'READ',
  params: z.object({ caseId: z.string(), asOf: z.string().nullable() }),
  row: z.strictObject({
    ...CaseRecord.omit({ dates: true, affected: true, verification: true }).shape,
    openedAt: text, closedAt: text, receivedAt: text, affected: text, verification: text,
  }),
  sample: { caseId: 'C-1', asOf: null },
})

export function createConfirmationStore({ client }: { client: GraphClient }): ConfirmationStore {
  return {
    confirm: confirmation => client.write(tx => tx.maybeOne(confirmCase, confirmation)),
    withdraw: async confirmation => (await client.write(tx => tx.maybeOne(withdrawConfirmation, confirmation))) !== null,
    caseRecord: async (caseId, asOf) => {
      const row = await client.maybeOne(readCaseRecord, { caseId, asOf })
      return row && toCaseRecord(row)
    },
  }
}

/** What the import wrote as JSON; a text of another shape is treated as not given. */
const jsonOf = <T extends z.ZodType>(written: string | null, schema: T): z.output<T> | null => {
  if (written === null) return null
  try {
    return schema.safeParse(JSON.parse(written)).data ?? null
  } catch {
    return null
  }
}

function toCaseRecord({ openedAt, closedAt, receivedAt, affected, verification, ...rest }: z.output<typeof readCaseRecord.row>): CaseRecord {
  return {
    ...rest,
    dates: { openedAt, closedAt, receivedAt },
    affected: jsonOf(affected, z.array(AffectedVehicles)) ?? [],
    verification: jsonOf(verification, CaseRecord.shape.verification),
  }
}
