import { notQuality } from '../../src/vocabulary/symptom-features.ts'
import type { ReadText } from './read-texts.ts'

/** From this share of the findings of a symptom on, one that readers took for right as well is another name for it; `unseen` findings without keep rare symptoms apart. */
const leastShare = 0.15
const unseen = 5

/** By symptom, those that labels often accept instead of it. */
export function otherNames(texts: readonly ReadText[]): Record<string, string[]> {
  const told = new Map<string, number>()
  const instead = new Map<string, Map<string, number>>()
  for (const { accepts } of texts.flatMap(({ slots }) => slots)) {
    for (const key of accepts) {
      told.set(key, (told.get(key) ?? 0) + 1)
      const others = instead.get(key) ?? new Map<string, number>()
      for (const other of accepts) if (other !== key) others.set(other, (others.get(other) ?? 0) + 1)
      instead.set(key, others)
    }
  }
  const isOften = (key: string, count: number): boolean => count / ((told.get(key) as number) + unseen) >= leastShare
  const names = [...instead].sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, others]) => [key, [...others].filter(([other, count]) => other !== notQuality && isOften(key, count)).map(([other]) => other).sort()] as const)
  return Object.fromEntries(names.filter(([key, others]) => key !== notQuality && others.length > 0))
}
