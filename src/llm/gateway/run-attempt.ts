import type { ModelFailure } from '../ports.ts'
import { believableUsage } from './believable-usage.ts'
import type { ChatMessage, ChatOutcome } from './chat-call.ts'
import { hashOf } from './gateway-parts.ts'
import type { ArmedTarget, Asked, GatewayParts, OpenCase } from './gateway-parts.ts'
import type { LedgerRow } from './ledger.ts'
import type { RunBooking } from './run-booking.ts'
import { estimateMessages, estimateTokens } from './token-estimate.ts'

/** What a call came to after its retries. */
export type Settled = { kind: 'answer'; text: string } | { kind: Exclude<ModelFailure, 'disabled' | 'not-grounded' | 'invalid-output'>; detail: string }
/** What one try came to; `again` may be tried once more, after the pause the server asked for. */
export type Tried = Settled | { kind: 'again'; afterMs: number | null; detail: string }

/** What the ledger says of an answer. */
export type OutcomeOf = (text: string) => LedgerRow['outcome']

type Question = { target: ArmedTarget; messages: readonly ChatMessage[]; outcomeOf: OutcomeOf }
type Surroundings = { open: OpenCase; asked: Asked; parts: GatewayParts; booking: RunBooking }
type Call = Question & { estimate: { input: number; output: number }; milliseconds: number }

/** Sends a question once, when time and budgets allow it, and books what came of it. */
export const attemptOnce = async (question: Question, surroundings: Surroundings): Promise<Tried> => {
  const { target, messages } = question
  const { open, asked, parts } = surroundings
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
    return await settle(outcome, { ...question, estimate, milliseconds: parts.now().getTime() - begun }, surroundings.booking)
  } finally {
    reservation.release()
  }
}

const settle = async (outcome: ChatOutcome, { target, messages, outcomeOf, estimate, milliseconds }: Call, { book }: RunBooking): Promise<Tried> => {
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
