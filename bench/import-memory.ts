// Memory and speed of the file side of an import, on files made for it: the write side only counts.
//
//   npx tsx bench/import-memory.ts [--megabytes 1024] [--out bench/results/import-memory.json]
import { execFileSync } from 'node:child_process'
import { createWriteStream } from 'node:fs'
import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises'
import { cpus, loadavg, tmpdir, totalmem } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { parseArgs } from 'node:util'
import { importFiles } from '../src/ingest/import-files.ts'
import type { ImportIngest } from '../src/ingest/import-files/import-job.ts'

const { values: args } = parseArgs({ options: { megabytes: { type: 'string', default: '1024' }, out: { type: 'string', default: 'bench/results/import-memory.json' } } })
const targetBytes = Number(args.megabytes) * 1024 * 1024

const vinOf = (index: number): string => `LJ1EEAUU0N7${String(index % 1_000_000).padStart(6, '0')}`
const sentence = 'While driving at about 60 km/h the instrument cluster went black and the car would not accelerate; dealer could not reproduce. '

const feedbackLine = (index: number): string =>
  `${JSON.stringify({
    channel: 'app', sourceId: `F-${index}`, occurredAt: new Date(1_640_995_200_000 + index * 10_000).toISOString(), vin: vinOf(index * 7_919), odometerKm: index % 200_000,
    text: sentence.repeat(1 + (index % 12)),
  })}\n`

/** Rows of one ODI number lie 50,000 rows apart, as they never do at worst in the real file. */
const complaintLine = (index: number): string => {
  const cells = Array.from({ length: 49 }, () => '')
  const odi = 10_000_000 + Math.floor(index / 100_000) * 50_000 + (index % 50_000)
  const filled: Record<number, string> = {
    0: String(index + 1), 1: String(odi), 2: 'Kia America, Inc.', 3: 'KIA', 4: 'EV6', 5: '2022', 6: 'N', 7: '20230102', 8: 'N', 9: '0', 10: '0', 11: index % 100_000 < 50_000 ? 'STEERING' : 'ENGINE',
    12: 'PHOENIX', 13: 'AZ', 15: '20230109', 16: '20230109', 17: '7500', 19: sentence.repeat(1 + (index % 12)), 45: 'V',
  }
  for (const [at, value] of Object.entries(filled)) cells[Number(at)] = value
  return `${cells.join('\t')}\r\n`
}

async function make(path: string, lineOf: (index: number) => string): Promise<number> {
  let index = 0
  const blocks = function* () {
    for (let bytes = 0; bytes < targetBytes; ) {
      let block = ''
      while (block.length < 1024 * 1024) block += lineOf(index++)
      bytes += block.length
      yield block
    }
  }
  await pipeline(Readable.from(blocks()), createWriteStream(path))
  return index
}

const countingIngest = (): { ingest: ImportIngest; written: () => number } => {
  let written = 0
  const count = (rows: readonly unknown[]) => {
    written += rows.length
    return Promise.resolve({ created: rows.length, updated: 0, unchanged: 0, superseded: 0 })
  }
  return { ingest: { ingestBatch: (_kind, entries) => count(entries), ingestReference: (_kind, rows) => count(rows) }, written: () => written }
}

async function measure(path: string, dataDir: string, lines: number) {
  const { ingest, written } = countingIngest()
  const rss: number[] = []
  const timer = setInterval(() => rss.push(process.memoryUsage().rss), 200)
  const startedAt = performance.now()
  const summary = await importFiles({ paths: [path], ingest, dataDir, now: new Date('2030-01-01T00:00:00Z') })
  clearInterval(timer)
  const seconds = (performance.now() - startedAt) / 1_000
  const megabytes = (bytes: number) => Math.round(bytes / 1024 / 1024)
  const quarter = (share: number) => megabytes(Math.max(...rss.slice(Math.floor((rss.length * share) / 4), Math.ceil((rss.length * (share + 1)) / 4))))
  const file = summary.files[0]!
  return {
    megabytes: megabytes((await stat(path)).size), lines, records: written(), rejected: file.rejected, seconds: Number(seconds.toFixed(1)),
    recordsPerSecond: Math.round(written() / seconds), highestRssMb: megabytes(Math.max(...rss)), highestRssMbByQuarter: [0, 1, 2, 3].map(quarter),
  }
}

const folder = await mkdtemp(join(tmpdir(), 'fishbone-bench-import-'))
try {
  const results: Record<string, unknown> = {}
  for (const [name, lineOf] of [['feedback.ndjson', feedbackLine], ['FLAT_CMPL.txt', complaintLine]] as const) {
    const path = join(folder, name)
    const lines = await make(path, lineOf)
    results[name] = await measure(path, join(folder, 'data'), lines)
    process.stdout.write(`${name} ${JSON.stringify(results[name])}\n`)
    await rm(path)
  }
  const commit = execFileSync('git', ['rev-parse', '--short', 'HEAD'], { encoding: 'utf8' }).trim()
  const machine = { cpu: cpus()[0]?.model, cores: cpus().length, memoryGb: Math.round(totalmem() / 2 ** 30), loadAverage: loadavg(), node: process.version }
  await writeFile(args.out, `${JSON.stringify({ what: 'file side of fishbone import: reading, checking, merging, batching; nothing is written to a graph', commit, machine, results }, null, 2)}\n`)
} finally {
  await rm(folder, { recursive: true, force: true })
}
