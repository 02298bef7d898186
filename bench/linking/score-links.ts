import type { LabelledText, Slot } from './labelled-texts.ts'

/** Counts behind a micro-averaged F1. */
export type Hits = { predicted: number; right: number; due: number; met: number }

export const noHits: Hits = { predicted: 0, right: 0, due: 0, met: 0 }

export const addHits = (a: Hits, b: Hits): Hits => ({ predicted: a.predicted + b.predicted, right: a.right + b.right, due: a.due + b.due, met: a.met + b.met })

export const timesHits = ({ predicted, right, due, met }: Hits, weight: number): Hits => ({ predicted: predicted * weight, right: right * weight, due: due * weight, met: met * weight })

/** With a second key that answers a slot anew counted as wrong: it tells a fault twice. */
export const oncePerSlot = (hits: Hits): Hits => ({ ...hits, right: Math.min(hits.right, hits.met) })

/** A key that fits some slot is right; a slot that must be filled and is not counts against recall. */
export function scoreKeys(keys: ReadonlySet<string>, slots: readonly Slot[]): Hits {
  const isMet = (slot: Slot): boolean => [...slot.accepts].some(key => keys.has(key))
  const due = slots.filter(slot => !slot.isOptional || isMet(slot))
  return {
    predicted: keys.size,
    right: [...keys].filter(key => slots.some(({ accepts }) => accepts.has(key))).length,
    due: due.length,
    met: due.filter(isMet).length,
  }
}

const round = (value: number): number => Number(value.toFixed(3))

export function microF1({ predicted, right, due, met }: Hits): { precision: number; recall: number; f1: number } {
  const precision = predicted === 0 ? 0 : right / predicted
  const recall = due === 0 ? 0 : met / due
  return { precision: round(precision), recall: round(recall), f1: round(precision + recall === 0 ? 0 : (2 * precision * recall) / (precision + recall)) }
}

/** Small linear congruential generator (Numerical Recipes): the same intervals each run. */
export function createRandom(seed: number): () => number {
  let state = seed >>> 0
  return () => (state = (Math.imul(state, 1664525) + 1013904223) >>> 0) / 2 ** 32
}

/**
 * A statistic of scored texts with its 95 % percentile interval under resampling of whole families, 2,000 times: texts of a family are alike.
 */
export function withInterval<T>(scored: readonly { text: LabelledText; score: T }[], statistic: (scores: readonly T[]) => number): { value: number; interval: [number, number] } {
  const byFamily = new Map<string, T[]>()
  for (const { text, score } of scored) byFamily.set(text.family, [...(byFamily.get(text.family) ?? []), score])
  const families = [...byFamily.values()]
  const random = createRandom(5)
  const values = Array.from({ length: 2_000 }, () =>
    statistic(Array.from({ length: families.length }, () => families[Math.floor(random() * families.length)] ?? []).flat())).sort((a, b) => a - b)
  return { value: round(statistic(scored.map(({ score }) => score))), interval: [round(values[50] ?? 0), round(values[1_949] ?? 0)] }
}
