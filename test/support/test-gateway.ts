import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { callChat } from '../../src/llm/gateway/chat-call.ts'
import type { ModelTarget } from '../../src/llm/gateway/chat-call.ts'
import { createModelGateway } from '../../src/llm/gateway/model-gateway.ts'
import type { GatewayOptions } from '../../src/llm/gateway/model-gateway.ts'
import { openModelFiles } from '../../src/llm/gateway/open-gateway.ts'
import { openPromptLibrary } from '../../src/llm/prompts/prompt-library.ts'

let ofThisProcess: string | null = null

/** Hundreds of folders a run: all under one, which goes with the process. */
const newFolder = (): string => {
  if (ofThisProcess === null) {
    const made = mkdtempSync(path.join(tmpdir(), 'fishbone-gateway-'))
    process.once('exit', () => rmSync(made, { recursive: true, force: true }))
    ofThisProcess = made
  }
  return mkdtempSync(path.join(ofThisProcess, 'case-'))
}

/** A gateway over real HTTP with its files in a folder of its own; pauses are noted and not waited for. */
export const openTestGateway = (targets: readonly (Partial<ModelTarget> & { baseUrl: string })[], changes: Partial<GatewayOptions> = {}) => {
  const pauses: number[] = []
  let ids = 0
  const dataDir = newFolder()
  const files = openModelFiles(dataDir)
  const gateway = createModelGateway({
    targets: targets.map((target, at) => ({ model: at === 0 ? 'scripted' : `scripted-${at + 1}`, apiKey: null, structuredOutput: 'json_object', ...target })),
    prompts: openPromptLibrary(), call: callChat, ...files, dailyTokens: null, price: null, concurrency: 4, callMs: 5_000, caseMs: 20_000,
    now: () => new Date(), random: () => 0, newId: () => `run-${(ids += 1)}`,
    wait: (ms, signal) => {
      pauses.push(Math.round(ms))
      return signal.aborted ? Promise.reject(signal.reason as Error) : Promise.resolve()
    },
    log: { info: () => undefined, warn: () => undefined },
    ...changes,
  })
  return { gateway, ...files, dataDir, pauses }
}
