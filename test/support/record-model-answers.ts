import { mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { factsOf, suggest } from '../workflow/suggestions/facts-double.ts'
import { explainScript } from './model-scripts.ts'
import { requestHash, startScriptedModel } from './scripted-model-server.ts'
import type { ChatRequest, ScriptedReply } from './scripted-model-server.ts'
import { openTestGateway } from './test-gateway.ts'

/**
 * Records answers of a model into `fixtures/model-answers`, filed under the hash of their request: `npx tsx test/support/record-model-answers.ts`.
 * With `LLM_BASE_URL` (and `LLM_API_KEY`, `LLM_MODEL`) that server is asked, else the honest scripted model. To be run again when the prompt or the
 * evidence of the recorded case changes: its requests then have other hashes.
 */
export const recordingsFolder = new URL('../../fixtures/model-answers/', import.meta.url).pathname
export const languages = ['en', 'zh'] as const

const scripted = explainScript('honest', () => 0.5)

const askUpstream = async (request: ChatRequest): Promise<ScriptedReply> => {
  const { LLM_BASE_URL, LLM_API_KEY, LLM_MODEL } = process.env
  if (!LLM_BASE_URL) return scripted(request, 1)
  const answer = await fetch(`${LLM_BASE_URL}/chat/completions`, {
    method: 'POST', headers: { 'content-type': 'application/json', ...(LLM_API_KEY && { authorization: `Bearer ${LLM_API_KEY}` }) },
    body: JSON.stringify({ ...request, stream: false, ...(LLM_MODEL && { model: LLM_MODEL }) }),
  })
  const body = await answer.text()
  return { kind: 'raw', status: answer.status, body, headers: { 'content-type': answer.headers.get('content-type') ?? 'application/json' } }
}

/** How an answer may be broken: each is the reply to every turn of the English case. */
const broken = (text: string): Record<string, ScriptedReply> => ({
  fenced: { kind: 'completion', text: `Here you are:\n\`\`\`json\n${text}\n\`\`\`` },
  thinking: { kind: 'completion', text: `<think>The lot leads, {"so": it</think>\n${text}` },
  truncated: { kind: 'completion', text: text.slice(0, Math.floor(text.length / 2)), finish: 'length' },
  refused: { kind: 'completion', text: '', refusal: 'I cannot help with that.' },
  html: { kind: 'raw', status: 502, body: '<html><head><title>502 Bad Gateway</title></head><body>nginx</body></html>' },
  'not-json': { kind: 'completion', text: 'The part lot is the most likely cause.' },
  'other-schema': { kind: 'completion', text: JSON.stringify({ answer: 'the lot', confidence: 'high' }) },
  'invented-number': { kind: 'completion', text: text.replace(/\d+ claims/, '7311 claims') },
})

const textOf = (reply: ScriptedReply): string => {
  if (reply.kind === 'completion') return reply.text
  if (reply.kind === 'stall' || reply.status !== 200) return ''
  return (JSON.parse(reply.body) as { choices: { message: { content: string } }[] }).choices[0]?.message.content ?? ''
}

const record = (folder: string, name: string, request: ChatRequest, reply: ScriptedReply): void => {
  const into = path.join(recordingsFolder, folder)
  mkdirSync(into, { recursive: true })
  const recording = { model: process.env.LLM_MODEL ?? 'scripted-honest', recordedAt: new Date().toISOString().slice(0, 10), requestHash: requestHash(request), reply }
  writeFileSync(path.join(into, `${name}.json`), `${JSON.stringify(recording, null, 1)}\n`)
}

/** Asks for suggestions of the recorded case and keeps every request with its reply. */
const recordRun = async (folder: string, language: (typeof languages)[number], answer: (request: ChatRequest) => Promise<ScriptedReply>): Promise<string> => {
  let first = ''
  const server = await startScriptedModel(async (request, call) => {
    const reply = await answer(request)
    if (call === 1) first = textOf(reply)
    record(folder, `${language}-${call}`, request, reply)
    return reply
  })
  const { gateway } = openTestGateway([{ baseUrl: server.baseUrl }])
  const { set } = await suggest(factsOf(), { language, wording: 'model', parts: { gateway } })
  process.stdout.write(`${folder} ${language}: ${set.provenance.wording} ${set.provenance.fallback ?? ''}, ${set.dropped.sentences} sentences refused, ${set.provenance.calls} calls\n`)
  await server.close()
  return first
}

const main = async (): Promise<void> => {
  const good = await recordRun('good', 'en', askUpstream)
  await recordRun('good', 'zh', askUpstream)
  for (const [name, reply] of Object.entries(broken(good))) await recordRun(`broken/${name}`, 'en', () => Promise.resolve(reply))
}

if (process.argv[1] !== undefined && import.meta.url.endsWith(path.basename(process.argv[1]))) await main()
