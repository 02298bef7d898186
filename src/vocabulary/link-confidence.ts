/**
 * Weight of a mention by how its words were met, in [0, 1]: which of two mentions of one symptom is looked at first. What a reader is told is the
 * chance the judge gives (`link-judge.ts`).
 */
export const linkWeights = {
  /** A surface form as written in the vocabulary. */
  form: 0.94,
  /** A form with other words in its gap. */
  gapped: 0.88,
  /** Words of failure read with the component beside them. */
  faultWords: 0.86,
  /** A word that often means something else. */
  weak: 0.6,
} as const

/** A long form is rarely met by accident: up to .03 more, never above .97. */
export const withLength = (weight: number, characters: number): number =>
  Math.min(0.97, Number((weight + Math.min(characters, 12) * 0.0025).toFixed(3)))
