import type { DuplicateEdge, DuplicateTransaction } from '../../graph/ports/duplicates.ts'
import { edgeKey } from './settled-edges.ts'

/** Edges of one transaction in memory: read once, changed by one report after the other, written once. */
export type EdgeBook = Pick<DuplicateTransaction, 'edgesOf' | 'change'> & {
  /** Reads the edges of some feedback, and of all feedback of some cars, ahead, in one statement. */
  read(ids: readonly string[], vehicleIds?: readonly string[]): Promise<void>
  /** Says which feedback the cars were of: its edges are there. */
  complete(ids: readonly string[]): void
  /** Writes what changed. */
  flush(): Promise<void>
}

/** What one report changes the next one sees, as if it had been written and read again. */
export const createEdgeBook = (tx: Pick<DuplicateTransaction, 'edgesOf' | 'change'>): EdgeBook => {
  const edges = new Map<string, DuplicateEdge>()
  const byReport = new Map<string, Set<string>>()
  const [stored, removed, written] = [new Set<string>(), new Map<string, DuplicateEdge>(), new Map<string, DuplicateEdge>()]
  const put = (edge: DuplicateEdge): void => {
    const key = edgeKey(edge)
    edges.set(key, edge)
    for (const id of [edge.from, edge.to]) {
      const keys = byReport.get(id) ?? new Set()
      byReport.set(id, keys.add(key))
    }
  }
  const known = new Set<string>()
  const complete = (ids: readonly string[]): void => {
    for (const id of ids) known.add(id)
  }
  const read = async (ids: readonly string[], vehicleIds: readonly string[] = []): Promise<void> => {
    const missing = [...new Set(ids)].filter(id => !known.has(id))
    if (missing.length + vehicleIds.length === 0) return
    for (const edge of await tx.edgesOf(missing, vehicleIds)) {
      const key = edgeKey(edge)
      // What was changed here already is newer than what is stored.
      if (stored.has(key) || written.has(key)) continue
      stored.add(key)
      put(edge)
    }
    complete(missing)
  }
  return {
    read,
    complete,
    async edgesOf(ids) {
      await read(ids)
      const keys = new Set(ids.flatMap(id => [...(byReport.get(id) ?? [])]))
      return [...keys].flatMap(key => edges.get(key) ?? [])
    },
    change({ remove, write }) {
      for (const edge of remove) {
        const key = edgeKey(edge)
        edges.delete(key)
        written.delete(key)
        removed.set(key, edge)
      }
      for (const edge of write) {
        const key = edgeKey(edge)
        removed.delete(key)
        written.set(key, edge)
        put(edge)
      }
      return Promise.resolve()
    },
    async flush() {
      const gone = [...removed].filter(([key]) => stored.has(key)).map(([, edge]) => edge)
      await tx.change({ remove: gone, write: [...written.values()] })
      for (const edge of gone) stored.delete(edgeKey(edge))
      for (const key of written.keys()) stored.add(key)
      removed.clear()
      written.clear()
    },
  }
}
