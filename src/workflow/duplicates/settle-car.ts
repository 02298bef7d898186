import type { DuplicateRules } from './duplicate-rules.ts'
import type { Ground, Judgement } from './ground.ts'
import { positionConflict } from './position-words.ts'
import { byEvent, daysApart, type CompareMeaning, type ReadReport, type SaidClass, type ShareClass } from './read-compared.ts'
import type { PairChance } from './pair-chance.ts'
import type { JudgeSameReport, TellOfTwo } from './same-report.ts'

/** What is settled between two reports of one car: `later` belongs to `earlier`, or is kept apart from it. */
export type Settled = { later: ReadReport; earlier: ReadReport } & (Judgement | { relation: 'distinct'; score: 1; method: 'position'; ground: Ground })

/** Whether a person took the relation of two reports back. */
export type IsParted = (a: string, b: string) => boolean

type Group = { root: ReadReport; members: ReadReport[] }
/** Reports of one problem; days count from the first. */
type Chain = { first: ReadReport; classes: readonly SaidClass[]; members: ReadReport[] }

export type SettleCar = (reports: readonly ReadReport[], isParted: IsParted) => Settled[]

/**
 * How the reports of one car belong together: a pure function of all of them and of what people took back, so that the order of arrival does not
 * matter. Reports told twice hang on the first of their group. The others join a chain of their class or component that began at most thirty days
 * before, or begin one: of reports on day 0, 20 and 40 the third is new. A report that was parted from any of a group or chain joins neither.
 */
export const createSettleCar = ({ rules, shareClass, judge, tellOfTwo, saysOneSymptomOfTwoParts, chanceOf, meaningOf }: {
  rules: DuplicateRules
  shareClass: ShareClass
  judge: JudgeSameReport
  tellOfTwo: TellOfTwo
  saysOneSymptomOfTwoParts: TellOfTwo
  chanceOf: PairChance
  meaningOf: CompareMeaning
}): SettleCar => {
  const sameIssue = (chain: Chain, report: ReadReport): Judgement | null => {
    const days = daysApart(chain.first, report)
    if (days > rules.days.sameIssue || chain.members.some(member => positionConflict(member.positions, report.positions))) return null
    if (chain.members.every(member => saysOneSymptomOfTwoParts(member, report))) return null
    // One that is told of vaguely ties nothing: all that is known of the chain is asked.
    const chance = chain.members.reduce((sum, member) => sum + chanceOf(member, report), 0) / chain.members.length
    if (chance < rules.pair.limits.sameIssue) return null
    const shared = shareClass(chain.classes, report.classes)
    const meaning = meaningOf(chain.first, report)
    return {
      relation: 'same-issue', score: chance, method: shared === null ? 'same-event' : shared.kind === 'class' ? 'same-class' : 'same-component',
      ground: { who: 'sameCar', ...(shared && { shared }), ...(shared === null && meaning && { cosine: meaning.cosine }), chance, days },
    }
  }

  return (reports, isParted) => {
    const sorted = reports.toSorted(byEvent)
    const isFree = (report: ReadReport, members: readonly ReadReport[]): boolean => !members.some(member => isParted(member.id, report.id))
    const [groups, chains, settled]: [Group[], Chain[], Settled[]] = [[], [], []]
    for (const report of sorted) {
      // One report between two problems must not make them one.
      const mayBeTwin = (group: Group): boolean => isFree(report, group.members) && !group.members.some(member => tellOfTwo(member, report))
      const twin = bestOf(groups, group => {
        const like = bestOf(group.members, member => judge(member, report, 'sameCar'))
        return like && mayBeTwin(group) ? like.judgement : null
      })
      if (twin) {
        twin.of.members.push(report)
        settled.push({ later: report, earlier: twin.of.root, ...twin.judgement, ground: { ...twin.judgement.ground, days: daysApart(twin.of.root, report) } })
        for (const chain of chains) if (chain.members.includes(twin.of.root)) chain.members.push(report)
        continue
      }
      groups.push({ root: report, members: [report] })
      const joined = bestOf(chains.filter(chain => isFree(report, chain.members)), chain => sameIssue(chain, report))
      if (joined) {
        joined.of.members.push(report)
        settled.push({ later: report, earlier: joined.of.first, ...joined.judgement })
      }
      const open = joined ? report.classes.filter(said => shareClass(joined.of.classes, [said]) === null) : report.classes
      if (!joined || open.length > 0) chains.push({ first: report, classes: open, members: [report] })
    }
    return [...settled, ...partedByPosition(sorted, settled, rules.days.sameIssue, shareClass)]
  }
}

const bestOf = <T>(among: readonly T[], judge: (one: T) => Judgement | null): { of: T; judgement: Judgement } | null => {
  let best: { of: T; judgement: Judgement } | null = null
  for (const one of among) {
    const judgement = judge(one)
    if (judgement && (best === null || judgement.score > best.judgement.score)) best = { of: one, judgement }
  }
  return best
}

/** One class of one car within thirty days, but left and right, or front and rear: two problems, and counts must know it. */
const partedByPosition = (sorted: readonly ReadReport[], settled: readonly Settled[], days: number, shareClass: ShareClass): Settled[] => {
  const tied = new Set(settled.map(({ later, earlier }) => `${later.id}\0${earlier.id}`))
  return sorted.flatMap((later, index) =>
    sorted.slice(0, index).flatMap((earlier): Settled[] => {
      if (daysApart(earlier, later) > days || tied.has(`${later.id}\0${earlier.id}`) || shareClass(earlier.classes, later.classes) === null) return []
      const positions = positionConflict(earlier.positions, later.positions)
      return positions === null ? [] : [{ later, earlier, relation: 'distinct', score: 1, method: 'position', ground: { positions } }]
    }),
  )
}
