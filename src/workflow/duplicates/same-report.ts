import { distinctiveWeight, jaccard } from '../../domain/near-text.ts'
import type { DuplicateRules } from './duplicate-rules.ts'
import type { Judgement } from './ground.ts'
import { positionConflict } from './position-words.ts'
import type { PairChance } from './pair-chance.ts'
import { daysApart, type CompareMeaning, type ReadReport, type ShareClass } from './read-compared.ts'
import { identifierConflict, numbersContradict, sharedDetails } from './told-details.ts'

type Who = 'sameCar' | 'sameReporter' | 'sameModel'
export type JudgeSameReport = (earlier: ReadReport, later: ReadReport, who: Who) => Judgement | null
/** Whether two reports of one car, days apart at most, tell of one event, whoever tells it and through whatever channel. */
type IsOneEvent = (earlier: ReadReport, later: ReadReport) => boolean
/** Whether two reports tell of two problems, so that what else ties one of them does not tie the other. */
export type TellOfTwo = (a: ReadReport, b: ReadReport) => boolean

const isDistinctive = (report: ReadReport): boolean => report.near.weight >= distinctiveWeight

/**
 * Whether two reports are one, told twice. By the same or nearly the same words; or the same event of the same car told again through another
 * channel, in whatever words or language: same problem, a few days apart at most, and nothing in either that the other contradicts. Where no car is
 * named, words must be distinctive, and a retelling must agree in several details (numbers, codes) beside the problem.
 */
export const createJudgeSameReport = ({ rules, shareClass, chanceOf, meaningOf }: {
  rules: DuplicateRules
  shareClass: ShareClass
  chanceOf: PairChance
  meaningOf: CompareMeaning
}): { judge: JudgeSameReport; tellOfTwo: TellOfTwo; saysOneSymptomOfTwoParts: TellOfTwo } => {
  const { limits } = rules.pair
  /** Two parts that make the same noise, or leak alike, are two problems, however near the words. */
  const saysOneSymptomOfTwoParts: TellOfTwo = (a, b) =>
    shareClass(a.classes, b.classes) === null
    && a.classes.some(one => one.component !== null && one.symptom !== null && b.classes.some(other => other.component !== null && other.symptom === one.symptom))
  const tellOfTwo: TellOfTwo = (a, b) => positionConflict(a.positions, b.positions) !== null || chanceOf(a, b) < limits.apart
  const byWords: JudgeSameReport = (earlier, later, who) => {
    const days = daysApart(earlier, later)
    const distinctive = isDistinctive(earlier) && isDistinctive(later)
    if (who === 'sameModel' && (!distinctive || days > rules.days.withoutVehicle)) return null
    if (earlier.near.key === later.near.key)
      return days <= (distinctive ? rules.days.sameText : rules.days.sameShortText)
        ? { relation: 'duplicate-of', score: 1, method: 'text-hash', ground: { who, text: 'sameText', days } }
        : null
    if (!distinctive || days > rules.days.nearText) return null
    const share = jaccard(earlier.near.shingles, later.near.shingles)
    if (share < rules.jaccard || namesOtherParts(earlier, later) || identifierConflict(earlier.details, later.details, { nearText: true })) return null
    return { relation: 'duplicate-of', score: share, method: 'near-text', ground: { who, text: { nearText: share }, days } }
  }

  const byEvent: JudgeSameReport = (earlier, later, who) => {
    const isToldAgain = earlier.channel !== later.channel || earlier.language !== later.language
    if (!isToldAgain || !isOneEvent(earlier, later)) return null
    const shared = shareClass(earlier.classes, later.classes)
    const meaning = meaningOf(earlier, later)
    const details = sharedDetails(earlier.details, later.details)
    const agrees = details.length >= rules.detail.sharedNumbersWithoutVehicle && shared?.kind === 'class' && meaning !== null && meaning.share >= rules.detail.likenessWithoutVehicle
    if (who === 'sameModel' && !agrees) return null
    return {
      relation: 'duplicate-of', score: chanceOf(earlier, later), method: 'same-event',
      ground: {
        who, event: { channel: later.channel }, ...(shared && { shared }), ...(meaning && { cosine: meaning.cosine }), chance: chanceOf(earlier, later), ...(details.length > 0 && { details }),
        days: daysApart(earlier, later),
      },
    }
  }

  const isOneEvent: IsOneEvent = (earlier, later) => {
    if (daysApart(earlier, later) > rules.days.retelling || positionConflict(earlier.positions, later.positions)) return false
    if (identifierConflict(earlier.details, later.details) || numbersContradict(earlier.details, later.details, rules.detail.numberTolerance)) return false
    return !saysOneSymptomOfTwoParts(earlier, later) && chanceOf(earlier, later) >= limits.sameReport
  }

  const furthestApart = Math.max(rules.days.sameText, rules.days.sameShortText, rules.days.nearText, rules.days.retelling)
  // Days come first: most reports of a car are years apart, and reading their texts costs much more.
  const judge: JudgeSameReport = (earlier, later, who) => {
    if (daysApart(earlier, later) > furthestApart || positionConflict(earlier.positions, later.positions)) return null
    return byWords(earlier, later, who) ?? byEvent(earlier, later, who)
  }
  return { judge, tellOfTwo, saysOneSymptomOfTwoParts }
}

const componentsOf = ({ classes }: ReadReport): string[] => classes.flatMap(({ component }) => component ?? [])
/** Texts alike but for the part: the 12 V battery is not the traction battery. */
const namesOtherParts = (a: ReadReport, b: ReadReport): boolean => {
  const [ofA, ofB] = [componentsOf(a), componentsOf(b)]
  return ofA.length > 0 && ofB.length > 0 && !ofA.some(component => ofB.includes(component))
}
