import { keywordScores } from '../../src/retrieval/bm25.ts'
import type { CaseSnapshot } from '../../src/retrieval/case-memory.ts'
import { agreementBonus, fusionWeights, walkBonus } from '../../src/retrieval/fusion.ts'
import { agreementOf, askedKeys, markAgreement } from '../../src/retrieval/key-agreement.ts'
import { familyMean, firstHit, mean, reciprocalRank, type Measured } from '../../src/retrieval/metrics.ts'
import { readSubject } from '../../src/retrieval/query-subject.ts'
import { nearCases, walkSeeds } from '../../src/retrieval/walk-seeds.ts'
import type { BenchProduct, Eligible } from './lines.ts'
import type { JudgedComplaint } from './public-pairs.ts'

/** What may be chosen: the share of the vector against keywords, how much of the key agreement counts, the weight of the walk. Few, and coarse. */
const grid = [0.35, 0.5, 0.65].flatMap(vector => [0, 1, 2].flatMap(keys => [0, 0.1, 0.2, 0.3].map(graph => ({ vector, keys, graph }))))
type Weights = (typeof grid)[number]

type Scored = { caseId: string; keyword: number; vector: number; keys: number; walk: number; allowed: boolean }
type Prepared = { family: string; relevant: ReadonlySet<string>; scored: Scored[] }

async function prepare(product: BenchProduct, { index, calibrator, graph, columns }: CaseSnapshot, query: JudgedComplaint, eligible: Eligible): Promise<Prepared> {
  const subject = readSubject({ text: query.text }, { link: text => product.linker.link(text), glossary: product.vocabulary, redact: product.redact })
  const keyword = keywordScores(index.corpus, subject.termsIn.en, index.capacity)
  const [vector] = await product.embedder.embed([subject.text], 'query')
  const asked = askedKeys(subject, key => product.vocabulary.ancestorsOf(key))
  markAgreement(columns, asked, [])
  const allowed = eligible(query)
  const scored = columns.cases.map((candidate, place) => ({
    caseId: candidate.caseId, allowed: allowed.has(candidate.caseId),
    keyword: calibrator.keyword(candidate.document, keyword[candidate.document]!),
    vector: calibrator.vector(candidate.document, index.vectors.cosine(candidate.document, vector!)),
    keys: agreementBonus(agreementOf(columns.scratch.agreement[place]!)),
  }))
  const near = scored.map(one => ({ caseId: one.caseId, z: (one.keyword + one.vector) / 2 })).sort((a, b) => b.z - a.z).slice(0, nearCases)
  const walked = scored.map(() => 0)
  const { mean: usual, deviation } = columns.usual.walk
  graph.walk(walkSeeds(graph, { component: subject.components, symptom: subject.symptoms, dtc: subject.dtcs }, near), (place, strength) => {
    walked[place] = walkBonus((strength - usual[place]!) / deviation[place]!) / (fusionWeights.graph || 1)
  })
  return { family: query.family, relevant: query.relevant, scored: scored.map((one, place) => ({ ...one, walk: walked[place]! })) }
}

function reciprocalOf({ scored, relevant }: Prepared, { vector, keys, graph }: Weights, onlyAllowed: boolean): number {
  const fused = scored.filter(({ allowed }) => allowed || !onlyAllowed)
    .map(one => ({ caseId: one.caseId, score: vector * one.vector + (1 - vector) * one.keyword + keys * one.keys + graph * one.walk }))
    .sort((a, b) => b.score - a.score || (a.caseId < b.caseId ? -1 : 1))
  return reciprocalRank(firstHit(fused.map(({ caseId }) => caseId), relevant))
}

/** Weights are chosen on all families but one, by the mean of family means over both settings, and judged on the one left out. */
export async function leaveOneFamilyOut(product: BenchProduct, snapshot: CaseSnapshot, queries: readonly JudgedComplaint[], eligible: Eligible) {
  const prepared: Prepared[] = []
  for (const query of queries) prepared.push(await prepare(product, snapshot, query, eligible))
  const measured = (some: readonly Prepared[], weights: Weights, onlyAllowed: boolean): Measured[] =>
    some.map(one => ({ family: one.family, value: reciprocalOf(one, weights, onlyAllowed) }))
  const quality = (some: readonly Prepared[], weights: Weights): number => familyMean(measured(some, weights, true)) + familyMean(measured(some, weights, false))
  const families = [...new Set(prepared.map(({ family }) => family))]
  const chosen: Record<string, Weights> = {}
  const held: { restricted: Measured[]; open: Measured[] } = { restricted: [], open: [] }
  for (const family of families) {
    const others = prepared.filter(one => one.family !== family)
    const best = grid.reduce((winner, weights) => (quality(others, weights) > quality(others, winner) + 1e-9 ? weights : winner), grid[0]!)
    chosen[family] = best
    const own = prepared.filter(one => one.family === family)
    held.restricted.push(...measured(own, best, true))
    held.open.push(...measured(own, best, false))
  }
  const summary = (values: Measured[]) => ({ mrr: mean(values.map(({ value }) => value)), mrrFamily: familyMean(values) })
  return {
    note: '`vector` is the share of the vector against keywords, `keys` multiplies the shipped weights of component, symptom and code agreement, `graph` is the weight of the walk',
    shipped: { vector: fusionWeights.vector, keys: 1, graph: fusionWeights.graph }, chosen,
    heldOut: { 'same-model-year': summary(held.restricted), 'text-only': summary(held.open) },
    grid: grid.map(weights => ({
      ...weights, 'same-model-year': summary(measured(prepared, weights, true)), 'text-only': summary(measured(prepared, weights, false)),
    })),
  }
}
