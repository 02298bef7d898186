import type { ModelProvenance, ModelUsage } from '../ports.ts'
import type { BookedUsage } from './believable-usage.ts'
import type { ChatMessage } from './chat-call.ts'
import { costOf, noUsage } from './gateway-parts.ts'
import type { ArmedTarget, Asked, GatewayParts, OpenCase } from './gateway-parts.ts'
import type { LedgerRow } from './ledger.ts'

export type Attempt = { outcome: LedgerRow['outcome']; modelId: string; messages: readonly ChatMessage[]; requestSha256: string; text: string | null; detail: string | null; usage: BookedUsage | null; milliseconds: number }

/** Where the calls of one question are booked: case, ledger, log and record. */
export type RunBooking = {
  /** Sum of what was booked so far. */
  readonly usage: ModelUsage
  readonly hasAttempts: () => boolean
  readonly provenance: (target: ArmedTarget) => ModelProvenance
  readonly book: (attempt: Attempt) => Promise<void>
  /** An answer that was kept from an earlier question: no call, no tokens. */
  readonly noteCached: (from: ModelProvenance) => Promise<void>
  /** Writes the record of the question; a record that cannot be kept does not fail the answer. */
  readonly saveRecord: (kind: string, structuredOutput: ArmedTarget['structuredOutput'] | null) => Promise<void>
}

export const createRunBooking = (open: OpenCase, asked: Asked, parts: GatewayParts): RunBooking => {
  const recordId = parts.newId()
  const startedAt = parts.now()
  const attempts: Attempt[] = []
  const usage: ModelUsage = { ...noUsage(), costUsd: parts.price === null ? null : 0 }
  const { purpose, prompt, hashes, jsonSchema } = asked
  const rowOf = (outcome: LedgerRow['outcome'], modelId: string, booked: BookedUsage | null, milliseconds: number): LedgerRow => ({
    at: parts.now().toISOString(), purpose, caseId: open.caseId, promptId: prompt.id, promptVersion: prompt.version, modelId, recordId,
    ...(booked ?? { inputTokens: 0, outputTokens: 0, cachedTokens: 0, usageReported: true }), costUsd: booked && costOf(parts.price, booked), milliseconds, outcome,
  })
  return {
    usage,
    hasAttempts: () => attempts.length > 0,
    provenance: target => ({
      recordId, promptId: prompt.id, promptVersion: prompt.version, promptSha256: hashes.promptSha256, schemaSha256: hashes.schemaSha256,
      evidenceSha256: hashes.evidenceSha256, modelId: target.model, structuredOutput: target.structuredOutput, seed: parts.seed, cached: false,
    }),
    async book(attempt) {
      attempts.push(attempt)
      addUsage(usage, attempt, parts)
      if (attempt.usage) open.budget.book(attempt.usage.inputTokens + attempt.usage.outputTokens)
      await parts.ledger.append(rowOf(attempt.outcome, attempt.modelId, attempt.usage, attempt.milliseconds))
      parts.log.info({ promptId: prompt.id, promptVersion: prompt.version, modelId: attempt.modelId, outcome: attempt.outcome, tokens: attempt.usage, milliseconds: attempt.milliseconds }, 'model call')
    },
    noteCached: from => parts.ledger.append({ ...rowOf('cached', from.modelId, null, 0), recordId: from.recordId }),
    saveRecord: (kind, structuredOutput) =>
      parts.records
        .write(recordId, {
          recordId, at: startedAt.toISOString(), caseId: open.caseId, purpose, kind, prompt: { id: prompt.id, version: prompt.version }, hashes, seed: parts.seed, jsonSchema,
          maxTokens: prompt.maxTokens, structuredOutput, attempts,
        })
        .catch((error: unknown) => parts.log.warn({ err: error }, 'the record of a model call could not be kept')),
  }
}

const addUsage = (usage: ModelUsage, { milliseconds, usage: booked }: Attempt, { price }: GatewayParts): void => {
  usage.milliseconds += milliseconds
  if (booked === null) return
  usage.calls += 1
  usage.inputTokens += booked.inputTokens
  usage.outputTokens += booked.outputTokens
  usage.cachedTokens += booked.cachedTokens
  usage.costUsd = usage.costUsd === null ? null : usage.costUsd + (costOf(price, booked) ?? 0)
}
