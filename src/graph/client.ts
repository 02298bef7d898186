import neo4j from 'neo4j-driver'
import type { Driver, Record as DriverRecord, Session, Transaction } from 'neo4j-driver'
import { z } from 'zod'
import { FishboneError } from '../domain/error.ts'
import { asGraphError, retryOf } from './driver-error.ts'
import { toExact, toParameters, toPlain } from './driver-values.ts'
import type { GraphClient, GraphTransaction, Query } from './ports.ts'

type AnyQuery = Query<z.ZodType, z.ZodType>

export type GraphClientOptions = {
  /**
   * `bolt://` for one server, `neo4j://` or `neo4j+s://` for a cluster or a managed service. A function is asked before each statement: an embedded
   * server that was started again may be on another port.
   */
  uri: string | (() => string)
  user: string
  password: string
  /** Limit of one transaction on the server. */
  transactionTimeoutMs?: number
  /** How long a statement is tried again while no connection can be had. With it a database that is down is reported within about 3 s. */
  connectionRetryMs?: number
  /** How long a transaction is tried again after a deadlock or another transient refusal. */
  transientRetryMs?: number
  /** Runs in each transaction of `write` when its work is done; what it writes is committed with it or not at all. */
  beforeCommit?: (tx: GraphTransaction) => Promise<void>
  /** How the database's list of connections names this one. */
  userAgent?: string
  /** Called after each statement, for the debug log. Holds no parameter and no value. */
  onStatement?: (statement: { file: string; rows: number; ms: number }) => void
  now?: () => number
  random?: () => number
}

/** Opens the way to the graph. No connection is made before the first statement. See `GraphClient` for the contract and its errors. */
export function createGraphClient(options: GraphClientOptions): GraphClient {
  const driver = createDriver(options)
  const sessionOf = createSessionFactory(driver.now, options)
  const persist = createPersistence(options)
  const observe = createObserver(options)
  const timeout = options.transactionTimeoutMs ?? 60_000

  async function all<P extends z.ZodType, R extends z.ZodType>(query: Query<P, R>, params: z.input<P>): Promise<z.output<R>[]> {
    const parameters = parseParams(query, params)
    const run = () => persist(query.file, () => runOnce(sessionOf(query.mode), query, parameters, timeout))
    return parseRows(query, await observe(query.file, run))
  }

  async function write<T>(work: (tx: GraphTransaction) => Promise<T>): Promise<T> {
    const trace: Trace = { file: 'a transaction', failed: null }
    return persist(() => trace.failed ?? trace.file, async () => {
      trace.failed = null
      const session = sessionOf('WRITE')
      try {
        // Not waited for: the first statement follows on its heels. Trying again is decided by `persist`, not by the driver.
        return await commitOf(session.beginTransaction({ timeout }), async raw => {
          const tx = createTransaction(raw, trace, observe)
          const result = await work(tx)
          await options.beforeCommit?.(tx)
          return result
        })
      } finally {
        await session.close()
      }
    })
  }

  async function ping(): Promise<void> {
    await persist('ping', async () => {
      await driver.now().verifyConnectivity()
    })
  }

  return {
    all,
    one: async (query, params) => onlyRow(query, await all(query, params)),
    maybeOne: async (query, params) => atMostOneRow(query, await all(query, params)),
    write,
    stream: (query, params) => streamRows(sessionOf('READ'), query, parseParams(query, params)),
    ping,
    close: () => driver.close(),
  }
}

/** The driver to where the database is now. */
function createDriver(options: GraphClientOptions): { now: () => Driver; close: () => Promise<void> } {
  const place = () => (typeof options.uri === 'function' ? options.uri() : options.uri)
  let uri = place()
  let driver = openDriver(uri, options)
  const now = () => {
    const wanted = place()
    if (wanted === uri) return driver
    // Nothing answers there any more: what still hangs on it fails, as it would have.
    driver.close().catch(() => undefined)
    uri = wanted
    return (driver = openDriver(uri, options))
  }
  return { now, close: () => driver.close() }
}

function openDriver(uri: string, options: GraphClientOptions): Driver {
  return neo4j.driver(uri, neo4j.auth.basic(options.user, options.password), {
    // Trying again is decided here, not in the driver: its own first pause of a second makes deadlocks slow and a dead database slower.
    maxTransactionRetryTime: 0,
    connectionTimeout: 2_500,
    connectionAcquisitionTimeout: 10_000,
    connectionLivenessCheckTimeout: 5_000,
    maxConnectionPoolSize: 50,
    fetchSize: 1_000,
    userAgent: options.userAgent ?? 'fishbone',
    telemetryDisabled: true,
  })
}

function createSessionFactory(driver: () => Driver, { uri }: GraphClientOptions): (mode: 'READ' | 'WRITE') => Session {
  // Only a cluster needs bookmarks to read its own writes; on one server they would outlive a reset of its store and block every read.
  const bookmarkManager = typeof uri === 'string' && uri.startsWith('neo4j') ? neo4j.bookmarkManager() : undefined
  return mode => driver().session({ defaultAccessMode: neo4j.session[mode], bookmarkManager })
}

type Observe = (file: string, run: () => Promise<DriverRecord[]>) => Promise<DriverRecord[]>

function createObserver({ onStatement, now = Date.now }: GraphClientOptions): Observe {
  if (!onStatement) return (_, run) => run()
  return async (file, run) => {
    const startedAt = now()
    const records = await run()
    onStatement({ file, rows: records.length, ms: now() - startedAt })
    return records
  }
}

