import type { AnalysisCandidate, AnalysisEvidence, AnalysisFactor, RootCauseAnalysis } from '../../domain/root-cause-analysis.ts'
import { draft, valuesOf, type EvidenceDraft } from './evidence-draft.ts'
import { spell, spelled, spellShare } from './spelled-numbers.ts'
import type { Sentences } from './suggestion-wording.ts'

/** How factors and components are said, in both languages: a sentence may use either. */
export type Naming = { factor: (factor: AnalysisFactor) => { en: string; zh: string }; component: (key: string, language: 'en' | 'zh') => string }

/** Evidence kinds of an analysis that are told again here, each with the units of its values. */
const toldKinds: Record<string, Record<string, string>> = {
  atRisk: { vehicles: 'cars', affected: 'claims' },
  contrastAgainst: { vehicles: 'cars', observed: 'claims', expected: 'claims' },
  contrastFor: { vehicles: 'cars', observed: 'claims', expected: 'claims' },
  weighted: { observed: 'claims', expected: 'claims', evidenceNats: 'nats' },
  confounded: { crude: 'ratio', stratified: 'ratio' },
  'software-confirmed': { ratio: 'ratio', low: 'ratio', high: 'ratio', onset: 'share' },
  'software-not-confirmed': { ratio: 'ratio', low: 'ratio', high: 'ratio', onset: 'share' },
  explainedAway: {},
  noTrouble: { found: 'repairs', orders: 'repairs' },
}

export const statementOf = (candidate: AnalysisCandidate, { language }: Sentences): string => (language === 'zh' ? candidate.statementZh : candidate.statement)

/** All names by which a candidate may be called. */
export const namesOf = (candidate: Pick<AnalysisCandidate, 'statement' | 'statementZh' | 'factors'>, naming: Naming): string[] => [
  candidate.statement, candidate.statementZh, ...candidate.factors.flatMap(factor => namesOfFactor(factor, naming)),
]

export const namesOfFactor = (factor: AnalysisFactor, naming: Naming): string[] => {
  const { en, zh } = naming.factor(factor)
  const { level, component } = factor
  const own = component !== null && level.startsWith(`${component}/`) ? level.slice(component.length + 1) : level
  return [level, own, ...own.split(/[/@]/), en, zh, ...(component === null ? [] : [component, naming.component(component, 'en'), naming.component(component, 'zh')])]
}

/** What was counted, and what the statistics make of it. */
export const classEvidence = (analysis: RootCauseAnalysis, label: string, names: readonly string[], { say }: Sentences): EvidenceDraft[] => {
  const { affected, population, powerShare, analysisId } = analysis
  const best = Math.min(1, ...analysis.candidates.flatMap(one => (one.statistics ? [one.statistics.pValue] : [])))
  return [
    draft('class', 'statistic', 'statistic', `${label}: ${say('evidence', 'class', { claims: affected.claims, vehicles: affected.vehicles, population: population.vehicles, duplicates: affected.excludedDuplicates })}`, {
      values: { ...valuesOf('claims', { claims: affected.claims, duplicates: affected.excludedDuplicates, withoutExposure: affected.withoutExposure }), ...valuesOf('cars', { vehicles: affected.vehicles, population: population.vehicles }) },
      names, nodeIds: [analysisId],
    }),
    draft('verdict', 'statistic', 'statistic', say('evidence', 'verdict', { p: spell(best), power: spellShare(powerShare) }), {
      values: { ...valuesOf('probability', { bestP: best }), ...valuesOf('share', { powerShare }), ...valuesOf('claims', { claims: affected.claims }) },
      names, nodeIds: [analysisId],
    }),
  ]
}

/** One candidate's count, what separates it from its best rival, and what the analysis holds for and against it. */
export const candidateStatistics = (candidate: AnalysisCandidate, analysis: RootCauseAnalysis, naming: Naming, sentences: Sentences): EvidenceDraft[] => {
  const names = namesOf(candidate, naming)
  return [
    countOf(candidate, names, sentences),
    ...(candidate.rank === 1 && analysis.margin !== null ? [marginOf(candidate, analysis.margin, names, sentences)] : []),
    ...splitOf(candidate, names, naming, sentences),
    ...candidate.evidence.flatMap((one, i) => toldOf(`for:${candidate.candidateId}:${i}`, one, names, naming, sentences)),
    ...candidate.counterEvidence.flatMap((one, i) => toldOf(`against:${candidate.candidateId}:${i}`, one, names, naming, sentences)),
  ]
}

