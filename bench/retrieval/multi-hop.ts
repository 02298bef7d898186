import type { CaseStore, CarKeys, KeyLink } from '../../src/graph/ports/case-store.ts'
import { fusionWeights } from '../../src/retrieval/fusion.ts'
import { firstHit, hitAt, mean, reciprocalRank } from '../../src/retrieval/metrics.ts'
import type { BenchProduct } from './lines.ts'
import { openSearch } from './search-line.ts'
import type { JudgedComplaint } from './public-pairs.ts'

const hops = ['lot', 'supplier', 'dtc'] as const
type Hop = (typeof hops)[number]
type Planted = { caseId: string; lot: string; supplier: string; dtc: string; component: string }

/** Each question gets one unrelated case that alone has a lot (of a supplier of its own) and a component that a code of its own points at. */
function plant(caseIds: readonly string[], count: number, random: () => number): Planted[] {
  const left = [...caseIds]
  return Array.from({ length: count }, (_, at) => ({
    caseId: left.splice(Math.floor(random() * left.length), 1)[0]!, lot: `PLANTED/${at}`, supplier: `S-${at}`, dtc: `U${3000 + at}`, component: `planted-${at}`,
  }))
}

/** What the car or its snapshot tells: the lot itself; a supplier, whose other lot the case affected; a code that points at the case's component. */
const askedOf = (planted: Planted, hop: Hop): { car: CarKeys; dtcs?: string[] } => ({
  car: { parts: [], releases: [], lots: hop === 'lot' ? [planted.lot] : [], suppliers: hop === 'supplier' ? [planted.supplier] : [] },
  ...(hop === 'dtc' && { dtcs: [planted.dtc] }),
})

function plantedStore(store: CaseStore, planted: readonly Planted[]): CaseStore {
  const byCase = new Map(planted.map(one => [one.caseId, one]))
  const links = planted.flatMap(({ lot, supplier, dtc, component }): KeyLink[] => [
    { fromKind: 'lot', fromId: lot, toKind: 'supplier', toId: supplier }, { fromKind: 'dtc', fromId: dtc, toKind: 'component', toId: component },
  ])
  return {
    ...store,
    cases: async ids => (await store.cases(ids)).map(record => {
      const one = byCase.get(record.caseId)
      return one ? { ...record, lots: [...record.lots, one.lot], components: [...record.components, one.component] } : record
    }),
    keyLinks: async () => [...(await store.keyLinks()), ...links],
  }
}

/**
 * Questions whose words are of another problem: only a lot, a supplier or a fault code leads to the case. Constructed; the weight of the walk is
 * set to nothing and to what ships.
 */
export async function measureMultiHop(product: BenchProduct, hard: readonly JudgedComplaint[], random: () => number) {
  const caseIds: string[] = []
  for await (const { caseId } of product.caseStore.versions()) caseIds.push(caseId)
  const relevant = new Set(hard.flatMap(query => [...query.relevant]))
  const planted = plant(caseIds.filter(id => !relevant.has(id)).sort(), hard.length, random)
  let car: CarKeys | null = null
  const search = openSearch(product, { caseStore: plantedStore(product.caseStore, planted), carOfVin: () => Promise.resolve(car) })
  const shipped = fusionWeights.graph
  const measure = async (hop: Hop, weight: number) => {
    Object.assign(fusionWeights, { graph: weight })
    const ranks: (number | null)[] = []
    for (const [at, query] of hard.entries()) {
      const asked = askedOf(planted[at]!, hop)
      car = asked.car
      const { items } = await search({ text: query.text, ...(asked.dtcs && { dtcs: asked.dtcs }), vehicle: { vin: 'any' }, limit: 200, diverse: false })
      ranks.push(firstHit(items.map(({ caseId }) => caseId), new Set([planted[at]!.caseId])))
    }
    Object.assign(fusionWeights, { graph: shipped })
    return { mrr: mean(ranks.map(reciprocalRank)), hit10: mean(ranks.map(rank => hitAt(rank, 10))) }
  }
  const result: Record<string, unknown> = { note: 'constructed: the words are of another problem' }
  for (const hop of hops) result[hop] = { withoutWalk: await measure(hop, 0), withWalk: await measure(hop, shipped) }
  return result
}
