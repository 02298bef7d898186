import { gathered } from '../gathered.ts'
import type { CaseDetails, CaseStore } from '../graph/ports/case-store.ts'
import { comparableProse } from './case-prose.ts'
import type { IndexedCase } from './case-index.ts'
import { splitSentences, type Sentence } from './snippet.ts'

/** What is shown of a case, and its prose in sentences ready to be compared with a question. */
export type ShownCase = { details: CaseDetails; sentences: () => readonly Sentence[] }

/** A case in the version that is searched. */
export type CaseVersion = Pick<IndexedCase, 'caseId' | 'version'>

export type ReadCaseDetails = {
  /** By case id; a case that was removed since the last refresh is missing. @throws FB_GRAPH_UNAVAILABLE */
  (cases: readonly CaseVersion[]): Promise<Map<string, ShownCase>>
  /** Reads what is not remembered yet ahead of the questions, as far as it is kept. @throws FB_GRAPH_UNAVAILABLE; what was read stays. */
  preload(cases: Iterable<CaseVersion>): Promise<void>
}

/** About 4 KB each. */
const mostRemembered = 10_000
const mostTogether = 200

/** Reads what is shown of cases from the graph, each version of a case once: a case's actions and prose change only with its content. */
export function createCaseDetails(caseStore: Pick<CaseStore, 'details'>): ReadCaseDetails {
  // In the order of last use, the oldest first.
  const remembered = new Map<string, { version: string; shown: ShownCase }>()
  const remember = (caseId: string, entry: { version: string; shown: ShownCase }): ShownCase => {
    remembered.delete(caseId)
    remembered.set(caseId, entry)
    if (remembered.size > mostRemembered) remembered.delete(remembered.keys().next().value!)
    return entry.shown
  }
  const known = ({ caseId, version }: CaseVersion): ShownCase | null => {
    const entry = remembered.get(caseId)
    return entry?.version === version ? remember(caseId, entry) : null
  }

  const readAll = async (cases: readonly CaseVersion[]): Promise<(ShownCase | null)[]> => {
    // One that waited may have been read for another question meanwhile.
    const missing = cases.filter(one => known(one) === null)
    const found = new Map((missing.length > 0 ? await caseStore.details(missing.map(({ caseId }) => caseId)) : []).map(details => [details.caseId, details]))
    return cases.map(one => {
      const details = found.get(one.caseId)
      return details === undefined ? known(one) : remember(one.caseId, { version: one.version, shown: shownCase(details) })
    })
  }
  const readOne = gathered({ answer: readAll, most: mostTogether, keyOf: ({ caseId }: CaseVersion) => caseId })

  const readDetails = async (cases: readonly CaseVersion[]): Promise<Map<string, ShownCase>> => {
    const shown = await Promise.all(cases.map(async one => [one.caseId, known(one) ?? (await readOne(one))] as const))
    return new Map(shown.flatMap(([caseId, one]) => (one === null ? [] : [[caseId, one]])))
  }
  const preload = async (cases: Iterable<CaseVersion>): Promise<void> => {
    const wanted = [...cases].filter(one => known(one) === null).slice(0, mostRemembered - remembered.size)
    for (let from = 0; from < wanted.length; from += mostTogether) await readDetails(wanted.slice(from, from + mostTogether))
  }
  return Object.assign(readDetails, { preload })
}

const shownCase = (details: CaseDetails): ShownCase => {
  let sentences: readonly Sentence[] | null = null
  return { details, sentences: () => (sentences ??= splitSentences(comparableProse(details))) }
}
