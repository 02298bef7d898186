import { createHash } from 'node:crypto'
import type { Log } from '../log.ts'
import type { ModelUsage } from '../ports.ts'
import type { Prompt } from '../prompts/prompt-file.ts'
import type { PromptLibrary } from '../prompts/prompt-library.ts'
import type { createCallSlots } from './call-slots.ts'
import type { ChatCall, ChatMessage, ModelTarget } from './chat-call.ts'
import type { CircuitBreaker } from './circuit-breaker.ts'
import type { Ledger } from './ledger.ts'
import type { StoredJson } from './stored-json.ts'
import type { CaseBudget, DailyBudget } from './token-budget.ts'

/** US dollars a million tokens. */
export type TokenPrice = { input: number; output: number; cached: number }

export type GatewayOptions = {
  /** In order of preference; empty: every question is answered `disabled`. */
  targets: readonly ModelTarget[]
  prompts: PromptLibrary
  call: ChatCall
  ledger: Ledger
  /** Verified answers by content; null keeps none. */
  cache: StoredJson | null
  /** What was asked and answered, for `fishbone llm replay`. */
  records: StoredJson
  dailyTokens: number | null
  price: TokenPrice | null
  concurrency: number
  callMs: number
  caseMs: number
  caseLimits?: { tokens: number; calls: number }
  seed?: number
  now: () => Date
  random: () => number
  newId: () => string
  wait: (ms: number, signal: AbortSignal) => Promise<void>
  log: Log
}

export type ArmedTarget = ModelTarget & { breaker: CircuitBreaker }

/** What all questions of a gateway share. */
export type GatewayParts = Omit<GatewayOptions, 'targets' | 'concurrency'> & {
  targets: readonly ArmedTarget[]
  inTurn: ReturnType<typeof createCallSlots>
  daily: DailyBudget
  seed: number
}

export type OpenCase = { caseId: string; budget: CaseBudget; endsAt: number; signal: AbortSignal }

/** Everything about one question that does not change between its calls. */
export type Asked = {
  purpose: string
  prompt: Prompt
  messages: ChatMessage[]
  jsonSchema: object
  hashes: { promptSha256: string; schemaSha256: string; evidenceSha256: string; inputSha256: string }
}

export const hashOf = (value: unknown): string => createHash('sha256').update(typeof value === 'string' ? value : JSON.stringify(value)).digest('hex')

export const noUsage = (): ModelUsage => ({ calls: 0, inputTokens: 0, outputTokens: 0, cachedTokens: 0, costUsd: null, milliseconds: 0 })

/** Cost of tokens; cached ones are part of the input. */
export const costOf = (price: TokenPrice | null, { inputTokens, outputTokens, cachedTokens }: { inputTokens: number; outputTokens: number; cachedTokens: number }): number | null =>
  price === null ? null : ((inputTokens - cachedTokens) * price.input + cachedTokens * price.cached + outputTokens * price.output) / 1e6
