import { dtcEvidence } from '../../domain/dtc.ts'
import type { Finding, Span } from '../../domain/finding.ts'
import type { ReportFlags, StatusDtc } from '../../domain/issue.ts'
import type { Triage } from '../../domain/triage.ts'
import type { FoundPhrases, LinkedText } from '../../vocabulary/index.ts'
import { fillTemplate, laneNames } from './triage-rules.ts'
import type { TopicRules } from './triage-rules.ts'

export type BoundaryEvidence = {
  links: LinkedText
  dtcs: readonly StatusDtc[]
  flags: ReportFlags
  hazards: Triage['hazards']
  sentiment: Triage['sentiment']
  found: FoundPhrases
}

/** Whether a report is about something wrong with a car, which rule says so, and what it is about where it is not. */
export type BoundaryVerdict = { qualityIssue: boolean; rule: keyof TopicRules['reasons']; reason: string; topic: { key: string; label: string } | null }

const notQuality = 'not-a-quality-issue'
const overlaps = (a: Span, b: Span): boolean => a[0] < b[1] && b[0] < a[1]
const counts = ({ negated, past }: Finding): boolean => !negated && !past

/** Topics met, in the order of the file, each with where it was met. */
export const topicsMet = (rules: TopicRules, found: FoundPhrases): TopicRules['topics'] =>
  rules.topics.filter(
    ({ key }) =>
      found.of(`${laneNames.topic}.${key}`).length > 0 || [laneNames.owned, laneNames.settled].some(lane => found.of(lane).some(phrase => phrase.key === key)),
  )

/** Clauses whose fault is another's: that of a charging station, say. */
const ownedSpans = (found: FoundPhrases): Span[] => found.of(laneNames.owned).map(({ clauseSpan }) => clauseSpan)

/**
 * Draws the line between a quality issue and what is none, by the rules of `vocabulary/triage/topics.json`: a flag, a hazard, a fault code
 * or a fault that is told, neither denied nor settled, makes a quality issue whatever else is said (a complaint about service that also
 * tells a fault stays one); else a topic decides; in doubt it is a quality issue, so that nothing is lost.
 */
export const judgeBoundary = (rules: TopicRules, evidence: BoundaryEvidence, language: 'en' | 'zh'): BoundaryVerdict => {
  const verdict = (qualityIssue: boolean, rule: BoundaryVerdict['rule'], values: { key?: string; topic?: string } = {}): BoundaryVerdict => {
    const label = rules.topics.find(({ key }) => key === values.topic)?.label[language] ?? ''
    const topic = values.topic === undefined ? null : { key: values.topic, label }
    return { qualityIssue, rule, reason: fillTemplate(rules.reasons[rule][language], { key: values.key ?? '', label }), topic }
  }
  const { links, dtcs, flags, hazards, sentiment, found } = evidence
  if (flags.crash || flags.fire || flags.sos || (flags.injuries ?? 0) > 0) return verdict(true, 'flag')
  const code = links.dtcs[0]?.code ?? dtcs.find(({ status }) => dtcEvidence(status) !== 'none')?.code
  if (code !== undefined) return verdict(true, 'dtc', { key: code })
  const owned = ownedSpans(found)
  const told = links.findings.filter(finding => finding.symptom !== notQuality && !owned.some(span => overlaps(span, finding.span)))
  const settled = found.of(laneNames.settled)[0]
  if (settled && hazards.every(({ nearMiss }) => nearMiss)) return verdict(false, 'topic', { topic: settled.key })
  const topics = topicsMet(rules, found)
  // What a sentence merely sounds like does not outweigh a topic that is named.
  const isSaid = ({ method }: Finding): boolean => method !== 'tfidf' || topics.length === 0
  const symptom = told.find(finding => finding.symptom !== null && counts(finding) && !finding.hypothetical && isSaid(finding))
  if (symptom) return verdict(true, 'symptom', { key: symptom.symptom ?? '' })
  // Without a fault left, a hazard word belongs to the topic too.
  const hazard = owned.length > 0 ? undefined : hazards.find(({ nearMiss }) => !nearMiss)
  if (hazard) return verdict(true, 'hazard', { key: hazard.key })
  return judgeWithoutFault(verdict, evidence, { told, topics, owned, isSatisfied: sentiment?.label === 'satisfied' })
}

/** A component of which failure was told is likelier at fault than not; one that was merely mentioned is not. */
const likelier = 0.5

type Remaining = { told: Finding[]; topics: TopicRules['topics']; owned: Span[]; isSatisfied: boolean }

/** No fault is told outright: words of failure, feared ones, a topic, or nothing. */
const judgeWithoutFault = (
  verdict: (qualityIssue: boolean, rule: BoundaryVerdict['rule'], values?: { key?: string; topic?: string }) => BoundaryVerdict,
  { links, hazards }: BoundaryEvidence,
  { told, topics, owned, isSatisfied }: Remaining,
): BoundaryVerdict => {
  const isOther = links.findings.some(({ symptom }) => symptom === notQuality)
  const failing = told.some(finding => finding.symptom === null && counts(finding) && finding.confidence >= likelier)
  const unnamed = (links.unlinkedClauses).some(({ hasFaultWords, span }) => hasFaultWords && !owned.some(own => overlaps(own, span)))
  const [topic] = topics
  const isOutweighed = owned.length > 0 || (!failing && topics.some(({ outweighsFaultWords }) => outweighsFaultWords === true))
  if ((failing || unnamed) && !isOutweighed) return verdict(true, 'fault-words')
  if (topic !== undefined) return verdict(false, 'topic', { topic: topic.key })
  const feared = told.find(finding => finding.hypothetical && counts(finding))?.symptom ?? hazards[0]?.key
  if (feared !== undefined && feared !== null) return verdict(true, 'near-miss', { key: feared })
  if (isOther) return verdict(false, 'other-matter')
  if (told.some(({ symptom }) => symptom !== null)) return verdict(false, 'settled')
  return isSatisfied ? verdict(false, 'satisfied') : verdict(true, 'in-doubt')
}
