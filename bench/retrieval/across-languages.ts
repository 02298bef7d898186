import { readFileSync } from 'node:fs'
import type { CaseStore, SearchableCase } from '../../src/graph/ports/case-store.ts'
import { bootstrapByFamily, firstHit, mean, reciprocalRank, type Measured } from '../../src/retrieval/metrics.ts'
import type { BenchProduct } from './lines.ts'
import { openSearch } from './search-line.ts'

type Language = 'en' | 'zh'
type Incident = { id: string; retellings: { language: string; text: string }[] }

/** A past case that holds one telling and nothing else, as the graph would hand it over. */
async function caseOf(product: BenchProduct, id: string, text: string): Promise<SearchableCase> {
  const links = product.linker.link(text)
  const [embedding] = await product.embedder.embed([text], 'passage')
  return {
    caseId: id, contentSha256: id, kind: '8d', title: text, openedAt: null, closedAt: '2021-01-01', receivedAt: null, text, symptom: null, failureMode: null, failureEffect: null, rootCause: null,
    components: [], mentionedComponents: links.components.map(({ key }) => key),
    symptoms: [...new Set(links.symptoms.filter(({ negated, past, hypothetical }) => !negated && !past && !hypothetical).map(({ key }) => key))],
    dtcs: [], affected: [], parts: [], lots: [], releases: [], causes: [], failureModes: [], confirmed: [], embeddingModel: product.embedder.modelId, embedding: [...embedding!],
  }
}

/** The same store with further cases; nothing is written. */
function withCases(store: CaseStore, more: readonly SearchableCase[]): CaseStore {
  const byId = new Map(more.map(one => [one.caseId, one]))
  const isMore = (id: string): boolean => byId.has(id)
  return {
    ...store,
    async *versions() {
      yield* store.versions()
      for (const { caseId, contentSha256, embeddingModel } of more) yield { caseId, contentSha256, embeddingModel: embeddingModel ?? '', confirmations: [] }
    },
    cases: async ids => [...(await store.cases(ids.filter(id => !isMore(id)))), ...ids.filter(isMore).map(id => byId.get(id)!)],
    details: async ids => [...(await store.details(ids.filter(id => !isMore(id)))), ...ids.filter(isMore).map(id => ({ ...byId.get(id)!, containment: [], corrective: [] }))],
  }
}

/**
 * Sixty incidents told in two languages: the first telling in one language is a case beside all campaigns, all tellings in the other ask for it. The
 * tellings are short and by one writer; no word of theirs is in the vocabulary or the glossary.
 */
export async function measureAcrossLanguages(product: BenchProduct, file: string, random: () => () => number) {
  const incidents = readFileSync(file, 'utf8').trim().split('\n').map(row => JSON.parse(row) as Incident & { type: string }).filter(({ type }) => type === 'incident')
  const toldIn = ({ retellings }: Incident, language: Language): string[] => retellings.filter(one => one.language === language).map(({ text }) => text)
  const measure = async (asked: Language, held: Language) => {
    const cases: SearchableCase[] = []
    for (const incident of incidents) for (const text of toldIn(incident, held).slice(0, 1)) cases.push(await caseOf(product, incident.id, text))
    const search = openSearch(product, { caseStore: withCases(product.caseStore, cases), lookEveryMs: 3_600_000 })
    const reciprocal: Measured[] = []
    for (const incident of incidents) {
      for (const text of toldIn(incident, asked).slice(asked === held ? 1 : 0)) {
        const { items } = await search({ text, limit: 200, diverse: false })
        reciprocal.push({ family: incident.id, value: reciprocalRank(firstHit(items.map(({ caseId }) => caseId), new Set([incident.id]))) })
      }
    }
    return { questions: reciprocal.length, hit1: mean(reciprocal.map(({ value }) => Number(value === 1))), mrr: mean(reciprocal.map(({ value }) => value)), interval: bootstrapByFamily(reciprocal, { statistic: 'per-query', random: random() }) }
  }
  return { 'zh finds en': await measure('zh', 'en'), 'en finds zh': await measure('en', 'zh'), 'zh finds zh': await measure('zh', 'zh'), 'en finds en': await measure('en', 'en') }
}
