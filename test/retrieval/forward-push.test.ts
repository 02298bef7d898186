import { describe, expect, it } from 'vitest'
import { createAdjacency, degreeOf } from '../../src/retrieval/adjacency.ts'
import { createWalker, type Seed, type Walker, type WalkOptions } from '../../src/retrieval/forward-push.ts'

// The worked graph of the design note: four cases, a lot, a component, a fault code, a symptom.
const [lot, cmp, dtc, sym, c1, c2, c3, c4] = [0, 1, 2, 3, 4, 5, 6, 7] as const
const worked = createAdjacency(8, [[lot, c1], [lot, c2], [cmp, c1], [cmp, c3], [cmp, c4], [dtc, c2], [dtc, c4], [sym, c1], [sym, c3]])
const reach = (walker: Walker, from: readonly Seed[], options: WalkOptions = {}): Map<number, number> => {
  const shares = new Map<number, number>()
  walker.walk(from, options, (node, share) => void shares.set(node, share))
  return shares
}
const seeds = [{ node: lot, weight: 0.6 }, { node: sym, weight: 0.4 }]

describe('createAdjacency', () => {
  it('packs rows in order, without loops and repetitions', () => {
    const { offsets, neighbours } = createAdjacency(3, [[2, 0], [0, 2], [1, 1], [0, 1]])
    expect([...offsets]).toEqual([0, 2, 3, 4])
    expect([...neighbours]).toEqual([1, 2, 0, 0])
    expect(degreeOf(worked, c1)).toBe(3)
  })
})

describe('forward push', () => {
  it('gives the shares worked by hand', () => {
    const reached = reach(createWalker(worked), seeds)
    const expected = [[c1, 0.156], [c2, 0.0942], [c3, 0.0686], [c4, 0.0146], [lot, 0.3495], [sym, 0.2431], [cmp, 0.0468], [dtc, 0.0272]] as const
    for (const [node, share] of expected) expect(reached.get(node)).toBeCloseTo(share, 4)
    expect([...reached.values()].reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 3)
  })

  it('does not depend on the unit of the weights, nor on what it walked before', () => {
    const walker = createWalker(worked)
    const first = reach(walker, seeds)
    reach(walker, [{ node: dtc, weight: 1 }])
    expect(reach(walker, seeds.map(({ node, weight }) => ({ node, weight: weight * 7 })))).toEqual(first)
  })

  it('walks as if what is hidden were not there', () => {
    // Without c1 the walk from the lot and the symptom is that of the smaller graph.
    const smaller = createAdjacency(8, [[lot, c2], [cmp, c3], [cmp, c4], [dtc, c2], [dtc, c4], [sym, c3]])
    const hidden = reach(createWalker(worked), seeds, { isHidden: node => node === c1 })
    expect(hidden.has(c1)).toBe(false)
    expect(hidden).toEqual(reach(createWalker(smaller), seeds))
    expect(reach(createWalker(worked), [{ node: c1, weight: 1 }], { isHidden: node => node === c1 }).size).toBe(0)
  })

  it('ends at a node that leads nowhere', () => {
    expect([...reach(createWalker(createAdjacency(2, [])), [{ node: 1, weight: 2 }])]).toEqual([[1, 0.5]])
  })
})
