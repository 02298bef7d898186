import type { ChatOpenAIFields } from '@langchain/openai'
import type { AIMessage, AIMessageChunk, BaseMessage } from 'langchain'
import { createWatchedFetch } from './watched-fetch.ts'
import type { Exchange } from './watched-fetch.ts'

export type StructuredOutput = 'json_schema' | 'json_object' | 'tools' | 'plain'

/** One model at one address. */
export type ModelTarget = {
  model: string
  baseUrl: string
  apiKey: string | null
  structuredOutput: StructuredOutput
  /** Ask for a stream: some servers drop a connection that is silent for long. */
  stream?: boolean
}

export type ChatMessage = { role: 'system' | 'user' | 'assistant'; content: string }

export type ReportedUsage = { inputTokens: number | null; outputTokens: number | null; cachedTokens: number | null }

/** What one HTTP call came to. `charged`: a server may have worked on it, so it counts as a call. */
export type ChatOutcome =
  | { kind: 'answer' | 'truncated' | 'refused'; text: string; usage: ReportedUsage; charged: true }
  | { kind: 'failed'; retryable: boolean; retryAfterMs: number | null; charged: boolean; detail: string }
  | { kind: 'cancelled'; charged: boolean }

export type ChatCallOptions = {
  target: ModelTarget
  messages: readonly ChatMessage[]
  jsonSchema: object
  maxTokens: number
  seed: number
  timeoutMs: number
  signal: AbortSignal
}

export type ChatCall = (options: ChatCallOptions) => Promise<ChatOutcome>

const toolName = 'answer'

const modeParameters = (mode: StructuredOutput, schema: object): Record<string, unknown> => {
  switch (mode) {
    case 'json_schema':
      return { response_format: { type: 'json_schema', json_schema: { name: toolName, strict: true, schema } } }
    case 'json_object':
      return { response_format: { type: 'json_object' } }
    case 'tools':
      return { tools: [{ type: 'function', function: { name: toolName, parameters: schema } }], tool_choice: { type: 'function', function: { name: toolName } } }
    case 'plain':
      return {}
  }
}

/** One call over LangChain: no retry, no parsing; whatever a server does becomes an outcome. */
export const callChat: ChatCall = async options => {
  const exchange: Exchange = { status: null, retryAfterMs: null, isCompletion: false, sent: false }
  // Before the clock starts: the libraries take seconds to load, and only once.
  await loadLibraries()
  const timeout = AbortSignal.timeout(options.timeoutMs)
  const signal = AbortSignal.any([options.signal, timeout])
  try {
    // Raced: a client that does not heed the signal would hold the case.
    return outcomeOf(await raced(send(options, exchange, signal), signal))
  } catch (error) {
    if (options.signal.aborted) return { kind: 'cancelled', charged: exchange.sent }
    if (timeout.aborted) return { kind: 'failed', retryable: true, retryAfterMs: null, charged: true, detail: `no answer within ${options.timeoutMs} ms` }
    return failureOf(error, exchange)
  }
}

/** Loaded at the first call, the adapter too: all other commands do without. */
const loadLibraries = async () => {
  const [models, messages] = await Promise.all([import('langchain/chat_models/universal'), import('@langchain/core/messages'), import('@langchain/openai')])
  return [models, messages] as const
}

const raced = <T>(work: Promise<T>, signal: AbortSignal): Promise<T> => {
  work.catch(() => undefined)
  return new Promise((resolve, reject) => {
    const leave = () => reject(signal.reason as Error)
    if (signal.aborted) return leave()
    signal.addEventListener('abort', leave, { once: true })
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', leave))
  })
}

const send = async ({ target, messages, jsonSchema, maxTokens, seed, timeoutMs }: ChatCallOptions, exchange: Exchange, signal: AbortSignal): Promise<AIMessage> => {
  const [{ initChatModel }, { AIMessage: Assistant, HumanMessage, SystemMessage }] = await loadLibraries()
  const fields: ChatOpenAIFields = {
    temperature: 0,
    maxTokens,
    maxRetries: 0,
    timeout: timeoutMs,
    streamUsage: true,
    __includeRawResponse: true,
    // A local server needs no key, but the client refuses to be without one.
    apiKey: target.apiKey ?? 'none',
    modelKwargs: { seed, ...modeParameters(target.structuredOutput, jsonSchema) },
    configuration: { baseURL: target.baseUrl, fetch: createWatchedFetch(exchange) },
  }
  const model = await initChatModel(target.model, { modelProvider: 'openai', ...fields })
  const turns: BaseMessage[] = messages.map(({ role, content }) => (role === 'system' ? new SystemMessage(content) : role === 'user' ? new HumanMessage(content) : new Assistant(content)))
  if (!target.stream) return model.invoke(turns, { signal })
  let answer: AIMessageChunk | undefined
  for await (const chunk of await model.stream(turns, { signal })) answer = answer === undefined ? chunk : answer.concat(chunk)
  if (answer === undefined) throw new Error('the stream held nothing')
  return answer
}

type RawChoice = { finish_reason?: string | null; message?: { refusal?: string | null; tool_calls?: { function?: { arguments?: string } }[] } }

const outcomeOf = (message: AIMessage): ChatOutcome => {
  const raw = (message.additional_kwargs['__raw_response'] as { choices?: RawChoice[] } | undefined)?.choices?.[0]
  const refusal = raw?.message?.refusal ?? (message.additional_kwargs['refusal'] as string | undefined)
  const finish = raw?.finish_reason ?? (message.response_metadata['finish_reason'] as string | undefined)
  const toolArguments = raw?.message?.tool_calls?.[0]?.function?.arguments ?? toolCallOf(message)
  const text = toolArguments ?? (typeof message.content === 'string' ? message.content : '')
  const shared = { text, usage: usageOf(message), charged: true } as const
  if (refusal || finish === 'content_filter') return { ...shared, kind: 'refused' }
  return { ...shared, kind: finish === 'length' ? 'truncated' : 'answer' }
}

const toolCallOf = (message: AIMessage): string | undefined => {
  const [call] = message.tool_calls ?? []
  return call ? JSON.stringify(call.args) : message.invalid_tool_calls?.[0]?.args
}

const usageOf = ({ usage_metadata: usage }: AIMessage): ReportedUsage => ({
  inputTokens: usage?.input_tokens ?? null,
  outputTokens: usage?.output_tokens ?? null,
  cachedTokens: usage?.input_token_details?.cache_read ?? null,
})

const retryableStatus = (status: number) => status === 408 || status === 409 || status === 429 || status >= 500

const failureOf = (error: unknown, { status, retryAfterMs, isCompletion, sent }: Exchange): ChatOutcome => {
  const { name, message } = error instanceof Error ? error : { name: 'Error', message: String(error) }
  const failed = { kind: 'failed', retryAfterMs, charged: false } as const
  if (name === 'LengthFinishReasonError') return { kind: 'truncated', text: '', usage: { inputTokens: null, outputTokens: null, cachedTokens: null }, charged: true }
  if (status === null) return { ...failed, retryable: sent, detail: sent ? 'the server could not be reached' : message.slice(0, 200) }
  if (isCompletion) return { ...failed, retryable: false, charged: true, detail: 'the server answered with something that is no completion' }
  if (status >= 200 && status < 300) return { ...failed, retryable: false, detail: 'the server answered a page that is no completion' }
  // Spent quota comes as 429 and does not come back by waiting.
  const isQuota = /insufficient_quota|quota|billing/i.test(message) && status === 429 && retryAfterMs === null
  return { ...failed, retryable: retryableStatus(status) && !isQuota, detail: `the server answered HTTP ${status}` }
}