/** Runs work again while its failure says that it may succeed; reports the last failure in the project's words. */
function createPersistence(options: GraphClientOptions) {
  const { connectionRetryMs = 2_000, transientRetryMs = 15_000, now = Date.now, random = Math.random } = options
  const limits = { connection: connectionRetryMs, transient: transientRetryMs, never: 0 }
  return async function persist<T>(file: string | (() => string), work: () => Promise<T>): Promise<T> {
    const startedAt = now()
    for (let pauseMs = 50; ; pauseMs = Math.min(pauseMs * 2, 1_000)) {
      try {
        return await work()
      } catch (error) {
        const pause = pauseMs * (0.5 + random())
        if (now() - startedAt + pause >= limits[retryOf(error)]) throw asGraphError(error, typeof file === 'string' ? file : file())
        await new Promise(resolve => setTimeout(resolve, pause))
      }
    }
  }
}

/** Commits what the work did, or takes it all back and fails as the work did. */
async function commitOf<T>(tx: Transaction, work: (tx: Transaction) => Promise<T>): Promise<T> {
  try {
    const result = await work(tx)
    await tx.commit()
    return result
  } catch (error) {
    if (tx.isOpen()) await tx.rollback().catch(() => undefined)
    throw error
  }
}

async function runOnce(session: Session, query: AnyQuery, parameters: Record<string, unknown>, timeout: number): Promise<DriverRecord[]> {
  try {
    // One statement is a transaction of its own: begin and commit would be two more round trips each. Trying again is decided by the caller.
    return (await untraced(() => session.run(query.cypher, parameters, { metadata: { file: query.file }, ...(!query.autoCommit && { timeout }) }))).records
  } finally {
    await session.close()
  }
}

/**
 * The driver keeps with each statement from where it was called, against a failure that is told here by the file of the statement. Gathering that costs
 * about as much as packing it.
 */
const untraced = <T>(send: () => T): T => {
  const limit = Error.stackTraceLimit
  Error.stackTraceLimit = 0
  try {
    return send()
  } finally {
    Error.stackTraceLimit = limit
  }
}

/** The statement that was sent last, and the first that failed where several were on their way, so that a failed transaction can be named. */
type Trace = { file: string; failed: string | null }

function createTransaction(tx: Pick<Transaction, 'run'>, trace: Trace, observe: Observe): GraphTransaction {
  const all: GraphTransaction['all'] = async (query, params) => {
    trace.file = query.file
    const parameters = parseParams(query, params)
    // The driver's own error must pass here: it decides whether the whole transaction is tried again.
    try {
      return parseRows(query, await observe(query.file, async () => (await untraced(() => tx.run(query.cypher, parameters))).records))
    } catch (error) {
      trace.failed ??= query.file
      throw error
    }
  }
  return {
    all,
    one: async (query, params) => onlyRow(query, await all(query, params)),
    maybeOne: async (query, params) => atMostOneRow(query, await all(query, params)),
  }
}

async function* streamRows<P extends z.ZodType, R extends z.ZodType>(
  session: Session,
  query: Query<P, R>,
  parameters: Record<string, unknown>,
): AsyncGenerator<z.output<R>> {
  try {
    for await (const record of session.run(query.cypher, parameters, { metadata: { file: query.file } })) {
      yield parseRow(query, record)
    }
  } catch (error) {
    throw asGraphError(error, query.file)
  } finally {
    await session.close()
  }
}

function parseParams(query: AnyQuery, params: unknown): Record<string, unknown> {
  const parsed = query.params.safeParse(params)
  if (!parsed.success) {
    throw new FishboneError('FB_GRAPH_PARAMS_INVALID', `${query.file} was called with parameters that do not match its schema`, {
      details: { file: query.file, at: placesOf(parsed.error) },
    })
  }
  return toParameters(parsed.data, query.params instanceof z.ZodObject ? Object.keys(query.params.shape) : [])
}

function parseRows<R extends z.ZodType>(query: Query<z.ZodType, R>, records: DriverRecord[]): z.output<R>[] {
  return records.map(record => parseRow(query, record))
}

function parseRow<R extends z.ZodType>(query: Query<z.ZodType, R>, record: DriverRecord): z.output<R> {
  const plain: Record<string, unknown> = {}
  for (const key of record.keys) plain[key as string] = query.exact ? toExact(record.get(key)) : toPlain(record.get(key))
  if (query.trusted) return plain as z.output<R>
  const parsed = query.row.safeParse(plain)
  if (parsed.success) return parsed.data
  throw new FishboneError('FB_GRAPH_ROW_INVALID', `${query.file} returned a row that does not match its schema`, {
    details: { file: query.file, at: placesOf(parsed.error) },
  })
}

/** Paths and kinds of what did not match; never the values, which may be feedback text. */
function placesOf(error: z.ZodError): string[] {
  return error.issues.slice(0, 5).map(issue => `${issue.path.join('.')}: ${issue.code}`)
}

function atMostOneRow<T>(query: AnyQuery, rows: T[]): T | null {
  if (rows.length > 1) throw rowCountError(query, rows.length)
  return rows[0] ?? null
}

function onlyRow<T>(query: AnyQuery, rows: T[]): T {
  if (rows.length !== 1) throw rowCountError(query, rows.length)
  return rows[0] as T
}

function rowCountError(query: AnyQuery, rows: number): FishboneError {
  return new FishboneError('FB_GRAPH_ROW_INVALID', `${query.file} returned ${rows} rows where one was expected`, {
    details: { file: query.file, rows },
  })
}
