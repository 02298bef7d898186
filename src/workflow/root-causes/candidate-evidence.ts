import type { Contrast, RankedCandidate } from '../../analysis/ranked-causes.ts'
import type { Factor } from '../../domain/fleet.ts'
import type { AnalysisCandidate, AnalysisEvidence, AnalysisPath } from '../../domain/root-cause-analysis.ts'
import type { CheckedStatement, EvidenceReader, FactorCondition, PopulationCondition, ReportRef } from '../../graph/ports/root-causes.ts'
import { conditionsOf } from './factor-conditions.ts'
import { candidateWords, factorWords, type Words } from './factor-words.ts'
import { numberWords } from './verdict-words.ts'
import { fill, spell, spellShare } from './wording.ts'

export type EvidenceQuestion = {
  analysisId: string
  candidateId: string
  candidate: RankedCandidate
  conditions: FactorCondition[]
  blamedIds: readonly string[]
  cites: readonly ReportRef[]
  /** First of the analysis: what a candidate that is explained away rides on. */
  leader: RankedCandidate | undefined
  cutOff: string
  population: PopulationCondition
  symptoms: readonly string[] | null
  components: readonly string[] | null
}

export type CandidateEvidence = Pick<AnalysisCandidate, 'evidence' | 'counterEvidence'> & { path: AnalysisPath }

type Said = Omit<AnalysisEvidence, 'id'>

/** Contrasts told for each side: the largest, which decide most. */
const contrastsTold = 3

const said = (type: Said['type'], summary: string, nodeIds: readonly string[], checked?: CheckedStatement<unknown>, returned?: object, detail?: Said['detail']): Said => ({
  type, summary, nodeIds: [...nodeIds], cypher: checked?.cypher ?? null, params: checked?.params ?? {}, returned: returned ? { ...returned } : null, ...(detail && { detail }),
})

const detailOf = (kind: string, values: Record<string, number | null>, factor: Factor | null = null): NonNullable<Said['detail']> => ({
  kind,
  values: Object.fromEntries(Object.entries(values).map(([name, value]) => [name, value !== null && Number.isFinite(value) ? value : null])),
  factor: factor && { ...factor },
})

/**
 * What speaks for a candidate and against it, each with the statement that gives its numbers, and its path: all read from the graph now.
 *
 * @param nextId gives E1, E2 … over all candidates of an analysis.
 */
export const candidateEvidence = async (question: EvidenceQuestion, reader: EvidenceReader, words: Words, nextId: () => string): Promise<CandidateEvidence> => {
  const { candidateId, candidate, conditions, cites, symptoms, components } = question
  const path = await reader.path({ kind: 'factors', candidateId, reportIds: cites.map(one => one.recordId), symptoms, components, factors: conditions })
  const repairs = await repairEvidence(question, reader, words)
  const evidence = [
    await claimEvidence(question, reader, words),
    riskEvidence(question, reader, words),
    ...softwareEvidence(candidate, words, 'confirmed'),
    ...contrastEvidence(question, 'for', reader, words),
    ...(await codeEvidence(question, reader, words)),
    ...repairs.found,
    ...pathEvidence(path),
  ]
  const counterEvidence = [
    ...contrastEvidence(question, 'against', reader, words),
    ...softwareEvidence(candidate, words, 'not-confirmed'),
    ...confoundingEvidence(candidate, words),
    ...weightedEvidence(candidate, words),
    ...explainedEvidence(question, words),
    ...repairs.noTrouble,
  ]
  const numbered = (list: Said[]): AnalysisEvidence[] => list.map(one => ({ id: nextId(), ...one }))
  return { evidence: numbered(evidence), counterEvidence: numbered(counterEvidence), path }
}

const claimEvidence = async ({ analysisId, candidate, conditions, blamedIds, cites }: EvidenceQuestion, reader: EvidenceReader, words: Words): Promise<Said> => {
  const checked = await reader.claims({ analysisId, factors: conditions })
  const returned = checked.rows[0] ?? { claims: 0, vehicles: 0 }
  const { evidence } = words.wording
  const summary = fill(evidence['claims'], { numbers: numberWords(candidate.statistics, words).en })
  // An analysis as of an earlier day may rest on histories that were corrected since.
  const differs = returned.claims === candidate.statistics.observed ? '' : fill(evidence['graphDiffers'], { claims: returned.claims })
  return said('statistic', summary + differs, [...blamedIds, ...cites.map(one => one.recordId)], checked, returned, detailOf('claims', { ...returned }))
}

const riskEvidence = ({ analysisId, candidate, conditions, cutOff, population, blamedIds }: EvidenceQuestion, reader: EvidenceReader, { wording }: Words): Said =>
  said('statistic', fill(wording.evidence['atRisk'], { vehicles: candidate.statistics.vehiclesAtRisk, affected: candidate.statistics.observed }), blamedIds,
    reader.carsAtRisk({ analysisId, cutOff, factors: conditions, population }), undefined,
    detailOf('atRisk', { vehicles: candidate.statistics.vehiclesAtRisk, affected: candidate.statistics.observed }))

