import { randomUUID } from 'node:crypto'
import path from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import type { Log } from '../log.ts'
import type { ModelGateway } from '../ports.ts'
import { openPromptLibrary } from '../prompts/prompt-library.ts'
import type { PromptLibrary } from '../prompts/prompt-library.ts'
import { callChat } from './chat-call.ts'
import type { ModelTarget, StructuredOutput } from './chat-call.ts'
import { createLedger } from './ledger.ts'
import type { Ledger } from './ledger.ts'
import { createModelGateway } from './model-gateway.ts'
import type { TokenPrice } from './model-gateway.ts'
import { createStoredJson } from './stored-json.ts'
import type { StoredJson } from './stored-json.ts'

/** The settings of `LLM_…`, as the configuration holds them. */
export type ModelSettings = {
  baseUrl: string | null
  model: string | null
  apiKey: string | null
  structuredOutput: StructuredOutput
  dailyTokenBudget: number | null
  fallbacks: readonly { model: string; baseUrl: string | null; structuredOutput: StructuredOutput | null }[]
  fallbackApiKey: string | null
  concurrency: number
  callMs: number
  caseMs: number
  price: TokenPrice | null
}

/** Models in order of preference. The key goes to its own address only: a fall-back elsewhere gets the key meant for it, or none. */
export const targetsOf = ({ baseUrl, model, apiKey, structuredOutput, fallbacks, fallbackApiKey }: ModelSettings): ModelTarget[] => {
  if (baseUrl === null || model === null) return []
  const isHome = (address: string) => new URL(address).origin === new URL(baseUrl).origin
  return [
    { model, baseUrl, apiKey, structuredOutput },
    ...fallbacks.map(other => {
      const address = other.baseUrl ?? baseUrl
      return { model: other.model, baseUrl: address, apiKey: isHome(address) ? apiKey : fallbackApiKey, structuredOutput: other.structuredOutput ?? structuredOutput }
    }),
  ]
}

/** Where the gateway keeps its ledger, records and verified answers: `llm/` of the data folder. */
export const openModelFiles = (dataDir: string): { ledger: Ledger; records: StoredJson; cache: StoredJson } => ({
  ledger: createLedger({ folder: path.join(dataDir, 'llm', 'ledger') }),
  records: createStoredJson({ folder: path.join(dataDir, 'llm', 'records') }),
  cache: createStoredJson({ folder: path.join(dataDir, 'llm', 'answers') }),
})

/**
 * The gateway the configuration asks for; without `LLM_BASE_URL` one that answers `disabled`. Nothing is called yet.
 *
 * @throws FB_CONFIG_INVALID where a prompt file is wrong.
 */
export const openModelGateway = (options: { settings: ModelSettings; dataDir: string; log: Log; prompts?: PromptLibrary; now?: () => Date; random?: () => number }): ModelGateway => {
  const { settings, dataDir, log, prompts = openPromptLibrary(), now = () => new Date(), random = Math.random } = options
  for (const fault of prompts.faults) log.warn({ fault }, 'a prompt differs from prompts.lock.json')
  return createModelGateway({
    targets: targetsOf(settings),
    prompts,
    call: callChat,
    ...openModelFiles(dataDir),
    dailyTokens: settings.dailyTokenBudget,
    price: settings.price,
    concurrency: settings.concurrency,
    callMs: settings.callMs,
    caseMs: settings.caseMs,
    now,
    random,
    newId: () => `run-${randomUUID()}`,
    wait: async (ms, signal) => void (await pause(ms, undefined, { signal })),
    log,
  })
}
