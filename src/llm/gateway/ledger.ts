import { appendFile, mkdir, open, readdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import { z } from 'zod'

export const ledgerOutcomes = ['answered', 'cached', 'repaired', 'regenerated', 'invalid-output', 'not-grounded', 'refused', 'truncated', 'unavailable', 'retried', 'cancelled'] as const

/** One call as the ledger keeps it, or one answer out of the cache. */
export const LedgerRow = z.object({
  at: z.string(),
  purpose: z.string(),
  caseId: z.string(),
  promptId: z.string(),
  promptVersion: z.string(),
  modelId: z.string(),
  recordId: z.string(),
  inputTokens: z.int(),
  outputTokens: z.int(),
  cachedTokens: z.int(),
  /** False: the server's own figures were missing or out of reason, and the estimate was booked. */
  usageReported: z.boolean(),
  costUsd: z.number().nullable(),
  milliseconds: z.number(),
  outcome: z.enum(ledgerOutcomes),
})
export type LedgerRow = z.infer<typeof LedgerRow>

export type Ledger = {
  append(row: LedgerRow): Promise<void>
  /** Tokens booked on a day (`2026-11-22`, UTC), by other processes too. */
  tokensOn(day: string): Promise<number>
  /** Rows from a day on, oldest first. A line that cannot be read is passed over. */
  rows(options?: { from?: string }): Promise<LedgerRow[]>
}

const fileOf = (day: string) => `${day}.jsonl`

const parseRows = (text: string): LedgerRow[] =>
  text.split('\n').flatMap(line => {
    try {
      return line === '' ? [] : [LedgerRow.parse(JSON.parse(line))]
    } catch {
      return []
    }
  })

const isMissing = (error: unknown): boolean => (error as NodeJS.ErrnoException).code === 'ENOENT'

/** The ledger of model calls: one JSON-lines file a day (UTC) in a folder, appended by all processes. */
export const createLedger = ({ folder }: { folder: string }): Ledger => {
  const seen = new Map<string, { offset: number; tokens: number }>()

  /** Reads only what was appended since the last look. */
  const tokensOn = async (day: string): Promise<number> => {
    const known = seen.get(day) ?? { offset: 0, tokens: 0 }
    const added = await readFrom(path.join(folder, fileOf(day)), known.offset)
    const end = added.lastIndexOf('\n') + 1
    const whole = added.subarray(0, end).toString('utf8')
    const tokens = known.tokens + parseRows(whole).reduce((sum, row) => sum + row.inputTokens + row.outputTokens, 0)
    // Two looks at once must not count a line twice: the later one wins only where it saw more.
    const latest = seen.get(day)
    if (!latest || latest.offset < known.offset + end) seen.set(day, { offset: known.offset + end, tokens })
    return seen.get(day)?.tokens ?? tokens
  }

  return {
    async append(row) {
      await mkdir(folder, { recursive: true, mode: 0o700 })
      await appendFile(path.join(folder, fileOf(row.at.slice(0, 10))), `${JSON.stringify(row)}\n`, { mode: 0o600 })
    },
    tokensOn,
    async rows({ from = '' } = {}) {
      const names = await readdir(folder).catch((error: unknown) => (isMissing(error) ? [] : Promise.reject(error as Error)))
      const days = names.filter(name => /^\d{4}-\d\d-\d\d\.jsonl$/.test(name) && name >= from).sort()
      const texts = await Promise.all(days.map(name => readFile(path.join(folder, name), 'utf8')))
      return texts.flatMap(parseRows)
    },
  }
}

const readFrom = async (file: string, offset: number): Promise<Buffer> => {
  try {
    const handle = await open(file, 'r')
    try {
      const { size } = await handle.stat()
      const buffer = Buffer.alloc(Math.max(0, size - offset))
      await handle.read(buffer, 0, buffer.length, offset)
      return buffer
    } finally {
      await handle.close()
    }
  } catch (error) {
    if (isMissing(error)) return Buffer.alloc(0)
    throw error
  }
}
