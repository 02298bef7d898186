import type { Triage } from '../../domain/triage.ts'
import { poissonUpperTail } from '../../analysis/exact-intervals.ts'
import type { FoundPhrases } from '../../vocabulary/index.ts'
import { fillTemplate, laneNames } from './triage-rules.ts'
import type { EscalationRules } from './triage-rules.ts'

type Escalation = NonNullable<Triage['escalation']>
type Risk = Escalation['risk']

/** Earlier contacts of the car within the window of the rules, without the one at hand. */
export type CarContacts = {
  contacts: number
  unanswered: number
  /** Repair orders closed within the window that were about the same component or symptom. */
  repairs: readonly string[]
}

/** Other cars of the same model that report the same class. */
export type ClassActivity = {
  /** Cars within the window that ends with the report. */
  recentCars: number
  /** Cars within the days before the window, over which the expectation is taken. */
  earlierCars: number
  /** Days before the window in which reports were taken in at all, at most `baselineDays`. */
  observedDays: number
}

export type EscalationEvidence = {
  text: string
  found: FoundPhrases
  hazards: Triage['hazards']
  sentiment: Triage['sentiment']
  qualityIssue: boolean
  car: CarContacts | null
  activity: ClassActivity | null
}

type Ground = { risk: Risk; reason: string }
type Language = 'en' | 'zh'

const rank: Record<Risk, number> = { low: 0, medium: 1, high: 2 }
const ordinals = ['first', 'second', 'third', 'fourth', 'fifth', 'sixth', 'seventh', 'eighth', 'ninth', 'tenth']
const ordinal = (count: number): string => ordinals[count - 1] ?? `${count}th`

/** Counts the contact at hand with those before it. */
const contactGrounds = ({ contacts: rule, reasons }: EscalationRules, { contacts, unanswered }: CarContacts, language: Language): Ground[] => {
  const count = contacts + 1
  const open = unanswered + 1
  const values = { ordinal: ordinal(count), count, open, days: rule.days }
  const ground = (risk: Risk, reason: keyof EscalationRules['reasons']): Ground[] => [{ risk, reason: fillTemplate(reasons[reason][language], values) }]
  const reason = open === count ? 'unanswered' : 'someUnanswered'
  if (open >= rule.unanswered.high) return ground('high', reason)
  if (open >= rule.unanswered.medium) return ground('medium', reason)
  return count >= rule.all.medium ? ground('medium', 'contacts') : []
}

const repairGrounds = ({ repeatRepair, reasons }: EscalationRules, { repairs }: CarContacts, language: Language): Ground[] => {
  if (repairs.length < repeatRepair.medium) return []
  const reason = fillTemplate(reasons.repeatRepair[language], { orders: repairs.join(', ') })
  return [{ risk: repairs.length >= repeatRepair.high ? 'high' : 'medium', reason }]
}

/**
 * Whether other cars report the same more often than before: at least so many cars, and a Poisson probability of that many or more that is
 * below the limit. Where nothing was taken in before the window there is no expectation, and the number of cars alone decides.
 */
export const isCollectiveForming = (rule: EscalationRules['collective'], activity: ClassActivity): { forming: boolean; expected: number } => {
  // Half a car more than was seen: of a class that was silent before, a few cars are news but not a proof.
  const expected = activity.observedDays < rule.days ? 0.5 : ((activity.earlierCars + 0.5) * rule.days) / activity.observedDays
  const isExcess = poissonUpperTail(activity.recentCars, expected) <= rule.pValue
  return { forming: activity.recentCars >= rule.fewestCars && isExcess, expected }
}

const collectiveGrounds = ({ collective, reasons }: EscalationRules, activity: ClassActivity, language: Language): Ground[] => {
  const { forming, expected } = isCollectiveForming(collective, activity)
  if (!forming) return []
  const values = { cars: activity.recentCars, days: collective.days, expected: expected.toFixed(1) }
  return [{ risk: activity.recentCars >= collective.highCars ? 'high' : 'medium', reason: fillTemplate(reasons.collective[language], values) }]
}

const toldGrounds = ({ told }: EscalationRules, { found, text }: EscalationEvidence, language: Language): Ground[] =>
  told.flatMap(({ key, risk, reason }) => {
    const [first] = found.of(laneNames.told(key))
    return first ? [{ risk, reason: fillTemplate(reason[language], { quote: text.slice(...first.span) }) }] : []
  })

const hazardGrounds = ({ safety, nearMiss }: EscalationRules, { hazards }: EscalationEvidence, language: Language): Ground[] =>
  hazards.map(hazard => {
    const rule = hazard.nearMiss ? nearMiss : safety
    return { risk: rule.risk, reason: fillTemplate(rule.reason[language], { key: hazard.key }) }
  })

/**
 * How much a report needs somebody above, and why: contacts of the car that nobody answered, threats, a repair that did not hold, a safety
 * hazard, other cars that begin to tell the same. The gravest ground decides; all are named, gravest first.
 */
export const judgeEscalation = (rules: EscalationRules, evidence: EscalationEvidence, language: Language): Escalation => {
  const { car, activity, qualityIssue, sentiment } = evidence
  const grounds = [
    ...(qualityIssue ? hazardGrounds(rules, evidence, language) : []),
    ...(car ? [...contactGrounds(rules, car, language), ...repairGrounds(rules, car, language)] : []),
    ...(activity && qualityIssue ? collectiveGrounds(rules, activity, language) : []),
    ...toldGrounds(rules, evidence, language),
    ...(sentiment?.label === 'angry' ? [{ risk: rules.angry.risk, reason: rules.angry.reason[language] }] : []),
  ].toSorted((a, b) => rank[b.risk] - rank[a.risk])
  return { risk: grounds[0]?.risk ?? 'low', reasons: [...new Set(grounds.map(({ reason }) => reason))] }
}
