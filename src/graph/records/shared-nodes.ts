import { freeWordOf } from '../../domain/identifiers.ts'
import type { GraphTransaction } from '../ports.ts'
import type { SharedNodes } from '../ports/record-store.ts'
import { sharedQueries } from './shared-queries.ts'

const byId = (a: { id: string }, b: { id: string }): number => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0)

function distinct<N extends { id: string }>(nodes: Iterable<N>): N[] {
  const seen = new Map<string, N>()
  for (const node of nodes) if (!seen.has(node.id)) seen.set(node.id, node)
  return [...seen.values()].sort(byId)
}

/** One side of all records. Records of one batch mostly share the very objects, so identity thins them out before ids are looked at. */
function each<K extends keyof SharedNodes>(shared: readonly SharedNodes[], side: K): Set<SharedNodes[K][number]> {
  const met = new Set<SharedNodes[K][number]>()
  for (const nodes of shared) for (const node of nodes[side]) met.add(node)
  return met
}

const sortedKeys = (keys: Iterable<string>): string[] => [...new Set(keys)].sort()

/** Keys of the vocabulary whose nodes this process has written. */
export type StandingKeys = { components: Set<string>; symptoms: Set<string> }

/**
 * Makes the nodes that records share, but for vehicles. Kinds in one order and ids sorted within each: four writers that make the same nodes
 * wait for one another and do not deadlock.
 *
 * @param standing left out: a report that arrives mostly names nothing else, and each statement costs it a millisecond on either side.
 */
export async function mergeShared(tx: GraphTransaction, shared: readonly SharedNodes[], standing?: StandingKeys): Promise<void> {
  const lots = distinct(each(shared, 'lots'))
  const components = distinct(each(shared, 'components')).filter(({ id }) => !standing?.components.has(id)).map(({ id, key }) => ({ id, freeWord: freeWordOf(key) }))
  const releases = distinct(each(shared, 'releases'))
  const modelYears = distinct(each(shared, 'modelYears'))
  const plants = distinct(each(shared, 'plants'))
  const serviceCenters = distinct(each(shared, 'serviceCenters'))
  const codes = sortedKeys(each(shared, 'dtcs'))
  const keys = sortedKeys(each(shared, 'symptoms')).filter(key => !standing?.symptoms.has(key))
  const supplies = distinctSupplies(shared)
  const parts = distinctParts(shared)
  // Sent in this order and done in it; none waits for the answer of the one before.
  await Promise.all([
    components.length > 0 && tx.all(sharedQueries.mergeComponents, { components }),
    keys.length > 0 && tx.all(sharedQueries.mergeSymptoms, { keys }),
    parts.length > 0 && tx.all(sharedQueries.mergeParts, { parts }),
    lots.length > 0 && tx.all(sharedQueries.mergeLots, { lots }),
    supplies.length > 0 && tx.all(sharedQueries.mergeSupplies, { supplies }),
    releases.length > 0 && tx.all(sharedQueries.mergeReleases, { releases }),
    modelYears.length > 0 && tx.all(sharedQueries.mergeModelYears, { modelYears }),
    plants.length > 0 && tx.all(sharedQueries.mergePlants, { plants }),
    serviceCenters.length > 0 && tx.all(sharedQueries.mergeServiceCenters, { serviceCenters }),
    codes.length > 0 && tx.all(sharedQueries.mergeDtcs, { codes }),
  ])
}

function distinctParts(shared: readonly SharedNodes[]) {
  const parts = new Map<string, { id: string; key: string; components: Set<string> }>()
  const partOf = (id: string, key: string) => {
    const part = parts.get(id) ?? { id, key, components: new Set<string>() }
    parts.set(id, part)
    return part
  }
  for (const { id, key } of each(shared, 'parts')) partOf(id, key)
  for (const { partId, partNo, componentId } of each(shared, 'lots')) {
    const part = partOf(partId, partNo)
    if (componentId !== null) part.components.add(componentId)
  }
  return [...parts.values()].map(part => ({ ...part, components: [...part.components].sort() })).sort(byId)
}

function distinctSupplies(shared: readonly SharedNodes[]) {
  const supplies = new Map<string, { id: string; lotId: string; supplierId: string; key: string }>()
  for (const { id: lotId, supplier } of each(shared, 'lots')) {
    if (supplier === null) continue
    const id = `${supplier.id}\0${lotId}`
    if (!supplies.has(id)) supplies.set(id, { id, lotId, supplierId: supplier.id, key: supplier.key })
  }
  return [...supplies.values()].sort(byId)
}
