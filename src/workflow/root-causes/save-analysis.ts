import type { RankedCauses } from '../../analysis/ranked-causes.ts'
import type { AnalysisCandidate, RootCauseAnalysis } from '../../domain/root-cause-analysis.ts'
import type { EvidenceReader, PopulationCondition, ReportRef, RootCauseStore } from '../../graph/ports/root-causes.ts'
import { instantOf, type AnalysisFrame } from './analysis-frame.ts'
import { candidateEvidence } from './candidate-evidence.ts'
import { toCandidateDraft, type DraftedCandidate } from './candidate-drafts.ts'
import type { Words } from './factor-words.ts'
import { pastCaseEvidence } from './past-case-evidence.ts'
import type { ResolvedSubject } from './subject-class.ts'
import { abstentionOf, verdictWords } from './verdict-words.ts'

export type AnalysisToSave = {
  analysisId: string
  subject: ResolvedSubject
  /** The class with descendants, as it was asked of the graph. */
  asked: { components: string[] | null; symptoms: string[] | null }
  frame: AnalysisFrame
  ranked: RankedCauses
  drafted: readonly DraftedCandidate[]
  counted: readonly ReportRef[]
  population: PopulationCondition
  seed: number
  engineVersion: string
  dataWatermark: string
  words: Words
  store: Pick<RootCauseStore, 'save'>
  now: () => Date
  startedAt: number
  signal: AbortSignal | undefined
}

/** Keeps an analysis and completes its answer with what the graph that holds it proves. */
export const saveAnalysis = (given: AnalysisToSave): Promise<RootCauseAnalysis> => {
  const { analysisId, subject, frame, ranked, drafted, counted, seed, engineVersion, dataWatermark, now, store } = given
  return store.save(
    {
      analysisId, issueId: subject.issueId, component: subject.component, symptom: subject.symptom, asOf: frame.asOf, createdAt: now().toISOString(),
      verdict: ranked.verdict, reason: ranked.reason, claims: ranked.claims, seed, engineVersion, dataWatermark, counted, candidates: drafted.map(toCandidateDraft),
    },
    async reader => answerOf(given, await proven(given, reader)),
  )
}

/** The candidates with evidence and path; ids run over all of them. */
const proven = async (given: AnalysisToSave, reader: EvidenceReader): Promise<AnalysisCandidate[]> => {
  let last = 0
  const nextId = (): string => `E${++last}`
  const candidates: AnalysisCandidate[] = []
  for (const drafted of given.drafted) {
    given.signal?.throwIfAborted()
    candidates.push({ ...drafted.answer, ...(await evidenceOf(given, drafted, reader, nextId)) })
  }
  return candidates
}

const evidenceOf = ({ analysisId, ranked, frame, population, asked, words }: AnalysisToSave, drafted: DraftedCandidate, reader: EvidenceReader, nextId: () => string) => {
  const { answer, conditions, blames, cites, source } = drafted
  if (source.kind === 'past-case') return pastCaseEvidence(answer.candidateId, source.past, reader, words, nextId)
  return candidateEvidence(
    {
      analysisId, candidateId: answer.candidateId, candidate: source.found.first, conditions, blamedIds: blames.map(node => node.id), cites,
      leader: ranked.candidates[0], cutOff: instantOf(frame.cutOff), population, ...asked,
    },
    reader, words, nextId,
  )
}

const answerOf = (given: AnalysisToSave, candidates: AnalysisCandidate[]): RootCauseAnalysis => {
  const { analysisId, subject, frame, ranked, words, seed, engineVersion, dataWatermark, startedAt, now } = given
  const reason = verdictWords(ranked, subject.others, subject, words)
  return {
    analysisId,
    subject: { component: subject.component, symptom: subject.symptom, issueId: subject.issueId },
    asOf: frame.asOf,
    affected: { claims: ranked.claims, vehicles: ranked.affectedVehicles, excludedDuplicates: ranked.excludedDuplicates, withoutExposure: ranked.withoutExposure },
    population: { vehicles: ranked.vehicles, vehicleMonths: Math.round(ranked.vehicleMonths) },
    verdict: ranked.verdict,
    verdictCode: ranked.reason,
    verdictReason: reason.en,
    verdictReasonZh: reason.zh,
    margin: ranked.margin,
    powerShare: ranked.powerShare,
    candidates,
    abstention: abstentionOf(ranked, reason.en, nextTests(candidates), words),
    provenance: {
      engineVersion, dataWatermark, seed, replicates: ranked.replicates, promptId: null, modelId: null, milliseconds: Math.max(0, now().getTime() - startedAt),
    },
  }
}

/** The tests of the first two candidates: what would settle the order between them. */
const nextTests = (candidates: readonly AnalysisCandidate[]): string[] => [...new Set(candidates.slice(0, 2).flatMap(one => one.discriminatingTests.slice(0, 2)))]
