import { primaryFinding } from '../../domain/issue.ts'
import type { StatusDtc } from '../../domain/issue.ts'
import type { Triage } from '../../domain/triage.ts'
import type { Assess, Assessment, FoundPhrases, LinkedText, Linker, TextVector, Vocabulary } from '../../vocabulary/index.ts'
import { mergeDtcs, withEvidence } from '../named-dtcs.ts'
import { correctComponent, pointersOfCodes } from './correct-component.ts'
import { routeToDepartment } from './department.ts'
import { judgeBoundaryByWords, judgeSentimentByWords } from './judge-by-words.ts'
import { judgedFeatures } from './judged-features.ts'
import { judgeBoundary, topicsMet } from './quality-boundary.ts'
import type { BoundaryVerdict } from './quality-boundary.ts'
import { judgeSentiment } from './sentiment.ts'
import { fillTemplate, type TriageRules } from './triage-rules.ts'
import type { TriageSubject } from './triage-subject.ts'

/** What one report says by itself: pure, before anything is read from the graph. */
export type ReadReport = {
  subject: TriageSubject
  links: LinkedText
  /** Codes the car recorded and codes the text quotes, each once. */
  dtcs: StatusDtc[]
  assessment: Assessment
  boundary: BoundaryVerdict
  sentiment: NonNullable<Triage['sentiment']>
  department: NonNullable<Triage['department']>
  /** The class the report is filed under; null where it is no quality issue. */
  filedUnder: { component: string | null; symptom: string | null } | null
  found: FoundPhrases
  /** What the models of triage weigh beside the words of the text. */
  judged: Record<string, number>
  /** In which its reasons are told. */
  language: 'en' | 'zh'
}

export type ReportReaders = { linker: Linker; assess: Assess; rules: TriageRules; vocabulary: Vocabulary }

/** Reasons are told in the language of the report; a mixed text is written by a speaker of Chinese. */
const languageOfReasons = (language: LinkedText['language']): 'en' | 'zh' => (language === 'zh' || language === 'mixed' ? 'zh' : 'en')

/**
 * Reads one report by words and rules, and by what a model heard in it.
 *
 * @param vector of the text with its labels; null for the words alone.
 */
export const readReport = ({ linker, assess, rules, vocabulary }: ReportReaders, subject: TriageSubject, vector: TextVector | null = null): ReadReport => {
  const said = linker.link(subject.text, { language: subject.language, vector })
  const language = languageOfReasons(said.language)
  const dtcs = mergeDtcs(subject.recordedDtcs, said.dtcs)
  const links = corrected(said, dtcs, { vocabulary, rules }, language)
  const byWords = vector && corrected(linker.link(subject.text, { language: subject.language }), dtcs, { vocabulary, rules }, language)
  const found = rules.findPhrases(subject.text)
  const assessed = assess({ links, byWords, dtcs, flags: subject.flags })
  const felt = judgeSentiment(rules.sentiment, {
    text: subject.text, found, tellsFault: primaryFinding(links.findings)?.symptom != null && assessed.qualityIssue, rating: subject.rating,
  })
  const drawn = judgeBoundary(rules.topics, { links, dtcs, flags: subject.flags, hazards: assessed.hazards, sentiment: felt, found }, language)
  const judged = judgedFeatures(rules.topics, { links, hazards: assessed.hazards, found, sentimentScore: felt.score, rulesSayIssue: drawn.qualityIssue })
  const { boundary, sentiment } = heard({ rules, drawn, felt, judged, found, language, isGrave: assessed.severity.level >= safetyLevel }, subject)
  const assessment = withinBoundary(assessed, boundary, vocabulary, language)
  const primary = boundary.qualityIssue ? primaryFinding(links.findings) : null
  const report = {
    qualityIssue: boundary.qualityIssue,
    topic: boundary.topic,
    findings: links.findings,
    components: links.components.toSorted((a, b) => b.confidence - a.confidence),
    codes: withEvidence(dtcs).map(({ code }) => code),
    hazards: assessment.hazards,
  }
  return {
    subject, links, dtcs, assessment, boundary, sentiment, found, judged, language,
    department: routeToDepartment(rules.departments, vocabulary, report, language),
    filedUnder: primary && { component: primary.component, symptom: primary.symptom },
  }
}

/** Links with the component a fault code points to first, where the owner named another; what the owner said stays behind it. */
const corrected = (links: LinkedText, dtcs: readonly StatusDtc[], { vocabulary, rules }: Pick<ReportReaders, 'vocabulary' | 'rules'>, language: 'en' | 'zh'): LinkedText => {
  const correction = correctComponent(vocabulary, links.findings, pointersOfCodes(vocabulary, dtcs))
  if (!correction || correction.finding.component === null) return links
  const { finding, said, by } = correction
  const key = correction.finding.component
  const reason = fillTemplate(rules.departments.corrected.dtc[language], { by, component: vocabulary.labelOf(key, language), said: vocabulary.labelOf(said, language) })
  const { confidence, span } = finding
  const component = { key, label: vocabulary.labelOf(key), confidence, span, method: 'dtc' as const, reason }
  return { ...links, findings: [finding, ...links.findings], components: [component, ...links.components.filter(link => link.key !== key)] }
}

/** From here on a text is one of safety. */
const safetyLevel = 9

type Drawn = { rules: TriageRules; drawn: BoundaryVerdict; felt: ReadReport['sentiment']; judged: ReadReport['judged']; found: FoundPhrases; language: 'en' | 'zh'; isGrave: boolean }

/** Boundary and feeling by rule, or as the text sounds as a whole where models were fitted. */
const heard = ({ rules, drawn, felt, judged, found, language, isGrave }: Drawn, { text, rating }: TriageSubject): Pick<ReadReport, 'boundary' | 'sentiment'> => {
  if (rules.judge === null) return { boundary: drawn, sentiment: felt }
  const [met] = topicsMet(rules.topics, found)
  const topic = met ? { key: met.key, label: met.label[language] } : null
  return {
    boundary: judgeBoundaryByWords(rules.judge, rules.topics, drawn, { text, features: judged, language, isGrave, topic }),
    sentiment: judgeSentimentByWords(rules.judge, rules.sentiment, felt, { text, features: judged, rating }),
  }
}

/** Severity and hazards follow where the boundary is drawn; what is no quality issue has none but near misses. */
const withinBoundary = (assessed: Assessment, { qualityIssue }: BoundaryVerdict, vocabulary: Vocabulary, language: 'en' | 'zh'): Assessment => {
  if (assessed.qualityIssue === qualityIssue) return assessed
  const { notQuality, unlinked, reasons } = vocabulary.files.severity
  const said = qualityIssue ? reasons.unlinked : reasons.notQuality
  return {
    qualityIssue,
    severity: { level: qualityIssue ? unlinked : notQuality, reasons: [said[language]] },
    hazards: qualityIssue ? assessed.hazards : assessed.hazards.filter(({ nearMiss }) => nearMiss),
  }
}

