import { homedir } from 'node:os'
import { join } from 'node:path'
import { z } from 'zod'
import { createProjectionBuilder } from '../../src/analysis/projection.ts'
import { createFleetStore } from '../../src/graph/analysis/fleet-store.ts'
import { createGraphClient, migrate, resolveNeo4j } from '../../src/graph/index.ts'
import type { GraphClient } from '../../src/graph/ports.ts'
import { createRecordStore } from '../../src/graph/records/record-store.ts'
import { createIngest } from '../../src/ingest/ingest-batch.ts'
import { createRedactor } from '../../src/ingest/redaction/index.ts'
import { createVinVault } from '../../src/ingest/vin-vault.ts'
import { readVocabularyFiles } from '../../src/vocabulary-files.ts'
import { createLinker, createVocabulary } from '../../src/vocabulary/index.ts'
import { createFleet } from '../../simulator/fleet.ts'
import type { RecordKind, RecordOf } from '../../src/domain/record-kind.ts'

const batchSize = 2_000
const anything = z.record(z.string(), z.unknown())

const wipe = (client: GraphClient) =>
  client.all({
    file: 'bench', mode: 'WRITE', cypher: 'MATCH (n) WHERE NOT n:Migration CALL (n) { DETACH DELETE n } IN TRANSACTIONS OF 5000 ROWS', params: anything, row: anything,
    trusted: true, autoCommit: true, sample: {},
  }, {})

async function load(client: GraphClient, vehicles: number): Promise<void> {
  const vocabulary = createVocabulary(readVocabularyFiles())
  const vinVault = createVinVault({ key: Buffer.alloc(32, 5) })
  const ingest = createIngest({ recordStore: createRecordStore({ client }), linker: createLinker(vocabulary), redactor: createRedactor(vinVault), vinVault, vocabulary })
  const { records } = createFleet({ seed: 1, vehicles })
  const loadKind = async <K extends RecordKind>(kind: K, rows: readonly RecordOf[K][]): Promise<void> => {
    for (let at = 0; at < rows.length; at += batchSize) await ingest.ingestBatch(kind, rows.slice(at, at + batchSize).map(record => ({ record, flags: [] })))
  }
  await loadKind('vehicles', records.vehicles as RecordOf['vehicles'][])
  await loadKind('software-installs', records['software-installs'] as RecordOf['software-installs'][])
  await loadKind('telemetry-snapshots', records['telemetry-snapshots'] as RecordOf['telemetry-snapshots'][])
  await loadKind('feedback', records.feedback as RecordOf['feedback'][])
  await loadKind('repair-orders', records['repair-orders'] as RecordOf['repair-orders'][])
}

const rate = (rows: number, startedAt: number): number => Math.round((rows * 1_000) / (performance.now() - startedAt))

/** A simulated fleet in a database of its own: cars and reports streamed a second, milliseconds of the watermark and of a class's reports. */
export async function measureStreaming(dataDir: string, vehicles: number) {
  const connection = await resolveNeo4j({
    given: {}, dataDir, cacheDir: process.env.FISHBONE_CACHE_DIR ?? join(homedir(), '.cache', 'fishbone'), onProgress: line => console.error(line),
  })
  const client = createGraphClient({ uri: connection.uri, user: connection.user, password: connection.password })
  try {
    await migrate(client)
    await wipe(client)
    await load(client, vehicles)
    const store = createFleetStore({ client })
    const carsPerSecond: number[] = []
    for (let run = 0; run < 3; run++) {
      const builder = createProjectionBuilder({ order: 'id' })
      const startedAt = performance.now()
      let cars = 0
      for await (const row of store.streamVehicles(null)) {
        builder.add(row)
        cars++
      }
      carsPerSecond.push(rate(cars, startedAt))
    }
    const asOf = new Date().toISOString()
    const timeOf = async (work: () => Promise<unknown>): Promise<number> => {
      await work()
      const startedAt = performance.now()
      await work()
      return Math.round(performance.now() - startedAt)
    }
    let reports = 0
    const startedAt = performance.now()
    for await (const _ of store.streamReports(asOf)) reports++
    const reportsPerSecond = rate(reports, startedAt)
    return {
      vehicles, carsPerSecond, reports, reportsPerSecond,
      watermarkMs: await timeOf(() => store.watermark()),
      classReportsMs: await timeOf(() => store.classReports({ components: ['traction-battery'], symptoms: ['charging-stops'], asOf })),
      componentReportsMs: await timeOf(() => store.classReports({ components: ['traction-battery'], symptoms: null, asOf })),
      asKnownNowMs: await timeOf(() => store.vehiclesAsKnown(asOf)),
      asKnownMidwayMs: await timeOf(() => store.vehiclesAsKnown('2022-06-30')),
    }
  } finally {
    await client.close()
    await connection.stop()
  }
}
