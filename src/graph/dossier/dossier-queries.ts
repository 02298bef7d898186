import { z } from 'zod'
import { LateRecordRow } from '../analysis/fleet-queries.ts'
import { defineQuery } from '../define-query.ts'

const text = z.string()
const maybe = text.nullable()
const number = z.number().nullable()
const flag = z.boolean().nullable()
const instant = text.min(20)
const codes = z.array(z.object({ code: text, failureType: maybe, status: z.int().nullable() }))

export const RecordsRow = z.strictObject({
  vinSealed: maybe,
  feedback: z.array(z.object({
    id: text, channel: text, occurredAt: text, receivedAt: text, text, language: maybe, odometerKm: number, rating: number, crash: flag, fire: flag,
    injuries: number, sos: flag, responded: flag, triage: maybe, issueId: maybe, codes,
  })),
  snapshots: z.array(z.object({ id: text, capturedAt: text, receivedAt: text, trigger: maybe, odometerKm: number, ambientC: number, codes })),
  repairs: z.array(z.object({
    repairOrderId: maybe, openedAt: text, closedAt: maybe, receivedAt: text, serviceCenter: maybe, odometerKm: number, complaint: maybe, cause: maybe,
    correction: maybe, result: maybe, warranty: flag, partsReplaced: maybe, text: maybe,
  })),
  issues: z.array(z.object({
    id: text, state: text, component: maybe, symptom: maybe, model: maybe, openedAt: text, feedbackIds: z.array(text), alertIds: z.array(text),
  })),
})
export type RecordsRow = z.infer<typeof RecordsRow>

export const LateContentRow = LateRecordRow.extend({ kind: z.enum(['feedback', 'telemetry-snapshots', 'repair-orders', 'software-installs']) })
export type LateContentRow = z.infer<typeof LateContentRow>

const sample = { vehicleId: 'veh_00000000000000000000000000000001', at: '2022-09-10T00:00:00.000Z' }

/** Statements that read one car as of an instant. */
export const dossierQueries = {
  recordsOfCar: defineQuery({ file: 'dossier/records-of-car.cypher', mode: 'READ', params: z.object({ vehicleId: text, at: instant }), row: RecordsRow, sample }),
  lateRecordsOfCar: defineQuery({ file: 'dossier/late-records-of-car.cypher', mode: 'READ', params: z.object({ vehicleId: text, at: instant }), row: LateContentRow, sample }),
  casesAffecting: defineQuery({
    file: 'dossier/cases-affecting.cypher',
    mode: 'READ',
    params: z.object({ modelYearIds: z.array(text), partIds: z.array(text), lotIds: z.array(text), releaseIds: z.array(text), at: instant }),
    row: z.strictObject({
      caseId: text, kind: maybe, title: text, openedAt: maybe, closedAt: maybe, component: maybe, rootCause: maybe, affected: maybe,
      actions: z.array(z.object({ kind: z.enum(['ICA', 'PCA']), actionType: text, text: maybe })),
    }),
    sample: { modelYearIds: ['kia/ev6/2022'], partIds: [], lotIds: ['37501-CV000/21W08'], releaseIds: [], at: sample.at },
  }),
} as const
