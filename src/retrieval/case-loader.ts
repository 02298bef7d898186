import type { CaseStore } from '../graph/ports/case-store.ts'
import type { BackgroundItem } from './background.ts'
import { versionOf, type CaseIndex, type IndexedCase } from './case-index.ts'
import { comparableProse } from './case-prose.ts'

const casesPerRead = 500

const chunksOf = <T>(items: readonly T[], size: number): T[][] =>
  Array.from({ length: Math.ceil(items.length / size) }, (_, at) => items.slice(at * size, (at + 1) * size))

/** Ids of cases that the graph holds in another version than the memory, and of those it no longer holds. */
export type CaseChanges = { stale: string[]; gone: string[] }

export async function findChanges(caseStore: CaseStore, index: CaseIndex): Promise<CaseChanges> {
  const seen = new Set<string>()
  const stale: string[] = []
  for await (const version of caseStore.versions()) {
    seen.add(version.caseId)
    if (index.get(version.caseId)?.version !== versionOf(version)) stale.push(version.caseId)
  }
  return { stale, gone: [...index.all()].map(({ caseId }) => caseId).filter(caseId => !seen.has(caseId)) }
}

/** Reads what differs from memory and puts it there; `embeddingModel` is the model in use. */
export async function takeChanges(caseStore: CaseStore, index: CaseIndex, { stale, gone }: CaseChanges, embeddingModel: string | null): Promise<IndexedCase[]> {
  for (const caseId of gone) index.remove(caseId)
  const put: IndexedCase[] = []
  for (const caseIds of chunksOf(stale, casesPerRead)) {
    for (const record of await caseStore.cases(caseIds)) put.push(index.put(record, embeddingModel))
  }
  return put
}

/** Complaints; while there are few, other cases stand in for them. */
export async function readBackground(caseStore: CaseStore, index: CaseIndex, { embeddingModel, size }: { embeddingModel: string | null; size: number }): Promise<BackgroundItem[]> {
  const complaints = await caseStore.background({ embeddingModel, limit: size })
  const items: BackgroundItem[] = complaints.map(item => ({ ...item, caseId: null }))
  const missing = size / 4 - items.length
  if (missing <= 0) return items
  const ids = [...index.all()].map(({ caseId }) => caseId).sort().slice(0, missing)
  const cases = await caseStore.cases(ids)
  return [...items, ...cases.sort((a, b) => (a.caseId < b.caseId ? -1 : 1)).map(record => ({
    feedbackId: null, text: comparableProse(record), embedding: record.embeddingModel === embeddingModel ? record.embedding : null, caseId: record.caseId,
    components: record.components, symptoms: record.symptoms, dtcs: record.dtcs,
  }))]
}
