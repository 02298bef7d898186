// Speed of the import over Bolt, a kind at a time, against one statement a record in the same run: `npx tsx bench/import.ts [VEHICLES]`.
// The database is the one of NEO4J_URI or an embedded one of its own; IT IS EMPTIED. Results go to bench/results/import-<commit>.json.
import { execFileSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { cpus, loadavg, tmpdir, totalmem } from 'node:os'
import { join } from 'node:path'
import { z } from 'zod'
import type { RecordKind, RecordOf } from '../src/domain/record-kind.ts'
import { createGraphClient, migrate, resolveNeo4j } from '../src/graph/index.ts'
import type { GraphClient, Query } from '../src/graph/ports.ts'
import { createRecordStore } from '../src/graph/records/record-store.ts'
import { createIngest } from '../src/ingest/ingest-batch.ts'
import { createRedactor } from '../src/ingest/redaction/index.ts'
import { createVinVault } from '../src/ingest/vin-vault.ts'
import { projectRoot } from '../src/project-root.ts'
import { readVocabularyFiles } from '../src/vocabulary-files.ts'
import { createLinker, createVocabulary } from '../src/vocabulary/index.ts'
import { generateFleet, generateVehicles } from '../test/support/generated-fleet.ts'

const total = Number(process.argv[2] ?? 12_000)
const repetitions = 3
const batchSize = 2_000
const baselineRecords = 200

const anything = z.record(z.string(), z.unknown())
const statement = (cypher: string): Query<typeof anything, typeof anything> =>
  ({ file: 'bench', mode: 'WRITE', cypher, params: anything, row: anything, trusted: true, autoCommit: true, sample: {} })

// What one would write first: each record by a statement of its own. It links nothing and keeps no versions, so the comparison favours it.
const oneVehicle = statement(`
MERGE (v:Vehicle {id: $id}) SET v.model = $model, v.modelYear = $modelYear, v.plant = $plant, v.builtOn = $builtOn, v.soldOn = $soldOn
WITH v UNWIND $parts AS part
MERGE (lot:PartLot {id: 'naive/' + part.partNo + '/' + part.lot})
MERGE (v)-[b:BUILT_WITH]->(lot) SET b.component = part.component, b.from = $builtOn`)
const oneFeedback = statement(`
MERGE (f:Feedback {id: $id}) SET f.text = $text, f.occurredAt = $occurredAt, f.receivedAt = $receivedAt
WITH f MERGE (v:Vehicle {id: $vin}) MERGE (f)-[:ABOUT]->(v)`)

const median = (values: number[]): number => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] as number
const round = (value: number): number => Math.round(value)

async function perSecond(records: number, work: () => Promise<unknown>): Promise<number> {
  const startedAt = performance.now()
  await work()
  return (records * 1_000) / (performance.now() - startedAt)
}

function openIngest(client: GraphClient) {
  const vocabulary = createVocabulary(readVocabularyFiles())
  const vinVault = createVinVault({ key: Buffer.alloc(32, 5) })
  const parts = { linker: createLinker(vocabulary), redactor: createRedactor(vinVault), vinVault, vocabulary }
  const ingest = createIngest({ recordStore: createRecordStore({ client }), ...parts })
  return async <K extends RecordKind>(kind: K, records: readonly RecordOf[K][]): Promise<void> => {
    for (let at = 0; at < records.length; at += batchSize) {
      await ingest.ingestBatch(kind, records.slice(at, at + batchSize).map(record => ({ record, flags: [] })))
    }
  }
}

const wipe = (client: GraphClient) =>
  client.all(statement('MATCH (n) WHERE NOT n:Migration CALL (n) { DETACH DELETE n } IN TRANSACTIONS OF 5000 ROWS'), {})

async function oneByOne<R extends Record<string, unknown>>(client: GraphClient, query: ReturnType<typeof statement>, records: readonly R[]) {
  return perSecond(records.length, async () => {
    for (const record of records) await client.all(query, record)
  })
}

