import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import path from 'node:path'
import { canonicalJson } from '../../src/domain/canonical-json.ts'

/** Body of a request to `/v1/chat/completions`, as far as the double looks at it. */
export type ChatRequest = {
  model: string
  messages: { role: string; content: string }[]
  max_tokens?: number
  seed?: number
  stream?: boolean
  response_format?: { type: string }
  tools?: unknown[]
}

/** What the double answers. */
export type ScriptedReply =
  | { kind: 'completion'; text: string; finish?: string; refusal?: string; viaTool?: boolean; usage?: Record<string, unknown> | null; delayMs?: number }
  | { kind: 'raw'; status: number; body: string; headers?: Record<string, string>; delayMs?: number }
  /** Takes the request and never answers. */
  | { kind: 'stall' }

export type ModelScript = (request: ChatRequest, call: number) => ScriptedReply | Promise<ScriptedReply>

export type ScriptedModel = { baseUrl: string; requests: ChatRequest[]; authorizations: (string | undefined)[]; close(): Promise<void> }

const readBody = async (request: IncomingMessage): Promise<ChatRequest> => {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  return JSON.parse(Buffer.concat(chunks).toString('utf8')) as ChatRequest
}

const tokensOf = (text: string) => Math.ceil(text.length / 4)

const completionBody = (request: ChatRequest, reply: Extract<ScriptedReply, { kind: 'completion' }>) => {
  const { text, finish = 'stop', refusal, viaTool } = reply
  const message = viaTool
    ? { role: 'assistant', content: null, tool_calls: [{ id: 'call-1', type: 'function', function: { name: 'answer', arguments: text } }] }
    : { role: 'assistant', content: refusal ? null : text, ...(refusal ? { refusal } : {}) }
  const input = tokensOf(request.messages.map(one => one.content).join(''))
  const output = tokensOf(text)
  const usage = reply.usage === undefined ? { prompt_tokens: input, completion_tokens: output, total_tokens: input + output, prompt_tokens_details: { cached_tokens: 0 } } : reply.usage
  return { id: 'cmpl-1', object: 'chat.completion', created: 0, model: request.model, choices: [{ index: 0, message, finish_reason: viaTool ? 'tool_calls' : finish }], ...(usage === null ? {} : { usage }) }
}

const sendStream = (response: ServerResponse, request: ChatRequest, reply: Extract<ScriptedReply, { kind: 'completion' }>) => {
  const whole = completionBody(request, reply)
  const chunk = (choices: unknown[], more: object = {}) =>
    response.write(`data: ${JSON.stringify({ id: whole.id, object: 'chat.completion.chunk', created: 0, model: whole.model, choices, ...more })}\n\n`)
  response.writeHead(200, { 'content-type': 'text/event-stream' })
  for (let at = 0; at < reply.text.length; at += 40) chunk([{ index: 0, delta: { role: 'assistant', content: reply.text.slice(at, at + 40) }, finish_reason: null }])
  chunk([{ index: 0, delta: {}, finish_reason: reply.finish ?? 'stop' }])
  // As real servers do it: usage comes in a last chunk without a choice.
  chunk([], whole.usage ? { usage: whole.usage } : {})
  response.end('data: [DONE]\n\n')
}

const send = async (response: ServerResponse, request: ChatRequest, reply: ScriptedReply): Promise<void> => {
  if (reply.kind === 'stall') return
  if (reply.delayMs) await new Promise(resolve => setTimeout(resolve, reply.delayMs))
  if (reply.kind === 'raw') return void response.writeHead(reply.status, { 'content-type': 'text/html', ...reply.headers }).end(reply.body)
  if (request.stream) return sendStream(response, request, reply)
  response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(completionBody(request, reply)))
}

/** An OpenAI-compatible server on a free loopback port that answers by a script; it counts what it was asked. */
export const startScriptedModel = async (script: ModelScript, { port = 0 }: { port?: number } = {}): Promise<ScriptedModel> => {
  const requests: ChatRequest[] = []
  const authorizations: (string | undefined)[] = []
  const serve = async (request: IncomingMessage, response: ServerResponse) => {
    if (request.method !== 'POST' || request.url !== '/v1/chat/completions') return void response.writeHead(404).end()
    const body = await readBody(request)
    authorizations.push(request.headers.authorization)
    const call = requests.push(body)
    await send(response, body, await script(body, call))
  }
  const server = createServer((request, response) => {
    serve(request, response).catch((error: unknown) => {
      if (!response.headersSent) response.writeHead(500, { 'content-type': 'application/json' })
      response.end(JSON.stringify({ error: { message: String(error) } }))
    })
  })
  await new Promise<void>(resolve => server.listen(port, '127.0.0.1', resolve))
  return {
    baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
    requests,
    authorizations,
    close: () =>
      new Promise(resolve => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

export const completion = (value: unknown, more: Omit<Extract<ScriptedReply, { kind: 'completion' }>, 'kind' | 'text'> = {}): ScriptedReply => ({
  kind: 'completion', text: typeof value === 'string' ? value : JSON.stringify(value), ...more,
})

/** What a recording is filed under: model and messages. */
export const requestHash = ({ model, messages }: ChatRequest): string => createHash('sha256').update(canonicalJson({ model, messages })).digest('hex').slice(0, 32)

/** A script that plays recordings (`{model, recordedAt, requestHash, reply}`) of a folder; a request that was not recorded fails. */
export const recordedScript = (folder: string): ModelScript & { missing: string[] } => {
  const recordings = new Map(
    readdirSync(folder).filter(name => name.endsWith('.json')).map(name => {
      const { requestHash: hash, reply } = JSON.parse(readFileSync(path.join(folder, name), 'utf8')) as { requestHash: string; reply: ScriptedReply }
      return [hash, reply] as const
    }),
  )
  const missing: string[] = []
  const script: ModelScript = request => {
    const reply = recordings.get(requestHash(request))
    if (reply) return reply
    missing.push(requestHash(request))
    throw new Error(`no recording of request ${requestHash(request)}`)
  }
  return Object.assign(script, { missing })
}
