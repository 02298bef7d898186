/** Vectors of texts, or the chances of their labels. */
export type Wanted = 'vectors' | 'labels'

/** What the parent sends: texts with their prefix, to be answered under the same id. */
export type WorkerRequest = { id: number; wanted: Wanted; texts: string[] }

/** What the child sends: once that it is loaded or cannot be, then one answer a request. */
export type WorkerReply =
  | { kind: 'loaded' }
  | { kind: 'load-failed'; reason: string }
  | { kind: 'answered'; id: number; answers: Float32Array[] }
  | { kind: 'failed'; id: number; reason: string }
