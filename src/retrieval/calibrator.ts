import { setImmediate as nextTurn } from 'node:timers/promises'
import type { Background } from './background.ts'
import { commonUsual, usualOf, zScore, type Moments, type Usual } from './calibration.ts'
import type { CaseIndex, IndexedCase } from './case-index.ts'

/** Where there is neither complaint nor second case to compare with: what e5 and BM25 gave unrelated texts on the public complaints. */
const unknownUsual = { keyword: { mean: 0.05, deviation: 0.05 }, vector: { mean: 0.79, deviation: 0.025 } } as const

/** Cases measured between two turns of the event loop. */
const casesPerTurn = 16

/** Turns raw scores into z-scores per case. */
export type Calibrator = {
  /** Measures some cases against the background; the others keep what was measured before. */
  measure(index: CaseIndex, cases: Iterable<IndexedCase>): Promise<void>
  keyword(document: number, score: number): number
  vector(document: number, cosineSimilarity: number): number
}

export function createCalibrator(background: Background): Calibrator {
  const moments = { keyword: new Map<number, Moments>(), vector: new Map<number, Moments>() }
  // Arrays by document number: read for every case of the graph in every search.
  const usual: Record<'keyword' | 'vector', (Usual | undefined)[]> = { keyword: [], vector: [] }

  const settle = (channel: 'keyword' | 'vector', live: ReadonlySet<number>): void => {
    for (const document of moments[channel].keys()) if (!live.has(document)) moments[channel].delete(document)
    const common = commonUsual(moments[channel].values(), unknownUsual[channel])
    usual[channel] = []
    for (const [document, one] of moments[channel]) usual[channel][document] = usualOf(one, common)
  }

  return {
    async measure(index, cases) {
      let measured = 0
      for (const { caseId, document } of cases) {
        moments.keyword.set(document, background.keyword(index.corpus, caseId, document))
        moments.vector.set(document, background.vector(index.vectors, caseId, document))
        if (++measured % casesPerTurn === 0) await nextTurn()
      }
      const live = new Set([...index.all()].map(({ document }) => document))
      settle('keyword', live)
      settle('vector', live)
    },
    keyword: (document, score) => zScore(score, usual.keyword[document] ?? unknownUsual.keyword),
    vector: (document, cosineSimilarity) => zScore(cosineSimilarity, usual.vector[document] ?? unknownUsual.vector),
  }
}
