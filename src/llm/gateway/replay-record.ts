import { z } from 'zod'
import type { PromptLibrary } from '../prompts/prompt-library.ts'
import { believableUsage } from './believable-usage.ts'
import type { ChatCall, ModelTarget } from './chat-call.ts'
import { costOf } from './gateway-parts.ts'
import type { TokenPrice } from './gateway-parts.ts'
import type { Ledger } from './ledger.ts'
import { firstJsonObject, withoutThoughts } from './read-answer.ts'
import { estimateMessages, estimateTokens } from './token-estimate.ts'

const Message = z.object({ role: z.enum(['system', 'user', 'assistant']), content: z.string() })

/** What a record must hold to be asked again. */
export const CallRecord = z.object({
  recordId: z.string(),
  at: z.string(),
  caseId: z.string(),
  purpose: z.string(),
  kind: z.string(),
  prompt: z.object({ id: z.string(), version: z.string() }),
  hashes: z.object({ promptSha256: z.string() }),
  seed: z.int(),
  jsonSchema: z.record(z.string(), z.unknown()),
  maxTokens: z.int(),
  attempts: z.array(z.object({ outcome: z.string(), modelId: z.string(), messages: z.array(Message), requestSha256: z.string(), text: z.string().nullable() })),
})
export type CallRecord = z.infer<typeof CallRecord>

export type ReplayedCall = { modelId: string; requestSha256: string; recorded: string | null; now: string | null; outcome: string; isSameJson: boolean }

export type Replay = { recordId: string; promptId: string; promptVersion: string; isPromptUnchanged: boolean; calls: ReplayedCall[] }

const jsonOf = (text: string | null): unknown => {
  const json = text === null ? null : firstJsonObject(withoutThoughts(text))
  return json === null ? null : JSON.parse(json)
}

/** Sends the messages of a record again, as they were, and compares the answers; each call is booked as purpose `replay`. */
export const replayRecord = async (
  record: CallRecord,
  parts: { target: ModelTarget; call: ChatCall; prompts: PromptLibrary; ledger: Ledger; price: TokenPrice | null; timeoutMs: number; signal: AbortSignal; now: () => Date },
): Promise<Replay> => {
  const known = parts.prompts.list().find(prompt => prompt.id === record.prompt.id && prompt.version === record.prompt.version)
  const calls: ReplayedCall[] = []
  for (const attempt of record.attempts.filter(one => one.text !== null)) {
    const begun = parts.now().getTime()
    const outcome = await parts.call({ target: parts.target, messages: attempt.messages, jsonSchema: record.jsonSchema, maxTokens: record.maxTokens, seed: record.seed, timeoutMs: parts.timeoutMs, signal: parts.signal })
    const text = 'text' in outcome ? outcome.text : null
    if (outcome.kind === 'answer' || outcome.kind === 'refused' || outcome.kind === 'truncated') {
      const usage = believableUsage(outcome.usage, { input: estimateMessages(attempt.messages), output: estimateTokens(outcome.text) })
      await parts.ledger.append({
        at: parts.now().toISOString(), purpose: 'replay', caseId: record.caseId, promptId: record.prompt.id, promptVersion: record.prompt.version, modelId: parts.target.model, recordId: record.recordId,
        ...usage, costUsd: costOf(parts.price, usage), milliseconds: parts.now().getTime() - begun, outcome: outcome.kind === 'answer' ? 'answered' : outcome.kind,
      })
    }
    const detail = outcome.kind === 'failed' ? `failed: ${outcome.detail}` : outcome.kind
    calls.push({ modelId: parts.target.model, requestSha256: attempt.requestSha256, recorded: attempt.text, now: text, outcome: detail, isSameJson: JSON.stringify(jsonOf(text)) === JSON.stringify(jsonOf(attempt.text)) && text !== null })
  }
  return { recordId: record.recordId, promptId: record.prompt.id, promptVersion: record.prompt.version, isPromptUnchanged: known?.sha256 === record.hashes.promptSha256, calls }
}
