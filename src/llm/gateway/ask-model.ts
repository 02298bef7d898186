import { z } from 'zod'
import type { ModelAnswer, ModelFailure, ModelProvenance, ModelQuestion } from '../ports.ts'
import { drawMarker, renderQuotes } from '../prompts/datamark.ts'
import { renderPrompt } from '../prompts/render-prompt.ts'
import type { ChatMessage } from './chat-call.ts'
import { hashOf, noUsage } from './gateway-parts.ts'
import type { ArmedTarget, Asked, GatewayParts, OpenCase } from './gateway-parts.ts'
import type { LedgerRow } from './ledger.ts'
import { readAnswer } from './read-answer.ts'
import { createRun } from './run.ts'
import type { Run } from './run.ts'

export const repairPromptId = 'repair-answer'

const prepare = async <T, V>(question: ModelQuestion<T, V>, { prompts, random }: GatewayParts): Promise<Asked> => {
  const prompt = prompts.get(question.promptId)
  const marker = drawMarker(random)
  const quotes = question.quotes ?? []
  const marked: Record<string, string> = prompt.placeholders.includes('quotes') ? { quotes: renderQuotes(quotes, marker), marker } : {}
  const jsonSchema = z.toJSONSchema(question.schema, { reused: 'ref' })
  return {
    purpose: question.purpose,
    prompt,
    messages: await renderPrompt(prompt, { ...question.input, ...marked }),
    jsonSchema,
    hashes: {
      promptSha256: prompt.sha256,
      schemaSha256: hashOf(jsonSchema),
      evidenceSha256: question.evidenceSha256,
      // Without the marker, which differs with every call.
      inputSha256: hashOf([question.input, quotes]),
    },
  }
}

const Cached = z.object({ text: z.string(), provenance: z.record(z.string(), z.unknown()) })

const cacheKey = ({ hashes }: Asked, target: ArmedTarget, { seed }: GatewayParts): string => hashOf(['answer', 1, target.model, target.structuredOutput, seed, hashes])

/** A verified answer given before; judged again, as the verifier may have learnt since. */
const fromCache = async <T, V>(asked: Asked, question: ModelQuestion<T, V>, parts: GatewayParts, run: Run): Promise<ModelAnswer<V> | null> => {
  for (const target of parts.targets) {
    const stored = Cached.safeParse(await parts.cache?.read(cacheKey(asked, target, parts)))
    if (!stored.success) continue
    const read = readAnswer(stored.data.text, question.schema)
    const judged = read.ok ? question.judge(read.value) : null
    if (!judged?.accepted) continue
    const provenance = { ...(stored.data.provenance as ModelProvenance), cached: true }
    await run.noteCached(provenance)
    return { ok: true, value: judged.value, usage: noUsage(), provenance }
  }
  return null
}

/** Asks the models in turn until one gives an answer the judge accepts. At most two calls of the case, the second for a repair, a regeneration or the next model. */
export const askModel = async <T, V>(open: OpenCase, question: ModelQuestion<T, V>, parts: GatewayParts): Promise<ModelAnswer<V>> => {
  if (parts.targets.length === 0) return { ok: false, kind: 'disabled', detail: 'no language model is configured', usage: noUsage(), provenance: null }
  const asked = await prepare(question, parts)
  const run = createRun(open, asked, parts)
  if (open.signal.aborted) return run.failed('cancelled', 'cancelled before the first call')
  const cached = await fromCache(asked, question, parts, run)
  if (cached) return cached
  let last: { kind: ModelFailure; detail: string } | null = null
  for (const target of parts.targets) {
    const judge = judgeOnce(question, 'answered')
    const settled = await run.call(target, asked.messages, judge.outcomeOf)
    if (settled.kind === 'answer') return afterAnswer(settled.text, judge.verdict(), { question, asked, target, parts, run })
    // That nothing is left for the next model is no reason by itself.
    if (settled.kind !== 'budget-exhausted' || last === null) last = { kind: settled.kind, detail: settled.detail }
    if (settled.kind === 'cancelled' || settled.kind === 'budget-exhausted') break
  }
  return run.failed(last?.kind ?? 'unavailable', last?.detail ?? '')
}

type Judging<T, V> = { question: ModelQuestion<T, V>; asked: Asked; target: ArmedTarget; parts: GatewayParts; run: Run }

const afterAnswer = async <T, V>(text: string, first: Verdict<V>, judging: Judging<T, V>): Promise<ModelAnswer<V>> => {
  const { question, run, asked, parts, target } = judging
  if (first.accepted) return keep(text, first.value, judging)
  if (!run.hasCall()) return run.failed(first.kind, first.problems[0] ?? '', text, first.judged)
  const judge = judgeOnce(question, first.kind === 'invalid-output' ? 'repaired' : 'regenerated')
  const second = await run.call(target, await repairMessages(text, first.problems, asked, parts), judge.outcomeOf)
  if (second.kind !== 'answer') return run.failed(second.kind === 'cancelled' ? 'cancelled' : first.kind, first.problems[0] ?? '', text, first.judged)
  const again = judge.verdict()
  return again.accepted ? keep(second.text, again.value, judging) : run.failed(again.kind, again.problems[0] ?? '', second.text, again.judged ?? first.judged)
}

type Verdict<V> = { accepted: true; value: V } | { accepted: false; kind: 'invalid-output' | 'not-grounded'; problems: readonly string[]; judged?: V | undefined }

const verdictOn = <T, V>(text: string, { schema, judge }: ModelQuestion<T, V>): Verdict<V> => {
  const read = readAnswer(text, schema)
  if (!read.ok) return { accepted: false, kind: 'invalid-output', problems: read.problems }
  const { accepted, value, failures } = judge(read.value)
  return accepted ? { accepted, value } : { accepted, kind: 'not-grounded', problems: failures, judged: value }
}

/** Judges an answer as it is booked, so that the ledger says what became of it. */
const judgeOnce = <T, V>(question: ModelQuestion<T, V>, success: LedgerRow['outcome']) => {
  let verdict: Verdict<V> = { accepted: false, kind: 'invalid-output', problems: [] }
  return {
    outcomeOf: (text: string): LedgerRow['outcome'] => {
      verdict = verdictOn(text, question)
      return verdict.accepted ? success : verdict.kind
    },
    verdict: () => verdict,
  }
}

const keep = async <T, V>(text: string, value: V, { asked, target, parts, run }: Judging<T, V>): Promise<ModelAnswer<V>> => {
  const provenance = run.provenance(target)
  await parts.cache?.write(cacheKey(asked, target, parts), { text, provenance }).catch((error: unknown) => parts.log.warn({ err: error }, 'an answer could not be cached'))
  return run.answered(value, target)
}

/** Characters of an answer and of problems that a repair shows; more would not fit the tokens of a case. */
const longestShown = 6_000
const mostProblems = 12

/** The repair turn stands alone: with the evidence again it would not fit the tokens of a case, so the problems carry the facts. */
const repairMessages = (text: string, problems: readonly string[], asked: Asked, { prompts }: GatewayParts): Promise<ChatMessage[]> =>
  renderPrompt(prompts.get(repairPromptId), {
    schema: JSON.stringify(asked.jsonSchema),
    problems: problems.slice(0, mostProblems).map(problem => `- ${problem}`).join('\n'),
    answer: text.slice(0, longestShown),
  })
