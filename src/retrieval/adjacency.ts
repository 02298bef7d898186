/** An undirected graph in compressed rows: the neighbours of `node` are `neighbours[offsets[node]]` up to `neighbours[offsets[node + 1]]`. */
export type Adjacency = { readonly size: number; readonly offsets: Uint32Array; readonly neighbours: Uint32Array }

/** An edge between two numbered nodes; said twice it counts once. */
export type Edge = readonly [number, number]

/** Packs edges; loops and repetitions are left out, neighbours are in rising order. */
export function createAdjacency(size: number, edges: Iterable<Edge>): Adjacency {
  const rows: Set<number>[] = Array.from({ length: size }, () => new Set<number>())
  for (const [a, b] of edges) {
    if (a === b) continue
    rows[a]!.add(b)
    rows[b]!.add(a)
  }
  const offsets = new Uint32Array(size + 1)
  rows.forEach((row, node) => (offsets[node + 1] = offsets[node]! + row.size))
  const neighbours = new Uint32Array(offsets[size]!)
  rows.forEach((row, node) => neighbours.set([...row].sort((a, b) => a - b), offsets[node]))
  return { size, offsets, neighbours }
}

export const degreeOf = ({ offsets }: Adjacency, node: number): number => offsets[node + 1]! - offsets[node]!
