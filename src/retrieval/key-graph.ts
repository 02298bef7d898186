import type { KeyKind, KeyLink } from '../graph/ports/case-store.ts'
import { createAdjacency, degreeOf, type Edge } from './adjacency.ts'
import type { IndexedCase } from './case-index.ts'
import { createWalker, type Seed } from './forward-push.ts'

/** Keys a question, a text or a car brings to the walk. */
export type WalkKeys = Partial<Record<KeyKind, readonly string[]>>

/** How strongly a walk ends at each case it reaches, in an unbounded unit that grows with the logarithm of the share. */
export type KeyGraph = {
  /** Seeds of the keys that are in the graph, rarer ones heavier; keys that nearly every case has start no walk. */
  seedsOf(keys: WalkKeys): Seed[]
  seedOfCase(caseId: string, weight: number): Seed | null
  /** Visits the cases that were reached, by their place in the list the graph was made of. Only cases that may be seen are gone through and answered. */
  walk(seeds: readonly Seed[], visit: (place: number, strength: number) => void, isVisible?: (place: number) => boolean): void
}

/** Shares below this are as good as none: what a key of a hundred cases passes on to one of their further keys. */
const unitShare = 1e-4
/** Chance that a walk ends at each node. */
const alpha = 0.5
/** A key with more than this share of all cases says nothing about one of them. */
const hubShare = 0.05
/** In a small graph a handful of cases is more than that share already. */
const smallestHub = 10

const nodeName = (kind: KeyKind, id: string): string => `${kind}:${id}`

const keysOfCase = (one: IndexedCase): string[] => [
  ...one.components.map(id => nodeName('component', id)),
  ...one.symptoms.map(id => nodeName('symptom', id)),
  ...one.dtcs.map(id => nodeName('dtc', id)),
  ...one.parts.map(id => nodeName('part', id)),
  ...one.lots.map(id => nodeName('lot', id)),
  ...one.releases.map(id => nodeName('release', id)),
  ...one.causes.map(id => nodeName('cause', id)),
  ...one.failureModes.map(id => nodeName('failureMode', id)),
]

/** Cases and the keys they share, packed for walking. Cases come first, so that a node's number tells whether it is one. */
export function createKeyGraph(cases: readonly IndexedCase[], links: readonly KeyLink[]): KeyGraph {
  const caseNodes = new Map(cases.map(({ caseId }, node) => [caseId, node]))
  const keyNodes = new Map<string, number>()
  const nodeOf = (name: string): number => {
    const known = keyNodes.get(name)
    if (known !== undefined) return known
    const node = cases.length + keyNodes.size
    keyNodes.set(name, node)
    return node
  }
  const edges: Edge[] = cases.flatMap((one, node) => keysOfCase(one).map(name => [node, nodeOf(name)] as const))
  for (const { fromKind, fromId, toKind, toId } of links) edges.push([nodeOf(nodeName(fromKind, fromId)), nodeOf(nodeName(toKind, toId))])
  const adjacency = createAdjacency(cases.length + keyNodes.size, edges)
  const walker = createWalker(adjacency)
  const mostCases = Math.max(smallestHub, hubShare * cases.length)

  return {
    seedsOf(keys) {
      const nodes = new Set<number>()
      for (const [kind, ids] of Object.entries(keys) as [KeyKind, readonly string[]][]) {
        for (const id of ids) {
          const node = keyNodes.get(nodeName(kind, id))
          if (node !== undefined) nodes.add(node)
        }
      }
      return [...nodes].filter(node => degreeOf(adjacency, node) <= mostCases)
        .map(node => ({ node, weight: Math.log(1 + cases.length / Math.max(1, degreeOf(adjacency, node))) }))
    },
    seedOfCase(caseId, weight) {
      const node = caseNodes.get(caseId)
      return node === undefined ? null : { node, weight }
    },
    walk(seeds, visit, isVisible) {
      const isHidden = isVisible && ((node: number): boolean => node < cases.length && !isVisible(node))
      const total = seeds.reduce((sum, { node, weight }) => sum + (isHidden?.(node) ? 0 : weight), 0)
      // That a walk ends where it started says nothing: only what other ways bring counts.
      const started = new Map<number, number>()
      for (const { node, weight } of seeds) started.set(node, (started.get(node) ?? 0) + (alpha * weight) / total)
      walker.walk(seeds, { alpha, isHidden }, (node, share) => {
        if (node >= cases.length) return
        const brought = share - (started.get(node) ?? 0)
        if (brought > 0) visit(node, Math.log1p(brought / unitShare))
      })
    },
  }
}
