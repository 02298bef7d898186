import { z } from 'zod'
import { gramsOf } from '../../vocabulary/text-grams.ts'

/** A logistic model over the grams of a text and features beside them, as fitted by `bench/fit-triage.ts`. */
export const TextJudge = z.strictObject({
  /** Weights of features by name; `bias` is one of them. */
  features: z.record(z.string(), z.number()),
  /** Weights of grams. */
  grams: z.record(z.string(), z.number()),
  /** Chance from which on the answer is yes. */
  cut: z.number().min(0).max(1),
})
export type TextJudge = z.infer<typeof TextJudge>

/** Grams of a text that the model knows, each once. */
export const knownGrams = (text: string, grams: Readonly<Record<string, number>>): string[] => [...new Set(gramsOf(text))].filter(gram => Object.hasOwn(grams, gram))

/**
 * 1 / (1 + e^−(Σ w·f + Σ w of the grams met / √their number)): a text twice as long is not twice as sure.
 *
 * @param text a reading copy.
 * @returns the chance of yes, and the grams that speak most for no and for yes.
 */
export function askTextJudge({ features: weights, grams }: Pick<TextJudge, 'features' | 'grams'>, text: string, features: Readonly<Record<string, number>>): { chance: number; for: string[]; against: string[] } {
  const known = knownGrams(text, grams)
  let sum = 0
  for (const name in features) sum += (weights[name] ?? 0) * (features[name] as number)
  for (const gram of known) sum += (grams[gram] as number) / Math.sqrt(known.length)
  // Trigrams of a word (`~abc`) tell a machine, not a person.
  const legible = known.filter(gram => !gram.startsWith('~') && gram.length > 1).toSorted((a, b) => (grams[a] as number) - (grams[b] as number))
  const strongest = (of: string[], sign: number): string[] => of.filter(gram => sign * (grams[gram] as number) > 0).slice(0, 3)
  return { chance: 1 / (1 + Math.exp(-sum)), for: strongest(legible.toReversed(), 1), against: strongest(legible, -1) }
}
