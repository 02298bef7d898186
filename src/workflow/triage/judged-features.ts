import { logit } from '../../vocabulary/symptom-features.ts'
import type { LinkedText } from '../../vocabulary/index.ts'
import type { FoundPhrases } from '../../vocabulary/index.ts'
import type { Triage } from '../../domain/triage.ts'
import { laneNames, type TopicRules } from './triage-rules.ts'

export type JudgedReport = { links: LinkedText; hazards: Triage['hazards']; found: FoundPhrases; sentimentScore: number; rulesSayIssue: boolean }

const notQuality = 'not-a-quality-issue'

/**
 * What the rules found in a text, as numbers in [−1, 1] that a logistic model weighs beside its words: whether and how surely a fault is told, how
 * it is told, which topics are met, what the rules alone would say, and what the text labeller heard where it was asked.
 */
export function judgedFeatures(rules: Pick<TopicRules, 'topics'>, { links, hazards, found, sentimentScore, rulesSayIssue }: JudgedReport): Record<string, number> {
  const symptoms = links.findings.filter(({ symptom }) => symptom !== null && symptom !== notQuality)
  const actual = symptoms.filter(({ negated, past, hypothetical }) => !negated && !past && !hypothetical)
  const surest = (of: typeof actual): number => Math.max(0, ...of.map(({ confidence }) => confidence))
  const has = (is: boolean): number => Number(is)
  const features: Record<string, number> = {
    bias: 1,
    rulesSayIssue: has(rulesSayIssue),
    named: surest(actual.filter(({ method }) => method !== 'tfidf')),
    soundsLike: surest(actual.filter(({ method }) => method === 'tfidf')),
    several: has(actual.length > 1),
    negated: has(symptoms.some(finding => finding.negated)),
    past: has(symptoms.some(finding => finding.past)),
    feared: has(symptoms.some(finding => finding.hypothetical)),
    saysOther: has(links.findings.some(({ symptom }) => symptom === notQuality)),
    hazard: has(hazards.some(({ nearMiss }) => !nearMiss)),
    code: has(links.dtcs.length > 0),
    component: has(links.components.some(({ method }) => method === 'alias' || method === 'dtc')),
    faultWords: has(links.speaksOfFault),
    unnamedFault: has(links.unlinkedClauses.some(({ hasFaultWords }) => hasFaultWords)),
    owned: has(found.of(laneNames.owned).length > 0),
    settled: has(found.of(laneNames.settled).length > 0),
    feeling: sentimentScore,
    asks: has(/[?？]\s*$/.test(found.text)),
  }
  for (const { key } of rules.topics) features[`topic.${key}`] = has(found.of(`${laneNames.topic}.${key}`).length > 0)
  for (const cue of ['praise', 'question', 'inspection', 'inMotion', 'crash', 'injury', 'fire']) features[`told.${cue}`] = has(links.told.some(({ key, negated }) => key === cue && !negated))
  if (links.soundsLikeIssue !== null) features['heard'] = logit(links.soundsLikeIssue) / 6
  return features
}
