import type { CaseDetails, CaseStore } from '../graph/ports/case-store.ts'
import { comparableProse } from './case-prose.ts'
import { splitSentences, type Sentence } from './snippet.ts'
import type { IndexedCase } from './case-index.ts'

/** What is shown of a case, and its prose in sentences ready to be compared with a question. */
export type ShownCase = { details: CaseDetails; sentences: readonly Sentence[] }

/** About 4 KB each. */
const mostRemembered = 10_000

/**
 * Reads what is shown of cases from the graph, each version of a case once: a case's actions and prose change only with its content.
 *
 * @returns by case id; a case that was removed since the last refresh is missing.
 */
export function createCaseDetails(caseStore: Pick<CaseStore, 'details'>) {
  // In the order of last use, the oldest first.
  const remembered = new Map<string, { version: string; shown: ShownCase }>()
  const remember = (caseId: string, entry: { version: string; shown: ShownCase }): void => {
    remembered.delete(caseId)
    remembered.set(caseId, entry)
    if (remembered.size > mostRemembered) remembered.delete(remembered.keys().next().value!)
  }

  return async (cases: readonly Pick<IndexedCase, 'caseId' | 'version'>[]): Promise<Map<string, ShownCase>> => {
    const known = new Map<string, ShownCase>()
    for (const { caseId, version } of cases) {
      const entry = remembered.get(caseId)
      if (entry?.version !== version) continue
      remember(caseId, entry)
      known.set(caseId, entry.shown)
    }
    const versions = new Map(cases.filter(({ caseId }) => !known.has(caseId)).map(({ caseId, version }) => [caseId, version]))
    for (const details of versions.size > 0 ? await caseStore.details([...versions.keys()]) : []) {
      const shown = { details, sentences: splitSentences(comparableProse(details)) }
      remember(details.caseId, { version: versions.get(details.caseId)!, shown })
      known.set(details.caseId, shown)
    }
    return known
  }
}