const countOf = (candidate: AnalysisCandidate, names: readonly string[], sentences: Sentences): EvidenceDraft => {
  const statistics = candidate.statistics!
  const { observed, expected, vehiclesAtRisk, smr, smrInterval, rateRatio, rateRatioInterval, score, evidenceNats, pValue } = statistics
  const ratios = { smr, smrLow: smrInterval[0], smrHigh: smrInterval[1], rateRatio, rateRatioLow: rateRatioInterval[0], rateRatioHigh: rateRatioInterval[1] }
  const source = candidate.evidence.find(one => one.detail?.kind === 'claims') ?? candidate.evidence[0]
  return draft(`count:${candidate.candidateId}`, 'statistic', 'statistic',
    sentences.say('evidence', 'candidate', { statement: statementOf(candidate, sentences), ...spelled({ observed, expected, vehiclesAtRisk, ...ratios, score, pValue }) }), {
      values: {
        ...valuesOf('claims', { observed, expected }), ...valuesOf('cars', { vehiclesAtRisk }), ...valuesOf('ratio', ratios), ...valuesOf('nats', { score, evidenceNats }),
        ...valuesOf('probability', { pValue }), ...valuesOf('share', { intervalLevel: 0.95 }),
      },
      names, nodeIds: [candidate.candidateId, ...(source?.nodeIds ?? [])], cypher: source?.cypher ?? null, params: source?.params ?? {},
    })
}

const marginOf = (candidate: AnalysisCandidate, margin: number, names: readonly string[], sentences: Sentences): EvidenceDraft =>
  draft('margin', 'statistic', 'statistic', sentences.say('evidence', 'margin', { statement: statementOf(candidate, sentences), margin: spell(margin) }), {
    values: valuesOf('nats', { margin }), names, nodeIds: [candidate.candidateId],
  })

const splitOf = (candidate: AnalysisCandidate, names: readonly string[], naming: Naming, sentences: Sentences): EvidenceDraft[] => {
  const { split } = candidate
  if (!split || split.own.vehicles + split.other.vehicles === 0) return []
  const counts = { ownVehicles: split.own.vehicles, otherVehicles: split.other.vehicles }
  const claims = { ownObserved: split.own.observed, ownExpected: split.own.expected, otherObserved: split.other.observed, otherExpected: split.other.expected }
  const rival = { statement: split.rivalStatement, statementZh: split.rivalStatementZh, factors: split.rivalFactors }
  const other = sentences.language === 'zh' ? rival.statementZh : rival.statement
  return [
    draft(`split:${candidate.candidateId}`, 'statistic', 'statistic', sentences.say('evidence', 'split', { own: statementOf(candidate, sentences), other, ...spelled({ ...counts, ...claims }) }), {
      values: { ...valuesOf('cars', counts), ...valuesOf('claims', claims), ...valuesOf('probability', { splitP: split.probability }) },
      names: [...names, ...namesOf(rival, naming)], nodeIds: [candidate.candidateId],
    }),
  ]
}

const toldOf = (key: string, evidence: AnalysisEvidence, names: readonly string[], naming: Naming, { say, language }: Sentences): EvidenceDraft[] => {
  const { detail } = evidence
  const units = detail && toldKinds[detail.kind]
  if (!detail || !units) return []
  const factor = detail.factor && naming.factor(detail.factor)[language]
  const values = Object.fromEntries(Object.entries(units).flatMap(([name, unit]) => Object.entries(valuesOf(unit, { [name]: detail.values[name] }))))
  return [
    draft(key, 'statistic', evidence.type, say('evidence', detail.kind, { ...spelled(detail.values), ...(factor !== null && { factor }) }), {
      values, names: [...names, ...(detail.factor ? namesOfFactor(detail.factor, naming) : [])], nodeIds: evidence.nodeIds, cypher: evidence.cypher, params: evidence.params,
    }),
  ]
}
