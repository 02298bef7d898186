import type { CaseFilter, CaseStore } from '../graph/ports/case-store.ts'
import type { KeyedVehicle } from './affected-vehicles.ts'
import type { CaseIndex, IndexedCase } from './case-index.ts'
import { cjkQuery, englishQuery } from './lucene-query.ts'
import type { QuerySubject } from './query-subject.ts'

export type CandidateQuery = {
  subject: QuerySubject
  /** Null where there is no embedder or it failed. */
  vector: { embedding: Float32Array; embeddingModel: string } | null
  vehicle: KeyedVehicle | null
  filter: CaseFilter
}

/** Whether a case may be seen: nothing closed or received after `asOf`, only the kinds asked for. */
export const isVisible = (candidate: IndexedCase, { asOf, kinds }: Pick<CaseFilter, 'asOf' | 'kinds'>): boolean =>
  (asOf === null || (candidate.knownFrom !== null && candidate.knownFrom <= asOf)) && (kinds === null || kinds.includes(candidate.kind ?? ''))

/**
 * Candidate cases of a large graph: keyword (both analyzers), vector and shared keys, each filtered before its cut, in parallel; with a vehicle
 * all cases of its model besides, so that none of those that rank first is lost to a cut.
 */
export async function findCandidates(caseStore: CaseStore, index: CaseIndex, query: CandidateQuery): Promise<IndexedCase[]> {
  const { subject, vector, vehicle, filter } = query
  const lists = await Promise.all([
    caseStore.byEnglishText(englishQuery([subject.text, ...subject.dtcs].join(' '), subject.translations), filter),
    caseStore.byCjkText(cjkQuery(subject.text, subject.translations), filter),
    vector ? caseStore.byVector(vector, filter) : [],
    caseStore.byKeys(subject, filter),
  ])
  const ofVehicle = vehicle === null ? [] : [...index.all()].filter(({ affected }) => affected.some(({ model }) => model !== null && model === vehicle.model))
  const listed = [...new Set(lists.flat())].map(caseId => index.get(caseId)).filter(found => found !== undefined)
  return [...new Set([...ofVehicle, ...listed])].filter(candidate => isVisible(candidate, filter))
}
