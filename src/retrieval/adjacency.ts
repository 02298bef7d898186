/** An undirected graph in compressed rows: the neighbours of `node` are `neighbours[offsets[node]]` up to `neighbours[offsets[node + 1]]`. */
export type Adjacency = { readonly size: number; readonly offsets: Uint32Array; readonly neighbours: Uint32Array }

/** An edge between two numbered nodes; said twice it counts once. */
export type Edge = readonly [number, number]

/** Both directions of every edge, sorted into rows by counting. */
function packRows(size: number, edges: readonly Edge[]): { starts: Uint32Array; cells: Uint32Array } {
  const starts = new Uint32Array(size + 1)
  for (const [a, b] of edges) {
    starts[a + 1]!++
    starts[b + 1]!++
  }
  for (let node = 0; node < size; node++) starts[node + 1]! += starts[node]!
  const next = starts.slice(0, size)
  const cells = new Uint32Array(2 * edges.length)
  for (const [a, b] of edges) {
    cells[next[a]!++] = b
    cells[next[b]!++] = a
  }
  return { starts, cells }
}

/** Packs edges; loops and repetitions are left out, neighbours are in rising order. */
export function createAdjacency(size: number, edges: readonly Edge[]): Adjacency {
  const { starts, cells } = packRows(size, edges)
  const offsets = new Uint32Array(size + 1)
  const neighbours = new Uint32Array(cells.length)
  let end = 0
  for (let node = 0; node < size; node++) {
    const row = cells.subarray(starts[node], starts[node + 1]).sort()
    let last = -1
    for (const neighbour of row) {
      if (neighbour === last || neighbour === node) continue
      neighbours[end++] = last = neighbour
    }
    offsets[node + 1] = end
  }
  return { size, offsets, neighbours: neighbours.slice(0, end) }
}

export const degreeOf = ({ offsets }: Adjacency, node: number): number => offsets[node + 1]! - offsets[node]!
