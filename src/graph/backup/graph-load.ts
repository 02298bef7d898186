import { FishboneError } from '../../domain/error.ts'
import { knownSchemaFiles, migrate, restoreMark } from '../migrate.ts'
import { listAppliedMigrations } from '../migration/queries.ts'
import type { GraphClient } from '../ports.ts'
import type { GraphLoad } from '../ports/backup.ts'
import { backupQueries } from './backup-queries.ts'

type NewNode = { labels: string[]; properties: Record<string, unknown> }

/** Writes a graph as a whole. Dynamic labels need Neo4j 5.26. @throws FB_GRAPH_UNAVAILABLE, FB_GRAPH_QUERY_FAILED */
export const createGraphLoad = ({ client, now }: { client: GraphClient; now: () => Date }): GraphLoad => ({
  nodeCount: async () => (await client.one(backupQueries.counts, {})).nodes,
  counts: () => client.one(backupQueries.counts, {}),
  async otherConnections() {
    try {
      const connections = await client.all(backupQueries.connections, {})
      return connections.filter(({ userAgent }) => userAgent === 'fishbone').length
    } catch (error) {
      if (error instanceof FishboneError && error.code === 'FB_GRAPH_QUERY_FAILED') return null
      throw error
    }
  },
  erasures: () => client.all(backupQueries.erasures, {}),
  keepErasures: async erasures => void (await client.all(backupQueries.keepErasures, { rows: erasures.map(({ entry }) => ({ id: String(entry['id']), entry })) })),
  async empty() {
    await client.all(backupQueries.empty, {})
    await client.all(backupQueries.forgetMigrations, {})
  },
  shut: async archive => void (await client.all(backupQueries.shut, { archive, at: now().toISOString() })),
  open: async () => void (await client.all(backupQueries.open, {})),
  isShut: async () => (await client.all(listAppliedMigrations, {})).some(({ file }) => file === restoreMark),
  checkSchema: files => void knownSchemaFiles(files),
  async migrate(files) {
    if (files) await migrate(client, { only: files, isRestoring: true })
    else await migrate(client, { isRestoring: true })
  },
  create: nodes => createNodes(client, nodes),
  relate: async relationships => void (await client.one(backupQueries.createRelationships, { rows: [...relationships] })),
  forgetSealedVins: async () => (await client.one(backupQueries.forgetSealedVins, {})).vins,
  people: () => client.stream(backupQueries.people, {}),
})

const createNodes = async (client: GraphClient, nodes: readonly NewNode[]): Promise<string[]> => {
  const rows = nodes.map(({ labels, properties: { embedding: _embedding, ...properties } }, at) => ({ at: BigInt(at), labels, properties }))
  return client.write(async tx => {
    const names: string[] = []
    for (const { at, node } of await tx.all(backupQueries.createNodes, { rows })) names[at] = node
    const vectors = nodes.flatMap(({ properties: { embedding } }, at) => (embedding === undefined ? [] : [{ node: names[at] ?? '', embedding }]))
    if (vectors.length > 0) await tx.one(backupQueries.setVectors, { rows: vectors })
    return names
  })
}
