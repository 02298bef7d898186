import { createHash } from 'node:crypto'
import type { CaseStore, ConfirmedText } from '../../src/graph/ports/case-store.ts'
import type { Measured } from '../../src/retrieval/metrics.ts'
import { firstHit, reciprocalRank } from '../../src/retrieval/metrics.ts'
import { summaryOf, type BenchProduct, type Eligible } from './lines.ts'
import { searchLine } from './search-line.ts'
import type { JudgedComplaint, JudgedPair } from './public-pairs.ts'

const hash = (text: string): string => createHash('sha256').update(text).digest('hex')

/** The same store with complaints confirmed for cases, as the graph would answer; nothing is written. */
function withConfirmed(store: CaseStore, confirmed: ReadonlyMap<string, ConfirmedText[]>): CaseStore {
  const of = (caseId: string): ConfirmedText[] => confirmed.get(caseId) ?? []
  return {
    ...store,
    async *versions() {
      for await (const version of store.versions()) {
        yield { ...version, confirmations: of(version.caseId).map(one => `${one.feedbackId}|${one.confirmedAt}|${one.textSha256}|${one.embeddingModel ?? ''}`) }
      }
    },
    cases: async ids => (await store.cases(ids)).map(record => ({ ...record, confirmed: of(record.caseId) })),
  }
}

type Examples = { judged: readonly JudgedPair[]; count: number; without: string | null; eligible: Eligible }

/** For every family its first `count` explained complaints other than the query, in the order of their hashes, on the campaign that affected the car. */
async function examplesFor(product: BenchProduct, query: JudgedComplaint, { judged, count, without, eligible }: Examples): Promise<Map<string, ConfirmedText[]>> {
  const confirmed = new Map<string, ConfirmedText[]>()
  const taken = new Map<string, number>()
  const usable = judged.filter(pair => pair.verdict === 'y' && pair.id !== query.id && pair.family !== without)
  for (const pair of usable.toSorted((a, b) => (hash(a.id) < hash(b.id) ? -1 : 1))) {
    if ((taken.get(pair.family) ?? 0) >= count) continue
    taken.set(pair.family, (taken.get(pair.family) ?? 0) + 1)
    const text = product.redact(pair.text)
    const cases = eligible(pair)
    const [caseId] = [...pair.relevant].filter(id => cases.has(id)).concat([...pair.relevant])
    const [embedding] = await product.embedder.embed([text], 'query')
    const example = { feedbackId: `regulator:${pair.id}`, confirmedAt: '2024-01-01T00:00:00.000Z', text, textSha256: hash(text), embeddingModel: product.embedder.modelId, embedding: [...embedding!] }
    confirmed.set(caseId!, [...(confirmed.get(caseId!) ?? []), example])
  }
  return confirmed
}

/** With 1 and 3 confirmed complaints of every family; and for a family that has none while all others have. */
export async function measureConfirmed(product: BenchProduct, { hard, judged, eligible }: { hard: readonly JudgedComplaint[]; judged: readonly JudgedPair[]; eligible: Eligible }) {
  const searches = new Map<string, ReturnType<typeof searchLine>>()
  const lineFor = async (query: JudgedComplaint, count: number, without: string | null) => {
    const confirmed = await examplesFor(product, query, { judged, count, without, eligible })
    const key = JSON.stringify([...confirmed].map(([caseId, list]) => [caseId, list.map(one => one.feedbackId)]))
    const line = searches.get(key) ?? searchLine({ ...product, caseStore: withConfirmed(product.caseStore, confirmed) }, { diverse: false })
    searches.set(key, line)
    return line
  }
  const measure = async (count: number, isWithout: boolean) => {
    const values = { 'same-model-year': [] as Measured[], 'text-only': [] as Measured[] }
    for (const query of hard) {
      const line = await lineFor(query, count, isWithout ? query.family : null)
      for (const setting of ['same-model-year', 'text-only'] as const) {
        const allowed = setting === 'same-model-year' ? eligible(query) : null
        const ids = (await line(query, setting)).filter(id => allowed === null || allowed.has(id))
        values[setting].push({ family: query.family, value: reciprocalRank(firstHit(ids, query.relevant)) })
      }
    }
    return { 'same-model-year': summaryOf(values['same-model-year']), 'text-only': summaryOf(values['text-only']) }
  }
  return {
    none: await measure(0, false), one: await measure(1, false), three: await measure(3, false),
    ownFamilyWithoutOthersWithOne: await measure(1, true), ownFamilyWithoutOthersWithThree: await measure(3, true),
  }
}
