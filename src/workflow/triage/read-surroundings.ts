import type { SimilarCase } from '../../domain/case-search.ts'
import type { WorkflowStore } from '../../graph/ports/workflow.ts'
import type { SearchCases } from '../../retrieval/index.ts'
import type { CarContacts, ClassActivity } from './escalation.ts'
import { readCarContacts, readClassActivity } from './read-escalation.ts'
import type { EscalationReaders } from './read-escalation.ts'
import type { ReadReport } from './read-report.ts'
import { similarCasesTo } from './similar-cases.ts'

export type SurroundingsReaders = { store: Pick<WorkflowStore, 'dtcMeanings'>; searchCases: SearchCases } & EscalationReaders

/** What the graph knows around one report. */
export type Surroundings = {
  dtcMeanings: Map<string, string>
  similarCases: SimilarCase[]
  car: CarContacts | null
  activity: ClassActivity | null
}

/**
 * Reads side by side all that a triage needs from outside the report: each is one indexed query, so that together they take as long as the
 * slowest, the search of past cases.
 *
 * @throws FB_GRAPH_UNAVAILABLE
 */
export const readSurroundings = async (readers: SurroundingsReaders, report: ReadReport, signal?: AbortSignal): Promise<Surroundings> => {
  const [dtcMeanings, similarCases, car, activity] = await Promise.all([
    readers.store.dtcMeanings(report.dtcs.map(dtc => dtc.code), report.subject.make),
    similarCasesTo(readers.searchCases, report, signal),
    readCarContacts(readers, report),
    readClassActivity(readers, report),
  ])
  return { dtcMeanings, similarCases, car, activity }
}
