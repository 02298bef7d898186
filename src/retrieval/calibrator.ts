import { setImmediate as nextTurn } from 'node:timers/promises'
import type { Background } from './background.ts'
import { commonUsual, momentsOf, plainUsual, usualOf, zScore, type Moments, type Usual } from './calibration.ts'
import type { CaseIndex, IndexedCase } from './case-index.ts'
import { bestOfTexts } from './fuse-texts.ts'
import { fuseChannels, type TextChannels } from './fusion.ts'
import { createNearest, type Nearest } from './walk-seeds.ts'

/** Where there is neither complaint nor second case to compare with: what e5 and BM25 gave unrelated texts on the public complaints. */
const unknownUsual = { keyword: { mean: 0.05, deviation: 0.05 }, vector: { mean: 0.79, deviation: 0.025 } } as const
type TextChannel = keyof typeof unknownUsual
const textChannels = ['keyword', 'vector'] as const

/** Cases measured between two turns of the event loop. */
const casesPerTurn = 16

/** Turns raw scores into z-scores per text, and those of several texts of a case into one that is no larger for their number. */
export type Calibrator = {
  /** Measures some cases against the background; the others keep what was measured before. */
  measure(index: CaseIndex, cases: Iterable<IndexedCase>): Promise<void>
  keyword(document: number, score: number): number
  vector(document: number, cosineSimilarity: number): number
  usual(channel: TextChannel, document: number): Usual
  /** Which cases each background text resembles most. */
  readonly nearest: Nearest
  /**
   * One value from those of a case's texts, its own prose first: half the prose, half the best of all, held against what the same texts give the
   * background, so that ten examples promise no more than one.
   */
  ofTexts(texts: readonly { document: number; z: TextChannels }[]): number
}

type Raw = Record<TextChannel, Float32Array>
type Measurements = { language: string; isProse: boolean; moments: Record<TextChannel, Moments> }

export function createCalibrator(background: Background): Calibrator {
  const measurements = new Map<number, Measurements>()
  /** Scores of the background itself, of cases with several texts only. */
  const raw = new Map<number, Raw>()
  // Arrays by document number: read for every case of the graph in every search.
  const usual: Record<TextChannel, (Usual | undefined)[]> = { keyword: [], vector: [] }
  const nearest = createNearest(background.size)
  const usualOfTexts = new Map<string, { own: Usual; fused: Usual }>()

  const usualFor = (channel: TextChannel, document: number): Usual => usual[channel][document] ?? unknownUsual[channel]

  /** What is usual over all texts of a kind and language: complaints resemble complaints more than cases do. */
  const settle = (live: ReadonlySet<number>): void => {
    for (const document of measurements.keys()) if (!live.has(document)) measurements.delete(document)
    for (const document of raw.keys()) if (!live.has(document)) raw.delete(document)
    usualOfTexts.clear()
    const groups = new Map<string, [number, Measurements][]>()
    for (const entry of measurements) {
      const name = `${entry[1].language}|${entry[1].isProse}`
      const group = groups.get(name) ?? []
      groups.set(name, group)
      group.push(entry)
    }
    for (const channel of textChannels) {
      usual[channel] = []
      for (const group of groups.values()) {
        const common = commonUsual(group.map(([, { moments }]) => moments[channel]), unknownUsual[channel])
        for (const [document, { moments }] of group) usual[channel][document] = usualOf(moments[channel], common)
      }
    }
  }

  const measureCase = (index: CaseIndex, { caseId, texts }: IndexedCase): void => {
    const feedbackIds = new Set(texts.map(({ feedbackId }) => feedbackId).filter(id => id !== null))
    for (const { document, language, feedbackId } of texts) {
      const measured = { caseId, feedbackIds, document, language }
      const scores: Raw = { keyword: background.keyword(index.corpus, measured), vector: background.vector(index.vectors, measured) }
      measurements.set(document, {
        language, isProse: feedbackId === null, moments: { keyword: momentsOf(scores.keyword), vector: momentsOf(scores.vector) },
      })
      if (texts.length > 1) raw.set(document, scores)
      else raw.delete(document)
      if (feedbackId === null) offerNearest(caseId, scores)
    }
  }

  const offerNearest = (caseId: string, { keyword, vector }: Raw): void => {
    const usualHere = { keyword: plainUsual(keyword), vector: plainUsual(vector) }
    for (let text = 0; text < background.size; text++) {
      const z = { keyword: zScore(keyword[text]!, usualHere.keyword), vector: zScore(vector[text]!, usualHere.vector) }
      const fused = fuseChannels({ keyword: z.keyword, vector: Number.isNaN(z.vector) ? null : z.vector })
      if (fused > 1) nearest.offer(text, { caseId, z: fused })
    }
  }

  /** What the background gets from one text, in the channels that the question has. */
  const backgroundOf = (document: number, { keyword, vector }: TextChannels): number[] => {
    const scores = raw.get(document)
    const z = (channel: TextChannel, text: number): number | null => {
      const score = scores?.[channel][text] ?? NaN
      return Number.isNaN(score) ? null : zScore(score, usualFor(channel, document))
    }
    return Array.from({ length: background.size }, (_, text) => {
      const channels = { keyword: keyword === null ? null : z('keyword', text), vector: vector === null ? null : z('vector', text) }
      return channels.keyword === null && channels.vector === null ? NaN : fuseChannels(channels)
    })
  }

  const usualOfSeveral = (texts: readonly { document: number; z: TextChannels }[]): { own: Usual; fused: Usual } => {
    const key = texts.map(({ document, z }) => `${document}${z.keyword === null ? '' : 'k'}${z.vector === null ? '' : 'v'}`).join(',')
    const known = usualOfTexts.get(key)
    if (known) return known
    const scores = texts.map(({ document, z }) => backgroundOf(document, z))
    const of = scores[0]!.map((own, text) => (Number.isNaN(own) ? NaN : bestOfTexts(scores.map(one => one[text]!).filter(score => !Number.isNaN(score)))))
    const settled = { own: plainUsual(scores[0]!), fused: plainUsual(of) }
    usualOfTexts.set(key, settled)
    return settled
  }

  return {
    nearest,
    async measure(index, cases) {
      const given = [...cases]
      nearest.forget(new Set(given.map(({ caseId }) => caseId)))
      let measured = 0
      for (const one of given) {
        measureCase(index, one)
        if (++measured % casesPerTurn === 0) await nextTurn()
      }
      settle(new Set([...index.all()].flatMap(({ texts }) => texts.map(({ document }) => document))))
    },
    keyword: (document, score) => zScore(score, usualFor('keyword', document)),
    vector: (document, cosineSimilarity) => zScore(cosineSimilarity, usualFor('vector', document)),
    usual: usualFor,
    ofTexts(texts) {
      const best = bestOfTexts(texts.map(({ z }) => fuseChannels(z)))
      if (texts.length === 1) return best
      const { own, fused } = usualOfSeveral(texts)
      return zScore(best, fused) * own.deviation + own.mean
    },
  }
}
