import type { ZodType } from 'zod'

/** Which side of an asymmetric retrieval model a text stands on. */
export type EmbeddingRole = 'query' | 'passage'

/** Turns texts into unit vectors. A service is handed `null` instead where no model could be had. */
export type Embedder = {
  /** Model and precision, e.g. `multilingual-e5-small/fp32`: vectors of different ids are never compared. */
  readonly modelId: string
  readonly dimensions: number
  /**
   * @returns one unit vector a text, in the order given.
   * @throws FB_EMBEDDER_UNAVAILABLE when the model cannot answer now (its process died, the service is down).
   */
  embed(texts: readonly string[], role: EmbeddingRole, options?: { signal?: AbortSignal }): Promise<Float32Array[]>
  /**
   * What the text labeller hears in a text: the chance of each of its labels, in their order; null where there is no labeller, and for a text
   * of which the model sees only the beginning (512 tokens). Asked right after the text was embedded as a query, it costs half as much.
   * @throws FB_EMBEDDER_UNAVAILABLE as `embed` does.
   */
  labelsOf?(text: string, options?: { signal?: AbortSignal }): Promise<Float32Array | null>
  /** Why the model cannot answer: it is loading, or could not when it was asked last; null when it did, or was not asked yet. */
  trouble?(): string | null
  close(): Promise<void>
}

/** Why there is no answer of a model; each is an expected outcome, after which words come from the template. */
export const modelFailures = [
  /** No model is configured. */
  'disabled',
  /** No server answered, or it answered with something that is no completion. */
  'unavailable',
  /** The tokens of the case or of the day, or the calls of the case, are used up. */
  'budget-exhausted',
  'refused',
  /** Cut off at the limit of its length. */
  'truncated',
  /** No JSON of the schema, also after one repair. */
  'invalid-output',
  /** Of the schema, but the judge refused it, also after one regeneration. */
  'not-grounded',
  'cancelled',
] as const
export type ModelFailure = (typeof modelFailures)[number]

/** What the calls of one question took. Tokens are those the server reported where they are believable, else the estimate. */
export type ModelUsage = {
  /** Calls that a server may have answered and charged: 0 for a cached answer, at most 2 a case. */
  calls: number
  inputTokens: number
  outputTokens: number
  cachedTokens: number
  /** Null where no price is configured. */
  costUsd: number | null
  milliseconds: number
}

/** What was asked, with which words, of which model: enough to ask it again (`fishbone llm replay`). */
export type ModelProvenance = {
  /** Name of the record in the data folder; of the record that first gave the answer where it was cached. */
  recordId: string
  promptId: string
  promptVersion: string
  promptSha256: string
  schemaSha256: string
  evidenceSha256: string
  modelId: string
  structuredOutput: string
  seed: number
  cached: boolean
}

/** What a judge found: `failures` are sentences for the model, each naming one fault and the facts it broke. */
export type Judgement<V> = { accepted: boolean; value: V; failures: readonly string[] }

export type ModelQuestion<T, V> = {
  /** What the call is for, as the ledger groups it: `explain`. */
  purpose: string
  /** Name of a prompt in `prompts/`; the version that runs is chosen by the gateway. */
  promptId: string
  /** One text for each placeholder of the prompt. */
  input: Readonly<Record<string, string>>
  /** Words of people, for the placeholder `quotes`: redacted here against hidden characters, marked as data, cut to what fits. */
  quotes?: readonly { id: string; text: string }[]
  /** Shape of the answer; closed objects, no `.optional()`. */
  schema: ZodType<T>
  /** Hash of the evidence, part of the cache key and of the provenance. */
  evidenceSha256: string
  /** Checks a parsed answer against the evidence. A refused one is asked for once more if a call is left. Must be pure. */
  judge: (value: T) => Judgement<V>
}

export type ModelAnswer<V> =
  | { ok: true; value: V; usage: ModelUsage; provenance: ModelProvenance }
  | {
      ok: false
      kind: ModelFailure
      /** For a person: what happened, without the text of the answer. */
      detail: string
      rawText?: string
      /** What the judge left of the last parsed answer; only with `not-grounded`. */
      judged?: V
      usage: ModelUsage
      /** Null where no call was made. */
      provenance: ModelProvenance | null
    }

/** One piece of work with a budget of its own: 6,000 tokens, 2 calls and 30 seconds over all its questions. */
export type ModelCase = {
  ask<T, V>(question: ModelQuestion<T, V>): Promise<ModelAnswer<V>>
}

export type ModelGateway = {
  /** Id of the first model; null where none is configured. */
  readonly modelId: string | null
  openCase(caseId: string, options?: { signal?: AbortSignal | undefined }): ModelCase
  /** `off` without a model, `degraded` while the breaker of every model is open or the day's tokens are spent. */
  health(): Promise<{ status: 'ready' | 'off' | 'degraded'; detail?: string }>
}
