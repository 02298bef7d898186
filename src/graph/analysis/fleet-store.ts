import type { ClassReport, FleetVehicle } from '../../domain/fleet.ts'
import { endOfAsOf } from '../../domain/instant.ts'
import type { GraphClient } from '../ports.ts'
import type { FleetStore } from '../ports/fleet.ts'
import { fleetQueries } from './fleet-queries.ts'
import { type Lot, toFleetVehicle, toLot } from './fleet-vehicle.ts'
import { deriveKnownVehicle, earlierContents, lotIdsOf } from './known-history.ts'
import { bestReport, reportsOfFeedback, reportsOfRepair } from './link-report.ts'
import { reportQueries } from './report-queries.ts'

/** Longer than any transaction takes (the client ends one after a minute): what was stamped before a reading and committed after it lies within. */
const changeOverlapMs = 90_000
/** Rows that wait together for what they name; bounds memory and the number of round trips. */
const chunkSize = 500

/** Reads the fleet and what is reported of it from the graph behind a client. */
export function createFleetStore({ client }: { client: GraphClient }): FleetStore {
  return {
    watermark: () => client.one(fleetQueries.readWatermark, { overlapMs: changeOverlapMs }),
    streamVehicles: changedSince => streamVehicles(client, Math.max(0, Math.floor((changedSince ?? 0) - changeOverlapMs))),
    vehiclesAsKnown: asOf => vehiclesAsKnown(client, endOfAsOf(asOf)),
    classReports: question => classReports(client, { ...question, asOf: endOfAsOf(question.asOf) }),
    streamReports: asOf => streamReports(client, endOfAsOf(asOf)),
  }
}

async function* streamVehicles(client: GraphClient, changedSince: number): AsyncGenerator<FleetVehicle> {
  const lots = createLotReader(client)
  for await (const rows of inChunks(client.stream(fleetQueries.streamFleet, { changedSince }))) {
    await lots.read(rows.flatMap(row => row.parts.map(([lotId]) => lotId)))
    for (const row of rows) yield toFleetVehicle(row, id => lots.of(id) as Lot)
  }
}

/** Lots by id, each read once: a car names twenty, a fleet a few thousand. */
function createLotReader(client: GraphClient) {
  const lots = new Map<string, Lot>()
  return {
    of: (id: string): Lot | undefined => lots.get(id),
    async read(ids: readonly string[]): Promise<void> {
      const missing = [...new Set(ids.filter(id => !lots.has(id)))]
      if (missing.length === 0) return
      for (const row of await client.all(fleetQueries.readLots, { ids: missing })) lots.set(row.id, toLot(row))
    },
  }
}

async function vehiclesAsKnown(client: GraphClient, asOf: string): Promise<FleetVehicle[]> {
  const affected = earlierContents(await client.all(fleetQueries.findLateRecords, { asOf }))
  const lots = createLotReader(client)
  const vehicles: FleetVehicle[] = []
  for await (const ids of inChunks([...affected.keys()].sort())) {
    const rows = (await client.all(fleetQueries.readKnownHistories, { ids, asOf })).map(row => ({ row, earlier: affected.get(row.id)! }))
    await lots.read(rows.flatMap(({ row, earlier }) => lotIdsOf(row, earlier)))
    vehicles.push(...rows.map(({ row, earlier }) => deriveKnownVehicle(row, earlier, lots.of)))
  }
  return vehicles
}

type Found = { id: string; isFeedback: boolean }

async function classReports(client: GraphClient, question: Parameters<FleetStore['classReports']>[0]): Promise<ClassReport[]> {
  const sides = { components: question.components && new Set(question.components), symptoms: question.symptoms && new Set(question.symptoms) }
  const reports: ClassReport[] = []
  for await (const ofRecord of readReports(client, findRecords(client, question), question.asOf)) {
    const best = bestReport(ofRecord, sides)
    if (best) reports.push(best)
  }
  return reports
}

function findRecords(client: GraphClient, { components, symptoms, asOf }: Parameters<FleetStore['classReports']>[0]): AsyncIterable<Found> {
  if (symptoms !== null) return client.stream(reportQueries.findBySymptom, { symptoms: [...symptoms], components: components && [...components], asOf })
  if (components !== null) return client.stream(reportQueries.findByComponent, { components: [...components], asOf })
  return client.stream(reportQueries.listReports, { asOf })
}

async function* streamReports(client: GraphClient, asOf: string): AsyncGenerator<ClassReport> {
  for await (const ofRecord of readReports(client, client.stream(reportQueries.listReports, { asOf }), asOf)) yield* ofRecord
}

/** The reports of each record, a list a record; a record that two classes of a question find is read once. */
async function* readReports(client: GraphClient, found: AsyncIterable<Found>, asOf: string): AsyncGenerator<ClassReport[]> {
  for await (const records of inChunks(found)) {
    const [feedback, repairs] = [true, false].map(kind => records.filter(({ isFeedback }) => isFeedback === kind).map(({ id }) => id))
    if (feedback!.length > 0)
      for (const row of await client.all(reportQueries.readFeedback, { ids: feedback!, asOf })) yield reportsOfFeedback(row)
    if (repairs!.length > 0)
      for (const row of await client.all(reportQueries.readRepairs, { ids: repairs!, asOf })) yield reportsOfRepair(row)
  }
}

async function* inChunks<T>(items: AsyncIterable<T> | Iterable<T>): AsyncGenerator<T[]> {
  let chunk: T[] = []
  for await (const item of items) {
    if (chunk.push(item) < chunkSize) continue
    yield chunk
    chunk = []
  }
  if (chunk.length > 0) yield chunk
}
