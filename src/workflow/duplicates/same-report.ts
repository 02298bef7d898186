import { distinctiveWeight, jaccard } from '../../domain/near-text.ts'
import type { DuplicateRules } from './duplicate-rules.ts'
import type { Judgement } from './ground.ts'
import { positionConflict } from './position-words.ts'
import { cosineOf, daysApart, type ReadReport, type ShareClass } from './read-compared.ts'
import { identifierConflict, numbersContradict, sharedDetails } from './told-details.ts'

type Who = 'sameCar' | 'sameReporter' | 'sameModel'
export type JudgeSameReport = (earlier: ReadReport, later: ReadReport, who: Who) => Judgement | null

const isDistinctive = (report: ReadReport): boolean => report.near.weight >= distinctiveWeight

/**
 * Whether two reports are one, told twice. By the same or nearly the same words; or the same event of the same car told again through another
 * channel, in whatever words or language: same problem, a few days apart at most, and nothing in either that the other contradicts. Where no car is
 * named, words must be distinctive, and a retelling must agree in several details (numbers, codes) beside the problem.
 */
export const createJudgeSameReport = ({ rules, shareClass }: { rules: DuplicateRules; shareClass: ShareClass }): JudgeSameReport => {
  const byWords: JudgeSameReport = (earlier, later, who) => {
    const days = daysApart(earlier, later)
    const distinctive = isDistinctive(earlier) && isDistinctive(later)
    if (who === 'sameModel' && (!distinctive || days > rules.days.withoutVehicle)) return null
    if (earlier.near.key === later.near.key)
      return days <= (distinctive ? rules.days.sameText : rules.days.sameShortText)
        ? { relation: 'duplicate-of', score: 1, method: 'text-hash', ground: { who, text: 'sameText', days } }
        : null
    if (!distinctive || days > rules.days.sameText) return null
    const share = jaccard(earlier.near.shingles, later.near.shingles)
    if (share < rules.jaccard || identifierConflict(earlier.details, later.details, { nearText: true })) return null
    return { relation: 'duplicate-of', score: share, method: 'near-text', ground: { who, text: { nearText: share }, days } }
  }

  const byEvent: JudgeSameReport = (earlier, later, who) => {
    const days = daysApart(earlier, later)
    if (days > rules.days.retelling || earlier.channel === later.channel) return null
    if (identifierConflict(earlier.details, later.details) || numbersContradict(earlier.details, later.details, rules.detail.numberTolerance)) return null
    const shared = shareClass(earlier.classes, later.classes)
    const cosine = cosineOf(earlier, later)
    const details = sharedDetails(earlier.details, later.details)
    const isOne = who === 'sameModel'
      ? shared?.kind === 'class' && details.length >= rules.detail.sharedNumbersWithoutVehicle && cosine !== null && cosine >= rules.retelling.cosineWithComponent
      : isRetelling(shared?.kind ?? null, cosine, details.length, earlier.classes.length === 0 || later.classes.length === 0)
    if (!isOne) return null
    return {
      relation: 'duplicate-of', score: cosine ?? 0.8, method: 'same-event',
      ground: { who, event: { channel: later.channel }, ...(shared && { shared }), ...(cosine !== null && { cosine }), ...(details.length > 0 && { details }), days },
    }
  }

  const isRetelling = (shared: 'class' | 'component' | null, cosine: number | null, details: number, isOneUnread: boolean): boolean => {
    if (shared === 'class') return true
    const likeness = cosine ?? 0
    if (shared === 'component') return likeness >= rules.retelling.cosineWithComponent || details > 0
    return isOneUnread && likeness >= rules.retelling.cosineAlone
  }

  return (earlier, later, who) => {
    if (positionConflict(earlier.positions, later.positions)) return null
    return byWords(earlier, later, who) ?? byEvent(earlier, later, who)
  }
}