const softwareEvidence = ({ software }: RankedCandidate, { wording }: Words, side: 'confirmed' | 'not-confirmed'): Said[] => {
  if (software === null) return []
  if (software.confirmation === 'not-estimable') return side === 'not-confirmed' ? [said('statistic', wording.evidence['softwareUnclear'] ?? '', [])] : []
  if (software.confirmation !== side) return []
  const [low, high] = software.incidenceInterval ?? [null, null]
  return [said('statistic', fill(wording.evidence['software'], {
    confirmation: wording.confirmation[software.confirmation], ratio: spell(software.incidenceRatio), low: spell(low), high: spell(high),
    onset: software.onsetShare === null ? '–' : spellShare(software.onsetShare),
  }), [], undefined, undefined, detailOf(`software-${side}`, { ratio: software.incidenceRatio, low, high, onset: software.onsetShare }))]
}

const contrastEvidence = (question: EvidenceQuestion, speaks: Contrast['speaks'], reader: EvidenceReader, words: Words): Said[] => {
  const { candidate, conditions, analysisId } = question
  const told = candidate.contrasts.filter(one => one.speaks === speaks).slice(0, contrastsTold)
  return told.map(({ factor, count, predicted }) => {
    // Held against what the cause would bring there, not against the fleet's rate.
    const expected = speaks === 'against' ? predicted : count.expected
    const summary = fill(words.wording.evidence[speaks === 'against' ? 'contrastAgainst' : 'contrastFor'], {
      factor: factorWords(factor, words).en, vehicles: count.vehicles, observed: spell(count.observed), expected: spell(expected),
    })
    return said('statistic', summary, [], reader.claimStatement({ analysisId, factors: [...conditions, ...conditionsOf([factor])] }), undefined,
      detailOf(speaks === 'against' ? 'contrastAgainst' : 'contrastFor', { vehicles: count.vehicles, observed: count.observed, expected }, factor))
  })
}

const codeEvidence = async ({ candidateId }: EvidenceQuestion, reader: EvidenceReader, { wording }: Words): Promise<Said[]> => {
  const checked = await reader.codes(candidateId)
  const [first] = checked.rows
  if (!first) return []
  const codes = checked.rows.map(({ code, meaning, reports }) => `${code}${meaning ? ` (${meaning})` : ''} ×${reports}`).join(', ')
  return [said('dtc', fill(wording.evidence['codes'], { reports: first.reports, codes }), checked.rows.map(one => one.code), checked, { codes: checked.rows })]
}

const repairEvidence = async ({ candidateId }: EvidenceQuestion, reader: EvidenceReader, { wording }: Words): Promise<{ found: Said[]; noTrouble: Said[] }> => {
  const checked = await reader.repairs(candidateId)
  const orders = checked.rows.reduce((sum, row) => sum + row.orders, 0)
  if (orders === 0) return { found: [], noTrouble: [] }
  const results = checked.rows.map(({ result, orders: count }) => `${count} ${wording.repairResult[result ?? 'unknown'] ?? result}`).join(', ')
  const without = checked.rows.find(row => row.result === 'no-trouble-found')
  const repairs = { repairs: checked.rows.map(({ result, orders: count }) => ({ result, orders: count })) }
  return {
    found: [said('repair', fill(wording.evidence['repairs'], { orders, results }), checked.rows.flatMap(row => row.orderIds), checked, repairs)],
    noTrouble: without ? [said('repair', fill(wording.evidence['noTrouble'], { found: without.orders, orders }), without.orderIds, checked, repairs, detailOf('noTrouble', { found: without.orders, orders }))] : [],
  }
}

const pathEvidence = (path: AnalysisPath): Said[] =>
  path.verified ? [{ type: 'path', summary: path.nodes.filter(node => node.label !== 'Finding' && node.label !== 'Candidate').map(node => node.caption).join(' – '), nodeIds: path.nodes.map(node => node.id), cypher: path.cypher, params: path.params, returned: null }] : []

const confoundingEvidence = ({ statistics: { confounded, oddsRatioCrude, oddsRatioStratified } }: RankedCandidate, { wording }: Words): Said[] =>
  confounded ? [said('statistic', fill(wording.evidence['confounded'], { crude: spell(oddsRatioCrude), stratified: spell(oddsRatioStratified) }), [], undefined, undefined, detailOf('confounded', { crude: oddsRatioCrude, stratified: oddsRatioStratified }))] : []

/** Told where repairs that found nothing, or uncertain links, take more than half of the evidence away. */
const weightedEvidence = ({ weighted, statistics }: RankedCandidate, { wording }: Words): Said[] =>
  weighted.evidenceNats < statistics.evidenceNats / 2
    ? [said('statistic', fill(wording.evidence['weighted'], { observed: spell(weighted.observed), expected: spell(weighted.expected), nats: spell(weighted.evidenceNats) }), [], undefined, undefined, detailOf('weighted', { ...weighted }))]
    : []

const explainedEvidence = ({ candidate, leader }: EvidenceQuestion, words: Words): Said[] =>
  candidate.explainedAway && leader ? [said('statistic', fill(words.wording.evidence['explainedAway'], { leader: candidateWords(leader, words).en }), [], undefined, undefined, detailOf('explainedAway', {}))] : []
