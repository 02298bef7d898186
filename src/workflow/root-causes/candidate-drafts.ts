import type { RankedCandidate, RankedCauses } from '../../analysis/ranked-causes.ts'
import type { AnalysisCandidate } from '../../domain/root-cause-analysis.ts'
import type { BlamedNode, CandidateDraft, FactorCondition, ReportRef } from '../../graph/ports/root-causes.ts'
import { candidateConfidence } from './candidate-confidence.ts'
import { classCandidates, type ClassCandidate } from './class-candidates.ts'
import { discriminatingTests } from './discriminating-tests.ts'
import { blamedNode, conditionsOf } from './factor-conditions.ts'
import { candidateStatement, type Words } from './factor-words.ts'
import type { pastCaseCandidates } from './past-case-candidates.ts'
import { toSoftware, toStatistics } from './result-numbers.ts'
import { capitalised, fillBoth } from './wording.ts'

/** Members of a class for which a test is proposed; the others are named as equivalents. */
const membersTested = 2

type PastCase = Awaited<ReturnType<typeof pastCaseCandidates>>[number]

/** A candidate of the answer that still lacks what only the graph can give, and what the graph is to hold of it. */
export type DraftedCandidate = {
  answer: Omit<AnalysisCandidate, 'evidence' | 'counterEvidence' | 'path'>
  /** For the graph. */
  blames: BlamedNode[]
  conditions: FactorCondition[]
  cites: ReportRef[]
  source: { kind: 'class'; found: ClassCandidate } | { kind: 'past-case'; past: PastCase }
}

/**
 * Candidates in the order of the answer: one a class of the engine's list, then past cases; at most `maxCandidates` in all, of which past cases
 * take no more than they need.
 *
 * @param options.refs the records behind the reports that the engine was given.
 */
export const draftCandidates = (options: {
  analysisId: string
  ranked: RankedCauses
  pastCases: readonly PastCase[]
  refs: readonly ReportRef[]
  maxCandidates: number
  words: Words
}): DraftedCandidate[] => {
  const { analysisId, ranked, pastCases, refs, maxCandidates, words } = options
  const told = pastCases.slice(0, Math.max(0, maxCandidates - 1))
  const classes = classCandidates(ranked).slice(0, maxCandidates - told.length)
  const idOf = (rank: number): string => `${analysisId}:${rank}`
  return [
    ...classes.map((found, i) => ofClass({ found, rank: i + 1, candidateId: idOf(i + 1), ranked, refs, words })),
    ...told.map((past, i) => ofPastCase({ past, rank: classes.length + i + 1, candidateId: idOf(classes.length + i + 1), words })),
  ]
}

const ofClass = (options: { found: ClassCandidate; rank: number; candidateId: string; ranked: RankedCauses; refs: readonly ReportRef[]; words: Words }): DraftedCandidate => {
  const { found, rank, candidateId, ranked, refs, words } = options
  const { first, members } = found
  const statement = candidateStatement(first, words)
  const isLeader = found.index === 0
  const lead = isLeader ? ranked.margin : first.statistics.score - (ranked.candidates[0]?.statistics.score ?? first.statistics.score)
  return {
    answer: {
      candidateId, rank, kind: first.kind, calibrated: false, statement: statement.en, statementZh: statement.zh, factors: first.factors.map(factor => ({ ...factor })),
      statistics: toStatistics(first.statistics), weighted: { ...first.weighted }, software: toSoftware(first.software), explainedAway: first.explainedAway, pastCase: null,
      equivalents: members.map(member => ({
        dimension: member.factors[0]!.dimension, level: member.factors[0]!.level, overlap: member.overlap, factors: member.factors.map(factor => ({ ...factor })),
        statement: candidateStatement(member, words).en, observed: member.statistics.observed, expected: member.statistics.expected, score: member.statistics.score,
      })),
      discriminatingTests: [...new Set([first, ...members.slice(0, membersTested)].flatMap(member => discriminatingTests(member, ranked.candidates, words)))],
      split: splitOf(first, ranked, words),
      confidence: candidateConfidence({ verdict: ranked.verdict, pValue: first.statistics.pValue, lead }),
    },
    blames: first.factors.map(blamedNode).filter(node => node !== null),
    conditions: conditionsOf(first.factors),
    cites: first.eventReports.map(index => refs[index]!),
    source: { kind: 'class', found },
  }
}

const splitOf = ({ split }: RankedCandidate, { candidates }: RankedCauses, words: Words): AnalysisCandidate['split'] => {
  const rival = split && candidates[split.rival]
  if (!split || !rival) return null
  const { en, zh } = candidateStatement(rival, words)
  return { rivalStatement: en, rivalStatementZh: zh, rivalFactors: rival.factors.map(factor => ({ ...factor })), own: { ...split.own }, other: { ...split.other }, probability: split.probability }
}

const ofPastCase = (options: { past: PastCase; rank: number; candidateId: string; words: Words }): DraftedCandidate => {
  const { past, rank, candidateId, words: { wording } } = options
  const statement = fillBoth(wording.candidate.pastCase, { caseId: past.caseId, rootCause: past.rootCause })
  return {
    answer: {
      candidateId, rank, kind: 'past-case', calibrated: false, statement: capitalised(statement.en), statementZh: statement.zh, factors: [], statistics: null,
      weighted: null, software: null, explainedAway: false, equivalents: [], discriminatingTests: [],
      pastCase: { caseId: past.caseId, title: past.title, rootCause: past.rootCause, similarity: past.score },
      // Likeness of words, not evidence of this fleet: never above what an open verdict allows a statistical candidate.
      confidence: Math.round(Math.min(1, Math.max(0, past.score)) * 400) / 1000,
    },
    blames: [], conditions: [], cites: [],
    source: { kind: 'past-case', past },
  }
}

/** What the graph keeps of a candidate. */
export const toCandidateDraft = ({ answer, blames, cites, source }: DraftedCandidate): CandidateDraft => ({
  id: answer.candidateId,
  rank: answer.rank,
  kind: answer.kind,
  statement: answer.statement,
  factors: answer.factors.map(factor => `${factor.dimension}:${factor.level}`),
  score: answer.statistics?.score ?? answer.pastCase?.similarity ?? 0,
  observed: answer.statistics?.observed ?? null,
  expected: answer.statistics?.expected ?? null,
  evidenceNats: answer.statistics?.evidenceNats ?? null,
  pValue: answer.statistics?.pValue ?? null,
  confidence: answer.confidence,
  blames,
  cites,
  caseId: source.kind === 'past-case' ? source.past.caseId : null,
})
