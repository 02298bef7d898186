import { existsSync, readFileSync } from 'node:fs'
import type { CaseSnapshot } from '../../src/retrieval/case-memory.ts'
import type { Measured } from '../../src/retrieval/metrics.ts'
import { measureAcrossLanguages } from './across-languages.ts'
import { measureAgreement } from './agreement.ts'
import { measureConfirmed } from './confirmed-complaints.ts'
import { leaveOneFamilyOut } from './leave-one-family-out.ts'
import { bm25Line, measureLine, pairedDifference, settings, summaryOf, vectorLine, type BenchProduct, type Eligible, type Line, type Setting } from './lines.ts'
import { measureMultiHop } from './multi-hop.ts'
import type { JudgedComplaint, readPublicPairs } from './public-pairs.ts'
import { measureReliability, scoresOfAnyComplaint } from './reliability.ts'
import { mixedLine, zScoredLine } from './score-mix-line.ts'
import { searchLine } from './search-line.ts'

type Pairs = ReturnType<typeof readPublicPairs>
export type QualityOptions = {
  pairs: Pairs
  snapshot: CaseSnapshot
  /** Further lines by name, of libraries. */
  peers: Record<string, Line>
  /** The same complaints told in Chinese, by hand: one JSON line each with complaint and text. */
  retellings: string
  /** Unlabelled complaints told in Chinese, to choose on. */
  retold: string
  /** Incidents told in two languages. */
  incidents: string
  random: () => () => number
  say: (line: string) => void
}

const eligibleCases = (cases: Pairs['cases']): Eligible => ({ model, modelYear }: JudgedComplaint) =>
  new Set(cases.filter(({ affected }) => affected?.some(car => car.model?.toUpperCase() === model.toUpperCase() && car.modelYears?.includes(modelYear))).map(({ caseId }) => caseId))

async function linesOf(product: BenchProduct, { snapshot, peers }: QualityOptions): Promise<Record<string, Line>> {
  const embed = async (text: string): Promise<Float32Array> => (await product.embedder.embed([text], 'query'))[0]!
  const background = await product.caseStore.background({ embeddingModel: product.embedder.modelId, limit: 400 })
  return {
    fishbone: searchLine(product, { diverse: false }), 'fishbone, diverse': searchLine(product, { diverse: true }),
    bm25: bm25Line(snapshot), vector: vectorLine(snapshot, embed),
    'bm25 + e5, halves': mixedLine(snapshot, embed, 0.5), 'bm25 + e5, tuned on these pairs': mixedLine(snapshot, embed, 0.8),
    'z-scored per case, halves': zScoredLine(snapshot, embed, { weight: 0.5, background }),
    'z-scored per case, tuned on these pairs': zScoredLine(snapshot, embed, { weight: 0.65, background }),
    ...peers,
  }
}

async function measureLines(product: BenchProduct, options: QualityOptions, eligible: Eligible) {
  const results: Record<string, Record<string, unknown>> = {}
  const reciprocal: Record<string, Record<Setting, Measured[]>> = {}
  for (const [name, line] of Object.entries(await linesOf(product, options))) {
    results[name] = {}
    reciprocal[name] = {} as Record<Setting, Measured[]>
    for (const setting of settings) {
      const measured = await measureLine(line, options.pairs.hard, { setting, eligible, random: options.random })
      reciprocal[name][setting] = measured.reciprocal
      const ours = name === 'fishbone' ? null : pairedDifference(reciprocal['fishbone']![setting], measured.reciprocal, options.random)
      results[name][setting] = { ...measured.result, ...(ours && { fishboneMinusThis: ours }) }
      const { hit1, mrr, mrrFamily } = measured.result
      options.say(`${name.padEnd(40)} ${setting.padEnd(16)} hit@1 ${hit1.toFixed(3)} MRR ${mrr.toFixed(3)} family ${mrrFamily.toFixed(3)}${ours ? ` ours +${ours.mrr.toFixed(3)} [${ours.interval.map(x => x.toFixed(3)).join(', ')}]` : ''}`)
    }
  }
  return { results, ours: reciprocal['fishbone']! }
}

/** The same complaints in Chinese, all of them, beside the English ones. */
async function measureRetellings(product: BenchProduct, { pairs, retellings, random }: QualityOptions, { eligible, ours }: { eligible: Eligible; ours: Record<Setting, Measured[]> }) {
  if (!existsSync(retellings)) return null
  const told = new Map(readFileSync(retellings, 'utf8').split('\n').filter(Boolean).map(row => JSON.parse(row) as { complaint: string; text: string }).map(({ complaint, text }) => [complaint, text]))
  const queries = pairs.hard.map(query => ({ ...query, text: told.get(query.id) ?? '' }))
  const result: Record<string, unknown> = {}
  for (const setting of ['same-model-year', 'text-only'] as const) {
    const { reciprocal } = await measureLine(searchLine(product, { diverse: false }), queries, { setting, eligible, random })
    result[setting] = { english: summaryOf(ours[setting]), chinese: summaryOf(reciprocal), loss: pairedDifference(ours[setting], reciprocal, random) }
  }
  return result
}

/** Complaints of the sample that lie behind those the cases are calibrated on. */
const unmeasured = async ({ caseStore, embedder }: BenchProduct): Promise<string[]> =>
  (await caseStore.background({ embeddingModel: embedder.modelId, limit: 500 })).slice(400).map(({ text }) => text)

/** Everything about quality, in one run on one set of vectors. */
export async function measureQuality(product: BenchProduct, options: QualityOptions) {
  const { pairs, snapshot, random, say } = options
  const eligible = eligibleCases(pairs.cases)
  const { results, ours } = await measureLines(product, options, eligible)
  const step = async <T>(name: string, work: Promise<T>): Promise<T> => {
    const value = await work
    say(`${name}: ${JSON.stringify(value).slice(0, 600)}`)
    return value
  }
  return {
    lines: results,
    chinese: await step('chinese', measureRetellings(product, options, { eligible, ours })),
    acrossLanguages: await step('across languages', measureAcrossLanguages(product, options.incidents, random)),
    agreement: await step('agreement with the English original', measureAgreement(product, pairs, options.retold)),
    confirmed: await step('confirmed', measureConfirmed(product, { hard: pairs.hard, judged: pairs.judged, eligible })),
    multiHop: await step('multi-hop', measureMultiHop(product, pairs.hard, random())),
    reliability: {
      withVehicle: await step('reliability with vehicle', measureReliability(product, pairs.judged, true)),
      textOnly: await step('reliability text only', measureReliability(product, pairs.judged, false)),
      anyComplaint: await step('any complaint', scoresOfAnyComplaint(product, await unmeasured(product))),
    },
    leaveOneFamilyOut: await step('leave one family out', leaveOneFamilyOut(product, snapshot, pairs.hard, eligible)),
  }
}
