import type { z } from 'zod'

/**
 * One bound statement: a file under `cypher/`, with a schema for its parameters and one for its rows. Built by `defineQuery`.
 */
export type Query<P extends z.ZodType, R extends z.ZodType> = {
  readonly file: string
  readonly mode: 'READ' | 'WRITE'
  readonly cypher: string
  readonly params: P
  readonly row: R
  /** Rows are not parsed one by one: for bulk reads only, whose sample a test parses. */
  readonly trusted: boolean
  /** Whole numbers come as bigint: they stay apart from fractions. */
  readonly exact?: boolean
  /** Runs outside a managed transaction (`CALL … IN TRANSACTIONS`). */
  readonly autoCommit: boolean
  /** Legal parameters with which the integration suite runs the statement once. */
  readonly sample: z.input<P>
}

/**
 * The only way to the graph. Parameters are parsed before a statement runs and rows after.
 *
 * @throws FB_GRAPH_UNAVAILABLE (retryable) when the database cannot be reached, FB_GRAPH_QUERY_FAILED when it refuses the statement,
 *   FB_GRAPH_PARAMS_INVALID, FB_GRAPH_ROW_INVALID when a side does not match its schema; each names the file.
 */
export type GraphClient = {
  /** All rows, each parsed. */
  all<P extends z.ZodType, R extends z.ZodType>(query: Query<P, R>, params: z.input<P>): Promise<z.output<R>[]>
  /** Exactly one row. @throws FB_GRAPH_ROW_INVALID on none or several. */
  one<P extends z.ZodType, R extends z.ZodType>(query: Query<P, R>, params: z.input<P>): Promise<z.output<R>>
  /** One row or null. */
  maybeOne<P extends z.ZodType, R extends z.ZodType>(query: Query<P, R>, params: z.input<P>): Promise<z.output<R> | null>
  /** Runs several statements in one write transaction, in order; all or nothing, retried as a whole on transient errors. */
  write<T>(work: (tx: GraphTransaction) => Promise<T>): Promise<T>
  /** Streams the rows of a READ statement with bounded memory. */
  stream<P extends z.ZodType, R extends z.ZodType>(query: Query<P, R>, params: z.input<P>): AsyncIterable<z.output<R>>
  /** Round trip to the database. @throws FB_GRAPH_UNAVAILABLE */
  ping(): Promise<void>
  close(): Promise<void>
}

export type GraphTransaction = Pick<GraphClient, 'all' | 'one' | 'maybeOne'>
