import type { ModelAnswer, ModelFailure, ModelProvenance } from '../ports.ts'
import type { ChatMessage } from './chat-call.ts'
import type { ArmedTarget, Asked, GatewayParts, OpenCase } from './gateway-parts.ts'
import { retryPause } from './retry-pause.ts'
import { attemptOnce, type OutcomeOf, type Settled } from './run-attempt.ts'
import { createRunBooking } from './run-booking.ts'

export type { Settled } from './run-attempt.ts'
export type Run = ReturnType<typeof createRun>

/** One question on its way through budget, breaker, retries, ledger and record. */
export const createRun = (open: OpenCase, asked: Asked, parts: GatewayParts) => {
  const booking = createRunBooking(open, asked, parts)
  let lastTarget: ArmedTarget | null = null

  const callWithRetries = async (target: ArmedTarget, messages: readonly ChatMessage[], outcomeOf: OutcomeOf): Promise<Settled> => {
    for (let retries = 0; ; retries += 1) {
      if (!target.breaker.tryPass()) return { kind: 'unavailable', detail: `${target.model} rests after failures` }
      const settled = await attemptOnce({ target, messages, outcomeOf }, { open, asked, parts, booking })
      if (settled.kind !== 'again') return settled
      const pause = retryPause({ retries, retryAfterMs: settled.afterMs, remainingMs: open.endsAt - parts.now().getTime(), random: parts.random })
      if (pause === null || !open.budget.hasCall()) return { kind: 'unavailable', detail: settled.detail }
      await parts.wait(pause, open.signal)
    }
  }

  return {
    hasCall: () => open.budget.hasCall(),
    provenance: booking.provenance,
    noteCached: booking.noteCached,
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
    async answered<V>(value: V, target: ArmedTarget): Promise<ModelAnswer<V>> {
      await booking.saveRecord('answered', target.structuredOutput)
      return { ok: true, value, usage: booking.usage, provenance: booking.provenance(target) }
    },
    async failed<V>(kind: ModelFailure, detail: string, rawText?: string, judged?: V): Promise<ModelAnswer<V>> {
      const provenance: ModelProvenance | null = lastTarget && booking.hasAttempts() ? booking.provenance(lastTarget) : null
      if (booking.hasAttempts()) await booking.saveRecord(kind, lastTarget?.structuredOutput ?? null)
      return { ok: false, kind, detail, usage: booking.usage, provenance, ...(rawText === undefined ? {} : { rawText }), ...(judged === undefined ? {} : { judged }) }
    },
  }
}
