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
  close(): Promise<void>
}
