/** What the parent sends: texts with their prefix, to be answered under the same id. */
export type WorkerRequest = { id: number; texts: string[] }

/** What the child sends: once that it is loaded or cannot be, then one answer a request. */
export type WorkerReply =
  | { kind: 'loaded' }
  | { kind: 'load-failed'; reason: string }
  | { kind: 'vectors'; id: number; vectors: Float32Array[] }
  | { kind: 'failed'; id: number; reason: string }
