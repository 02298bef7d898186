import { readFileSync } from 'node:fs'
import { firstHit, mean, reciprocalRank } from '../../src/retrieval/metrics.ts'
import type { BenchProduct } from './lines.ts'
import type { readPublicPairs } from './public-pairs.ts'
import { openSearch } from './search-line.ts'

const shown = 10

/**
 * To choose on, not to judge by: complaints that nobody labelled, drawn by hash, told again in Chinese. Their recall is not known, so each is held against what
 * its English original finds: where the original's first case stands (`mrr`), and how many of its first ten are among the first ten (`overlap`).
 */
export async function measureAgreement(product: BenchProduct, { unlabelled }: Pick<ReturnType<typeof readPublicPairs>, 'unlabelled'>, file: string) {
  const told = readFileSync(file, 'utf8').trim().split('\n').map(row => JSON.parse(row) as { complaint: string; text: string })
  const english = new Map(unlabelled.map(({ sourceId, text }) => [sourceId, text]))
  const search = openSearch(product, { lookEveryMs: 3_600_000 })
  const idsOf = async (text: string): Promise<string[]> => (await search({ text, limit: 200, diverse: false })).items.map(({ caseId }) => caseId)
  const reciprocal: number[] = []
  const overlap: number[] = []
  for (const { complaint, text } of told) {
    const original = english.get(complaint)
    if (original === undefined) continue
    const [ofOriginal, ofRetelling] = [await idsOf(original), await idsOf(text)]
    reciprocal.push(reciprocalRank(firstHit(ofRetelling, new Set(ofOriginal.slice(0, 1)))))
    const first = new Set(ofRetelling.slice(0, shown))
    overlap.push(ofOriginal.slice(0, shown).filter(id => first.has(id)).length / shown)
  }
  return { complaints: reciprocal.length, mrr: mean(reciprocal), overlap: mean(overlap) }
}
