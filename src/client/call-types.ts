import type { CallOptions, createTransport } from './transport.ts'

/** One page of a list; a null `nextCursor` is the end. */
export type Page<T> = { items: T[]; nextCursor: string | null }
export type Listing = { limit?: number; cursor?: string | undefined }

/** The last argument of every call. */
export type Given = CallOptions | undefined

export type Transport = ReturnType<typeof createTransport>

/** An id as it stands in an address: `hotline:F-1` holds a colon. */
export const id = encodeURIComponent
