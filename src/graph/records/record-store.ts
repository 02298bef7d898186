import type { RecordKind } from '../../domain/record-kind.ts'
import type { GraphClient } from '../ports.ts'
import type { PreparedOf, PreparedVehicle, RecordStore } from '../ports/record-store.ts'
import { readHashes } from './event-queries.ts'
import { vehicleQueries } from './vehicle-queries.ts'
import type { StandingKeys } from './shared-nodes.ts'
import { type EventKind, writeEvents } from './write-events.ts'
import { writeReferenceRows, writeVocabularyNodes } from './write-reference.ts'
import { writeVehicles } from './write-vehicles.ts'

/** Writes records into the graph behind a client. */
export function createRecordStore({ client }: { client: GraphClient }): RecordStore {
  const standing: StandingKeys = { components: new Set(), symptoms: new Set() }
  return {
    contentHashes: (kind, ids) => readContentHashes(client, kind, ids),
    write: (kind, records, note) =>
      client.write(tx =>
        kind === 'vehicles'
          ? writeVehicles(tx, records as readonly PreparedVehicle[])
          : writeEvents(tx, kind, records as readonly PreparedOf[EventKind][], { standing, note })),
    writeReference: (kind, rows, componentOf) => client.write(tx => writeReferenceRows(tx, kind, rows, componentOf)),
    async writeVocabulary(nodes) {
      await client.write(tx => writeVocabularyNodes(tx, nodes))
      for (const { id } of nodes.components) standing.components.add(id)
      for (const { id } of nodes.symptoms) standing.symptoms.add(id)
    },
  }
}

async function readContentHashes(client: GraphClient, kind: RecordKind, ids: readonly string[]): Promise<Map<string, string[]>> {
  if (kind === 'vehicles') {
    const { hashes } = await client.one(vehicleQueries.readHashes, { ids: [...ids] })
    return new Map(hashes.map(([id, hash]) => [id, hash === null ? [] : [hash]]))
  }
  const rows = await client.all(readHashes[kind], { ids: [...ids] })
  return new Map(rows.map(({ id, current, earlier }) => [id, current === null ? earlier : [current, ...earlier]]))
}
