import { analysisParameters } from '../../analysis/parameters.ts'
import type { RunRanking } from '../../analysis/worker/ranking-task.ts'
import type { AnalyzeRootCausesRequest, RootCauseAnalysis } from '../../domain/root-cause-analysis.ts'
import { FishboneError } from '../../domain/error.ts'
import type { TextLinks } from '../../domain/finding.ts'
import type { FleetStore } from '../../graph/ports/fleet.ts'
import type { RootCauseStore } from '../../graph/ports/root-causes.ts'
import type { FleetProjection } from '../fleet-projection.ts'
import { frameOf, populationCondition } from './analysis-frame.ts'
import { draftCandidates } from './candidate-drafts.ts'
import { countedReports, toReports } from './class-events-counted.ts'
import { delayCdf } from './delay-cdf.ts'
import type { Words } from './factor-words.ts'
import { pastCaseCandidates, type SearchCases } from './past-case-candidates.ts'
import { populationMask } from './population-mask.ts'
import { saveAnalysis } from './save-analysis.ts'
import { expandClass, resolveSubject, type SubjectVocabulary } from './subject-class.ts'
import type { Wording } from './wording.ts'

/** Raised whenever the same data, day and seed may give another answer than before. */
const engineSeries = 2
const defaultSeed = 42
const defaultCandidates = 10

export type AnalyzeDependencies = {
  fleetProjection: Pick<FleetProjection, 'current' | 'asKnown'>
  fleetStore: Pick<FleetStore, 'classReports'>
  store: Pick<RootCauseStore, 'issueClass' | 'newestReceipt' | 'save'>
  linker: { link(redactedText: string): Pick<TextLinks, 'findings'> }
  vocabulary: SubjectVocabulary & Pick<Words, 'labelOf'>
  wording: Wording
  redact: (text: string) => string
  searchCases: SearchCases
  runRanking: RunRanking
  version: string
  now: () => Date
  newId: () => string
}

export type AnalyzeControl = { signal?: AbortSignal | undefined; onProgress?: ((progress: { done: number; total: number; message: string }) => void) | undefined }

export type AnalyzeRootCauses = (request: AnalyzeRootCausesRequest, control?: AnalyzeControl) => Promise<RootCauseAnalysis>

/**
 * Ranks what the cars of a symptom class have in common, proves it in the graph, and keeps the answer there.
 *
 * @throws FB_NO_SUBJECT, FB_NOT_FOUND (issue), FB_INVALID (asOf in the future, a population without cars); the signal's reason on abort: then
 *   nothing is kept.
 */
export const createAnalyzeRootCauses = (dependencies: AnalyzeDependencies): AnalyzeRootCauses => {
  const { fleetProjection, fleetStore, store, linker, vocabulary, wording, redact, searchCases, runRanking, version, now, newId } = dependencies
  const words: Words = { wording, labelOf: vocabulary.labelOf }
  const subjectDependencies = { vocabulary, redact, link: (text: string) => linker.link(text), issueClass: (id: string) => store.issueClass(id) }
  return async (request, { signal, onProgress } = {}) => {
    const startedAt = now().getTime()
    const tell = (message: string, done = 0, total = 1): void => (signal?.throwIfAborted(), onProgress?.({ done, total, message }))
    tell('reading the subject')
    const subject = await resolveSubject(request.subject, subjectDependencies)
    const asked = expandClass(subject, vocabulary)
    const frame = frameOf(request.asOf, now(), await store.newestReceipt())
    tell('loading the fleet')
    const { watermark, ...current } = await fleetProjection.current({ signal, onProgress: ({ done, total }) => onProgress?.({ done, total: total ?? done, message: 'loading the fleet' }) })
    const projection = frame.historyAsOf === null ? current.projection : await fleetProjection.asKnown(frame.historyAsOf, { signal })
    const mask = populationMask(projection, request.population)
    tell('reading the reports')
    const { refs, reports } = toReports(await fleetStore.classReports({ ...asked, asOf: frame.knownUntil }), projection)
    if (projection.ids.length === 0 && reports.length === 0)
      throw new FishboneError('FB_NO_SUBJECT', 'no vehicles are loaded: an analysis compares the affected cars with the rest of the fleet. Load them with fishbone import')
    const seed = request.seed ?? defaultSeed
    const maxCandidates = request.maxCandidates ?? defaultCandidates
    tell('ranking')
    const ranked = await runRanking(
      { projection, mask, cutOff: frame.cutOff, lagCdf: delayCdf(reports, frame.cutOff), reports, seed, maxCandidates, replicates: analysisParameters.replicates },
      { signal, onProgress: (done, total) => onProgress?.({ done, total, message: 'ranking' }) },
    )
    tell('looking for past cases')
    const vehicle = 'text' in request.subject ? request.subject.vehicle : undefined
    const pastCases = await pastCaseCandidates({ searchCases, asked: subject, text: subject.text, vehicle, asOf: frame.knownUntil })
    tell('gathering evidence')
    const analysisId = newId()
    return saveAnalysis({
      analysisId, subject, asked, frame, ranked, words, store, now, startedAt, seed, signal,
      drafted: draftCandidates({ analysisId, ranked, pastCases, refs, maxCandidates, words }),
      counted: countedReports({ projection, mask, cutOff: frame.cutOff, reports }).map(index => refs[index]!),
      population: populationCondition(request.population),
      engineVersion: `${version}/${engineSeries}`,
      dataWatermark: `${watermark.vehicles} vehicles, changed ${new Date(watermark.changedAt).toISOString()}`,
    })
  }
}
