/**
 * Rule weights of a link, in [0, 1]. They order links and keep guesses under the line of a suggestion (0.8, see the retrieval note);
 * they are set by hand, not calibrated: 0.9 does not mean nine in ten.
 */
export const linkWeights = {
  /** A surface form as written in the vocabulary. */
  form: 0.94,
  /** A form with other words in its gap. */
  gapped: 0.88,
  /** Words of failure read with the component beside them. */
  faultWords: 0.86,
  /** An ambiguous word that its context decides. */
  settled: 0.88,
  /** An ambiguous word taken in its most common sense. */
  unsettled: 0.6,
  /** A word that often means something else. */
  weak: 0.6,
  /** A component that only follows from the symptom. */
  implied: 0.6,
  /** Only a fault code points there. */
  dtc: 0.55,
} as const

/** What remains of a finding's confidence by how far its two sides stand apart. */
export const pairingWeights = { named: 1, sameClause: 1, neighbouringClause: 0.93, previousSentence: 0.75 } as const
export type Closeness = keyof typeof pairingWeights

/** A long form is rarely met by accident: up to .03 more, never above .97. */
export const withLength = (weight: number, characters: number): number =>
  Math.min(0.97, Number((weight + Math.min(characters, 12) * 0.0025).toFixed(3)))

/**
 * Share of right answers by TF-IDF cosine, measured on those labelled `dev` texts in which no form is met, with the forms as they were before
 * the labels (`bench/labelled`, vocabulary of 9beca24) and the spoken sentences, whose writers saw no label: 17 of 20 from .14, 41 of 60 from
 * .09, about half of what is below: no link, a clause for the queue.
 */
const neighbourShares = [{ from: 0.14, share: 0.85 }, { from: 0.09, share: 0.68 }] as const

/** Calibrated confidence of a link by resemblance alone; null where it is too far for a link. */
export const neighbourConfidence = (cosine: number): number | null => neighbourShares.find(({ from }) => cosine >= from)?.share ?? null
