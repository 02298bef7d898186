import type { Adjacency } from './adjacency.ts'

/** Where a walk starts, and with what share; shares need not add up to one. */
export type Seed = { node: number; weight: number }

export type WalkOptions = {
  /** Chance that the walk ends at each node it comes to. */
  alpha?: number
  /** A residue below this share of a node's degree is not pushed on. */
  epsilon?: number
  /** Nodes that are not there for this question: neither started from, nor gone through, nor counted in a degree. */
  isHidden?: ((node: number) => boolean) | undefined
}

/** Walks over one graph; the arrays it works with are made once. Not to be entered while it runs. */
export type Walker = {
  /** Visits each node that was reached with the share of walks that end there; the shares sum to at most one. */
  walk(seeds: readonly Seed[], options: WalkOptions, visit: (node: number, share: number) => void): void
}

/** For each node the neighbours that may be seen, at least 1; worked out when the node is first come to. */
const createDegrees = ({ size, offsets, neighbours }: Adjacency) => {
  const all = Int32Array.from({ length: size }, (_, node) => Math.max(1, offsets[node + 1]! - offsets[node]!))
  const visible = new Int32Array(size)
  return {
    all,
    visible,
    count(node: number, isHidden: NonNullable<WalkOptions['isHidden']>): void {
      let seen = 0
      for (let at = offsets[node]!; at < offsets[node + 1]!; at++) if (!isHidden(neighbours[at]!)) seen++
      visible[node] = Math.max(1, seen)
    },
  }
}

/**
 * Personalised PageRank by forward push: while some residue r[u] ≥ ε·deg(u), p[u] += α·r[u] and each neighbour gets (1−α)·r[u]/deg(u).
 *
 * @see Andersen, Chung & Lang 2006. A node without neighbours keeps its α share; what it could not pass on is lost, as in the original.
 */
export function createWalker(adjacency: Adjacency): Walker {
  const { size, offsets, neighbours } = adjacency
  const degrees = createDegrees(adjacency)
  const residue = new Float64Array(size)
  const settled = new Float64Array(size)
  const isTouched = new Uint8Array(size)
  const isQueued = new Uint8Array(size)
  const touched = new Int32Array(size)
  // A ring: a node waits in it at most once.
  const queue = new Int32Array(size)
  let reached = 0
  let first = 0
  let waiting = 0

  const enqueue = (node: number): void => {
    isQueued[node] = 1
    const free = first + waiting++
    queue[free < size ? free : free - size] = node
  }
  const dequeue = (): number => {
    const node = queue[first]!
    first = first + 1 === size ? 0 : first + 1
    waiting--
    isQueued[node] = 0
    return node
  }

  return {
    walk(seeds, { alpha = 0.5, epsilon = 1e-6, isHidden }, visit) {
      const degree = isHidden ? degrees.visible : degrees.all
      const touch = (node: number): void => {
        isTouched[node] = 1
        touched[reached++] = node
        if (isHidden) degrees.count(node, isHidden)
      }
      const total = seeds.reduce((sum, { node, weight }) => sum + (isHidden?.(node) ? 0 : weight), 0)
      for (const { node, weight } of seeds) {
        if (weight <= 0 || isHidden?.(node)) continue
        if (isTouched[node] === 0) touch(node)
        residue[node]! += weight / total
        if (isQueued[node] === 0 && residue[node]! >= epsilon * degree[node]!) enqueue(node)
      }
      while (waiting > 0) {
        const node = dequeue()
        const share = ((1 - alpha) * residue[node]!) / degree[node]!
        settled[node]! += alpha * residue[node]!
        residue[node] = 0
        for (let at = offsets[node]!, end = offsets[node + 1]!; at < end; at++) {
          const neighbour = neighbours[at]!
          if (isHidden?.(neighbour)) continue
          const received = residue[neighbour]! + share
          residue[neighbour] = received
          if (isTouched[neighbour] === 0) touch(neighbour)
          if (isQueued[neighbour] === 0 && received >= epsilon * degree[neighbour]!) enqueue(neighbour)
        }
      }
      for (let at = 0; at < reached; at++) {
        const node = touched[at]!
        if (settled[node]! > 0) visit(node, settled[node]!)
        settled[node] = residue[node] = isTouched[node] = 0
      }
      reached = 0
    },
  }
}
