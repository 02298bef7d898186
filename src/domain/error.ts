/** Stable error codes: HTTP status of the answer, and whether the same call may succeed later. */
export const errorTable = {
  FB_BAD_JSON: { status: 400, retryable: false },
  FB_UNAUTHENTICATED: { status: 401, retryable: false },
  FB_FORBIDDEN: { status: 403, retryable: false },
  FB_NOT_FOUND: { status: 404, retryable: false },
  FB_TIMEOUT: { status: 408, retryable: true },
  FB_CONFLICT: { status: 409, retryable: false },
  FB_IDEMPOTENCY_MISMATCH: { status: 409, retryable: false },
  FB_TOO_LARGE: { status: 413, retryable: false },
  FB_UNSUPPORTED_MEDIA_TYPE: { status: 415, retryable: false },
  FB_INVALID: { status: 422, retryable: false },
  FB_NO_SUBJECT: { status: 422, retryable: false },
  FB_RATE_LIMITED: { status: 429, retryable: true },
  FB_HEADERS_TOO_LARGE: { status: 431, retryable: false },
  FB_INTERNAL: { status: 500, retryable: false },
  FB_GRAPH_UNAVAILABLE: { status: 503, retryable: true },
  FB_QUEUE_UNAVAILABLE: { status: 503, retryable: true },
  FB_EMBEDDER_UNAVAILABLE: { status: 503, retryable: true },
  FB_CONFIG_INVALID: { status: 500, retryable: false },
  FB_GRAPH_ROW_INVALID: { status: 500, retryable: false },
  FB_GRAPH_PARAMS_INVALID: { status: 500, retryable: false },
  FB_GRAPH_QUERY_FAILED: { status: 500, retryable: false },
  FB_MIGRATION_INVALID: { status: 500, retryable: false },
  FB_NEO4J_SETUP: { status: 500, retryable: false },
  FB_MODEL_SETUP: { status: 500, retryable: false },
  FB_IMPORT_FORMAT: { status: 422, retryable: false },
  FB_VOCABULARY_INVALID: { status: 500, retryable: false },
  FB_VIN_KEY_INVALID: { status: 500, retryable: false },
  FB_BACKUP_INVALID: { status: 422, retryable: false },
} as const satisfies Record<string, { status: number; retryable: boolean }>

export type ErrorCode = keyof typeof errorTable

/** The one error class: `code` decides status and retry, `details` holds ids and keys, never feedback text or a VIN. */
export class FishboneError extends Error {
  override readonly name = 'FishboneError'
  readonly code: ErrorCode
  readonly details: Readonly<Record<string, unknown>>

  constructor(code: ErrorCode, message: string, options: { cause?: unknown; details?: Record<string, unknown> } = {}) {
    super(message, { cause: options.cause })
    this.code = code
    this.details = options.details ?? {}
  }

  get status(): number {
    return errorTable[this.code].status
  }

  get isRetryable(): boolean {
    return errorTable[this.code].retryable
  }
}
