import type { Triage } from '../../domain/triage.ts'
import { readingCopy } from '../../vocabulary/reading-copy.ts'
import type { BoundaryVerdict } from './quality-boundary.ts'
import { askTextJudge, type TextJudge } from './text-judge.ts'
import { fillTemplate, type SentimentRules, type TopicRules } from './triage-rules.ts'

/** The models of `vocabulary/triage/judge.json`. */
export type TriageJudge = { quality: TextJudge; /** The same with what the text labeller heard. */ qualityWithLabels: TextJudge; angry: TextJudge; satisfied: TextJudge }

/** A fault that stands there in words is another matter only where that is clearly likelier: "terrible service, and the brakes still squeal". */
const cutOfNamedFault = 0.3

type Asked = { text: string; features: Readonly<Record<string, number>>; language: 'en' | 'zh' }
type Sentiment = NonNullable<Triage['sentiment']>

/** What no sound of words outweighs. */
const settledByRule: readonly BoundaryVerdict['rule'][] = ['flag', 'dtc', 'hazard']

/**
 * The verdict of the rules, unless what the text sounds like as a whole says otherwise. A flag, a fault code, a hazard or a text of a safety level is
 * a quality issue whatever it sounds like.
 *
 * Where words name a fault the words alone are asked: the labeller, which learned from whole texts, hears a question or bad service and not the fault beside it.
 *
 * @param options.isGrave the text's severity is 9 or 10.
 * @param options.topic what it is about where it turns out to be no quality issue.
 */
export function judgeBoundaryByWords(
  { quality, qualityWithLabels }: Pick<TriageJudge, 'quality' | 'qualityWithLabels'>,
  rules: Pick<TopicRules, 'reasons'>,
  verdict: BoundaryVerdict,
  { text, features, language, isGrave, topic }: Asked & { isGrave: boolean; topic: BoundaryVerdict['topic'] },
): BoundaryVerdict {
  if (isGrave || settledByRule.includes(verdict.rule)) return verdict
  // A fault that a phrase gives to something else, or explains away, stays so.
  if (!verdict.qualityIssue && ((features['owned'] ?? 0) > 0 || (features['settled'] ?? 0) > 0)) return verdict
  const isNamed = verdict.rule === 'symptom' && (features['named'] ?? 0) > 0
  const judge = 'heard' in features && !isNamed ? qualityWithLabels : quality
  const { chance, for: speaking, against } = askTextJudge(judge, readingCopy(text).text, features)
  const qualityIssue = chance >= (isNamed ? Math.min(judge.cut, cutOfNamedFault) : judge.cut)
  if (qualityIssue === verdict.qualityIssue) return verdict
  // Of what says nothing at all nobody can tell that it is about something else.
  if (verdict.rule === 'in-doubt' && against.length === 0) return verdict
  const rule = qualityIssue ? 'sounds-like-fault' : 'sounds-like-other'
  const words = (qualityIssue ? speaking : against).join(language === 'zh' ? '、' : ', ')
  return { qualityIssue, rule, reason: fillTemplate(rules.reasons[rule][language], { words: words || '–' }), topic: qualityIssue ? null : topic }
}

/** The feeling a text sounds like; its score by words is kept within the label. A rating given outweighs the sound of words. */
export function judgeSentimentByWords(
  { angry, satisfied }: Pick<TriageJudge, 'angry' | 'satisfied'>,
  rules: Pick<SentimentRules, 'angryBelow' | 'satisfiedAbove'>,
  said: Sentiment,
  { text, features, rating }: Omit<Asked, 'language'> & { rating: number | null },
): Sentiment {
  if (rating !== null) return said
  const copy = readingCopy(text).text
  const isHeard = (judge: TextJudge): boolean => askTextJudge(judge, copy, features).chance >= judge.cut
  if (isHeard(angry)) return { label: 'angry', score: Math.min(said.score, rules.angryBelow) }
  if (isHeard(satisfied)) return { label: 'satisfied', score: Math.max(said.score, rules.satisfiedAbove) }
  const within = Math.max(rules.angryBelow + 0.01, Math.min(rules.satisfiedAbove - 0.01, said.score))
  return { label: 'neutral', score: Math.round(within * 100) / 100 }
}
