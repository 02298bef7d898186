import type { ModelAnswer, ModelFailure, ModelProvenance, ModelUsage } from '../ports.ts'
import { believableUsage } from './believable-usage.ts'
import type { BookedUsage } from './believable-usage.ts'
import type { ChatMessage, ChatOutcome } from './chat-call.ts'
import { costOf, hashOf, noUsage } from './gateway-parts.ts'
import type { ArmedTarget, Asked, GatewayParts, OpenCase } from './gateway-parts.ts'
import type { LedgerRow } from './ledger.ts'
import { retryPause } from './retry-pause.ts'
import { estimateMessages, estimateTokens } from './token-estimate.ts'

/** What a call came to after its retries. */
export type Settled = { kind: 'answer'; text: string } | { kind: Exclude<ModelFailure, 'disabled' | 'not-grounded' | 'invalid-output'>; detail: string }

type Attempt = { outcome: LedgerRow['outcome']; modelId: string; messages: readonly ChatMessage[]; requestSha256: string; text: string | null; detail: string | null; usage: BookedUsage | null; milliseconds: number }

/** What the ledger says of an answer. */
type OutcomeOf = (text: string) => LedgerRow['outcome']

export type Run = ReturnType<typeof createRun>

/** One question on its way through budget, breaker, retries, ledger and record. */
export const createRun = (open: OpenCase, asked: Asked, parts: GatewayParts) => {
  const recordId = parts.newId()
  const startedAt = parts.now()
  const attempts: Attempt[] = []
  const usage: ModelUsage = { ...noUsage(), costUsd: parts.price === null ? null : 0 }
  let lastTarget: ArmedTarget | null = null

  const provenance = (target: ArmedTarget): ModelProvenance => ({
    recordId, promptId: asked.prompt.id, promptVersion: asked.prompt.version, promptSha256: asked.hashes.promptSha256, schemaSha256: asked.hashes.schemaSha256,
    evidenceSha256: asked.hashes.evidenceSha256, modelId: target.model, structuredOutput: target.structuredOutput, seed: parts.seed, cached: false,
  })

  const rowOf = (outcome: LedgerRow['outcome'], modelId: string, booked: BookedUsage | null, milliseconds: number): LedgerRow => ({
    at: parts.now().toISOString(), purpose: asked.purpose, caseId: open.caseId, promptId: asked.prompt.id, promptVersion: asked.prompt.version, modelId, recordId,
    ...(booked ?? { inputTokens: 0, outputTokens: 0, cachedTokens: 0, usageReported: true }), costUsd: booked && costOf(parts.price, booked), milliseconds, outcome,
  })

  /** Books a call everywhere at once: case, question, ledger, record. */
  const book = async (attempt: Attempt): Promise<void> => {
    attempts.push(attempt)
    usage.milliseconds += attempt.milliseconds
    if (attempt.usage) {
      open.budget.book(attempt.usage.inputTokens + attempt.usage.outputTokens)
      usage.calls += 1
      usage.inputTokens += attempt.usage.inputTokens
      usage.outputTokens += attempt.usage.outputTokens
      usage.cachedTokens += attempt.usage.cachedTokens
      usage.costUsd = usage.costUsd === null ? null : usage.costUsd + (costOf(parts.price, attempt.usage) ?? 0)
    }
    await parts.ledger.append(rowOf(attempt.outcome, attempt.modelId, attempt.usage, attempt.milliseconds))
    parts.log.info({ promptId: asked.prompt.id, promptVersion: asked.prompt.version, modelId: attempt.modelId, outcome: attempt.outcome, tokens: attempt.usage, milliseconds: attempt.milliseconds }, 'model call')
  }

  const attemptOnce = async (target: ArmedTarget, messages: readonly ChatMessage[], outcomeOf: OutcomeOf): Promise<Settled | { kind: 'again'; afterMs: number | null; detail: string }> => {
    const estimate = { input: estimateMessages(messages), output: asked.prompt.maxTokens }
    const remaining = open.endsAt - parts.now().getTime()
    const withheld = (kind: 'unavailable' | 'budget-exhausted', detail: string) => {
      target.breaker.withdrew()
      return { kind, detail }
    }
    if (remaining <= 0) return withheld('unavailable', 'the time of the case is over')
    if (!open.budget.fits(estimate.input + estimate.output)) return withheld('budget-exhausted', 'the tokens or calls of the case are used up')
    const reservation = await parts.daily.reserve(estimate.input + estimate.output)
    if (!reservation) return withheld('budget-exhausted', 'the tokens of today are used up')
    const begun = parts.now().getTime()
    try {
      const outcome = await parts.call({ target, messages, jsonSchema: asked.jsonSchema, maxTokens: asked.prompt.maxTokens, seed: parts.seed, timeoutMs: Math.min(parts.callMs, remaining), signal: open.signal })
      return await settle(outcome, { target, messages, outcomeOf, estimate, milliseconds: parts.now().getTime() - begun })
    } finally {
      reservation.release()
    }
  }

  type Call = { target: ArmedTarget; messages: readonly ChatMessage[]; outcomeOf: OutcomeOf; estimate: { input: number; output: number }; milliseconds: number }

  const settle = async (outcome: ChatOutcome, { target, messages, outcomeOf, estimate, milliseconds }: Call): Promise<Settled | { kind: 'again'; afterMs: number | null; detail: string }> => {
    const base = { modelId: target.model, messages, requestSha256: hashOf([target.model, messages]), text: null, detail: null, milliseconds }
    const booked = (text: string) => believableUsage('usage' in outcome ? outcome.usage : { inputTokens: null, outputTokens: null, cachedTokens: null }, { input: estimate.input, output: estimateTokens(text) })
    // Nobody knows how far a server got with a call that was left: the whole estimate is booked.
    const whole = outcome.charged ? { inputTokens: estimate.input, outputTokens: estimate.output, cachedTokens: 0, usageReported: false } : null
    switch (outcome.kind) {
      case 'answer': {
        target.breaker.succeeded()
        await book({ ...base, outcome: outcomeOf(outcome.text), text: outcome.text, usage: booked(outcome.text) })
        return { kind: 'answer', text: outcome.text }
      }
      case 'refused':
      case 'truncated': {
        target.breaker.succeeded()
        await book({ ...base, outcome: outcome.kind, text: outcome.text, usage: booked(outcome.text) })
        return { kind: outcome.kind, detail: outcome.kind === 'refused' ? 'the model refused' : 'the answer was cut off at its length' }
      }
      case 'cancelled': {
        target.breaker.withdrew()
        await book({ ...base, outcome: 'cancelled', usage: whole })
        return { kind: 'cancelled', detail: 'cancelled by the caller' }
      }
      case 'failed': {
        target.breaker.failed()
        await book({ ...base, outcome: outcome.retryable ? 'retried' : 'unavailable', detail: outcome.detail, usage: whole })
        return outcome.retryable ? { kind: 'again', afterMs: outcome.retryAfterMs, detail: outcome.detail } : { kind: 'unavailable', detail: outcome.detail }
      }
    }
  }

  const callWithRetries = async (target: ArmedTarget, messages: readonly ChatMessage[], outcomeOf: OutcomeOf): Promise<Settled> => {
    for (let retries = 0; ; retries += 1) {
      if (!target.breaker.tryPass()) return { kind: 'unavailable', detail: `${target.model} rests after failures` }
      const settled = await attemptOnce(target, messages, outcomeOf)
      if (settled.kind !== 'again') return settled
      const pause = retryPause({ retries, retryAfterMs: settled.afterMs, remainingMs: open.endsAt - parts.now().getTime(), random: parts.random })
      if (pause === null || !open.budget.hasCall()) return { kind: 'unavailable', detail: settled.detail }
      await parts.wait(pause, open.signal)
    }
  }

  const saveRecord = async (kind: string) =>
    parts.records
      .write(recordId, { recordId, at: startedAt.toISOString(), caseId: open.caseId, purpose: asked.purpose, kind, prompt: { id: asked.prompt.id, version: asked.prompt.version }, hashes: asked.hashes, seed: parts.seed, jsonSchema: asked.jsonSchema, maxTokens: asked.prompt.maxTokens, structuredOutput: lastTarget?.structuredOutput ?? null, attempts })
      .catch((error: unknown) => parts.log.warn({ err: error }, 'the record of a model call could not be kept'))

  return {
    hasCall: () => open.budget.hasCall(),
    provenance,
    async call(target: ArmedTarget, messages: readonly ChatMessage[], outcomeOf: OutcomeOf): Promise<Settled> {
      if (!open.budget.hasCall()) return { kind: 'budget-exhausted', detail: 'the calls of the case are used up' }
      lastTarget = target
      try {
        return await parts.inTurn(() => callWithRetries(target, messages, outcomeOf), open.signal)
      } catch (error) {
        if (open.signal.aborted) return { kind: 'cancelled', detail: 'cancelled by the caller' }
        throw error
      }
    },
    async noteCached(from: ModelProvenance): Promise<void> {
      await parts.ledger.append({ ...rowOf('cached', from.modelId, null, 0), recordId: from.recordId })
    },
    async answered<V>(value: V, target: ArmedTarget): Promise<ModelAnswer<V>> {
      await saveRecord('answered')
      return { ok: true, value, usage, provenance: provenance(target) }
    },
    async failed<V>(kind: ModelFailure, detail: string, rawText?: string, judged?: V): Promise<ModelAnswer<V>> {
      if (attempts.length > 0) await saveRecord(kind)
      return {
        ok: false, kind, detail, usage, provenance: lastTarget && attempts.length > 0 ? provenance(lastTarget) : null,
        ...(rawText === undefined ? {} : { rawText }), ...(judged === undefined ? {} : { judged }),
      }
    },
  }
}