/** One repetition on an empty graph: each figure in records a second. */
async function measure(client: GraphClient, load: ReturnType<typeof openIngest>): Promise<Record<string, number>> {
  await wipe(client)
  const vehicles = generateVehicles({ count: total, parts: 20 })
  const fleet = generateFleet({ vehicles: Math.min(total, 4_000), seed: 2 })
  const naive = generateVehicles({ count: baselineRecords, parts: 20, seed: 9 }).map((record, n) => ({ ...record, id: `naive-${n}` }))
  const naiveFeedback = fleet.feedback.slice(0, baselineRecords).map((record, n) => ({ ...record, id: `naive-${n}`, vin: record.vin ?? 'none' }))
  const figures: Record<string, number> = {}
  figures['vehicles, one statement each'] = await oneByOne(client, oneVehicle, naive)
  figures['vehicles, first'] = await perSecond(vehicles.length, () => load('vehicles', vehicles))
  figures['vehicles, again'] = await perSecond(vehicles.length, () => load('vehicles', vehicles))
  figures['feedback, one statement each'] = await oneByOne(client, oneFeedback, naiveFeedback)
  figures['feedback, first'] = await perSecond(fleet.feedback.length, () => load('feedback', fleet.feedback))
  figures['feedback, again'] = await perSecond(fleet.feedback.length, () => load('feedback', fleet.feedback))
  figures['telemetry-snapshots, first'] = await perSecond(fleet.snapshots.length, () => load('telemetry-snapshots', fleet.snapshots))
  figures['software-installs, first'] = await perSecond(fleet.installs.length, () => load('software-installs', fleet.installs))
  figures['repair-orders, first'] = await perSecond(fleet.repairs.length, () => load('repair-orders', fleet.repairs))
  figures['cases, first'] = await perSecond(fleet.cases.length, () => load('cases', fleet.cases))
  return figures
}

const { env } = process
const connection = await resolveNeo4j({
  given: { uri: env.NEO4J_URI, user: env.NEO4J_USER, password: env.NEO4J_PASSWORD },
  dataDir: join(tmpdir(), 'fishbone-bench-import'),
  cacheDir: env.FISHBONE_CACHE_DIR ?? join(env.HOME ?? tmpdir(), '.cache', 'fishbone'),
  onProgress: line => console.error(line),
})
const client = createGraphClient({ uri: connection.uri, user: connection.user, password: connection.password })
try {
  await migrate(client)
  const load = openIngest(client)
  const loadBefore = loadavg()[0] ?? 0
  // The first repetition warms both sides up and is not counted.
  const runs: Record<string, number>[] = []
  for (let repetition = 0; repetition <= repetitions; repetition++) {
    const figures = await measure(client, load)
    if (repetition > 0) runs.push(figures)
    console.error(repetition === 0 ? 'warmed up' : JSON.stringify(Object.fromEntries(Object.entries(figures).map(([k, v]) => [k, round(v)]))))
  }
  const medians = Object.fromEntries(Object.keys(runs[0] ?? {}).map(name => [name, round(median(runs.map(run => run[name] ?? 0)))]))
  const ratio = (a: string, b: string): number => Math.round((10 * (medians[a] ?? 0)) / (medians[b] ?? 1)) / 10
  const commit = execFileSync('git', ['rev-parse', '--short', 'HEAD'], { cwd: projectRoot, encoding: 'utf8' }).trim()
  const result = {
    commit,
    measuredAt: new Date().toISOString(),
    machine: { cpus: cpus().length, model: cpus()[0]?.model, memoryGiB: round(totalmem() / 2 ** 30), node: process.version, loadBefore, loadAfter: loadavg()[0] },
    setting: { vehicles: total, lotsPerVehicle: 20, batchSize, repetitions, baselineRecords },
    perSecond: medians,
    relationshipsPerSecond: (medians['vehicles, first'] ?? 0) * 20,
    ratios: {
      'vehicles, first / one statement each': ratio('vehicles, first', 'vehicles, one statement each'),
      'vehicles, again / first': ratio('vehicles, again', 'vehicles, first'),
      'feedback, first / one statement each': ratio('feedback, first', 'feedback, one statement each'),
    },
    runs: runs.map(run => Object.fromEntries(Object.entries(run).map(([name, value]) => [name, round(value)]))),
  }
  mkdirSync(join(projectRoot, 'bench', 'results'), { recursive: true })
  writeFileSync(join(projectRoot, 'bench', 'results', `import-${commit}.json`), `${JSON.stringify(result, null, 2)}\n`)
  console.log(JSON.stringify(result, null, 2))
} finally {
  await client.close()
  await connection.stop()
}
