import type { ModelGateway } from '../ports.ts'
import { askModel } from './ask-model.ts'
import { createCallSlots } from './call-slots.ts'
import { createCircuitBreaker } from './circuit-breaker.ts'
import type { GatewayOptions, GatewayParts } from './gateway-parts.ts'
import { caseLimits, createCaseBudget, createDailyBudget } from './token-budget.ts'

export type { GatewayOptions, TokenPrice } from './gateway-parts.ts'

/** Sent with every call; servers that know it answer alike to alike. */
const usualSeed = 7

/** The one door to language models. */
export const createModelGateway = (options: GatewayOptions): ModelGateway => {
  const clock = () => options.now().getTime()
  const targets = options.targets.map(target => ({ ...target, breaker: createCircuitBreaker({ now: clock }) }))
  const daily = createDailyBudget({ ledger: options.ledger, limit: options.dailyTokens, now: options.now })
  const parts: GatewayParts = { ...options, targets, daily, inTurn: createCallSlots(options.concurrency), seed: options.seed ?? usualSeed }
  return {
    modelId: targets[0]?.model ?? null,
    openCase(caseId, { signal } = {}) {
      const budget = createCaseBudget(options.caseLimits ?? caseLimits)
      const endsAt = clock() + options.caseMs
      return { ask: question => askModel({ caseId, budget, endsAt, signal: signal ?? new AbortController().signal }, question, parts) }
    },
    async health() {
      if (targets.length === 0) return { status: 'off', detail: 'no language model is configured' }
      if (targets.every(target => target.breaker.isOpen())) return { status: 'degraded', detail: 'no model answers: words come from the template' }
      if (await daily.isSpent()) return { status: 'degraded', detail: 'the tokens of today are spent: words come from the template' }
      return { status: 'ready' }
    },
  }
}
