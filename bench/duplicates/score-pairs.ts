import type { Random } from '../../src/analysis/random.ts'
import type { SimulatedReport } from './simulated-reports.ts'

/** Counts of pairs: found and right, found and wrong, missed. */
export type PairCount = { right: number; wrong: number; missed: number }
const none: PairCount = { right: 0, wrong: 0, missed: 0 }
const add = (a: PairCount, b: PairCount): PairCount => ({ right: a.right + b.right, wrong: a.wrong + b.wrong, missed: a.missed + b.missed })

/** Reports that a set of pairs ties together, directly or through others. */
export function groupsOf(ids: readonly string[], pairs: readonly (readonly [string, string])[]): Map<string, string> {
  const parent = new Map(ids.map(id => [id, id]))
  const rootOf = (id: string): string => {
    let root = id
    while (parent.get(root) !== root) root = parent.get(root)!
    parent.set(id, root)
    return root
  }
  for (const [a, b] of pairs) parent.set(rootOf(a), rootOf(b))
  return new Map(ids.map(id => [id, rootOf(id)]))
}

export type Relation = (a: SimulatedReport, b: SimulatedReport) => boolean

export type ReportPair = readonly [SimulatedReport, SimulatedReport]

/** Pairs that are one issue or were found to be, earlier report first: all that any count looks at. */
export const pairsThatMatter = (reports: readonly SimulatedReport[], isTrue: Relation, isFound: Relation): ReportPair[] => {
  const sorted = reports.toSorted((a, b) => a.day - b.day)
  return sorted.flatMap((a, at) => sorted.slice(at + 1).filter(b => isTrue(a, b) || isFound(a, b)).map(b => [a, b] as const))
}

/** Pairs counted for the family of their first report. @param isTrue truth of a pair, @param isFound answer, @param of which pairs are looked at. */
export function countPairs(pairs: readonly ReportPair[], { isTrue, isFound, of }: { isTrue: Relation; isFound: Relation; of?: Relation }): Map<string, PairCount> {
  const counts = new Map<string, PairCount>()
  for (const [a, b] of pairs) {
    const [truth, found] = [isTrue(a, b), isFound(a, b)]
    if ((!truth && !found) || (of && !of(a, b))) continue
    const count = { right: truth && found ? 1 : 0, wrong: found && !truth ? 1 : 0, missed: truth && !found ? 1 : 0 }
    counts.set(a.family, add(counts.get(a.family) ?? none, count))
  }
  return counts
}

const ratesOf = ({ right, wrong, missed }: PairCount) => ({ precision: right + wrong === 0 ? 1 : right / (right + wrong), recall: right + missed === 0 ? 1 : right / (right + missed) })
const rounded = (value: number): number => Math.round(value * 1000) / 1000

/** Precision and recall with 95 % intervals: families are drawn again 2,000 times. */
export function score(counts: ReadonlyMap<string, PairCount>, random: Random) {
  const families = [...counts.values()]
  const total = families.reduce(add, none)
  const drawn = Array.from({ length: 2_000 }, () => ratesOf(families.map(() => families[Math.floor(random() * families.length)]!).reduce(add, none)))
  const interval = (side: 'precision' | 'recall'): [number, number] => {
    const values = drawn.map(rates => rates[side]).sort((a, b) => a - b)
    return [rounded(values[50] ?? 0), rounded(values[1_949] ?? 0)]
  }
  const { precision, recall } = ratesOf(total)
  return { ...total, precision: rounded(precision), precisionInterval: interval('precision'), recall: rounded(recall), recallInterval: interval('recall') }
}
