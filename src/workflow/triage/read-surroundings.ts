import type { SimilarCase } from '../../domain/case-search.ts'
import type { WorkflowStore } from '../../graph/ports/workflow.ts'
import type { SearchCases } from '../../retrieval/index.ts'
import type { ReadReport } from './read-report.ts'
import { similarCasesTo } from './similar-cases.ts'

export type SurroundingsReaders = { store: Pick<WorkflowStore, 'dtcMeanings'>; searchCases: SearchCases }

/** What the graph knows around one report. */
export type Surroundings = {
  dtcMeanings: Map<string, string>
  similarCases: SimilarCase[]
}

/**
 * Reads side by side all that a triage needs from outside the report: each is one indexed query, so that together they take as long as the
 * slowest, the search of past cases.
 *
 * @throws FB_GRAPH_UNAVAILABLE
 */
export const readSurroundings = async (readers: SurroundingsReaders, report: ReadReport, signal?: AbortSignal): Promise<Surroundings> => {
  const [dtcMeanings, similarCases] = await Promise.all([
    readers.store.dtcMeanings(report.dtcs.map(dtc => dtc.code), report.subject.make),
    similarCasesTo(readers.searchCases, report, signal),
  ])
  return { dtcMeanings, similarCases }
}
