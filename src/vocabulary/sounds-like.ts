import { readingCopy } from './reading-copy.ts'
import type { Vocabulary } from './vocabulary.ts'
import { once } from './vocabulary.ts'
import { createWordingModel } from './wording-model.ts'

/** Belief over the symptoms that a text as a whole may tell, in one order for all texts; the shares sum to 1. */
export type SoundsLike = (redactedText: string) => ArrayLike<number>

/** A text is asked for with every report it is held against. At 700 bytes each: 3.5 MB. */
const mostTexts = 5_000

/** What a text sounds like to the model that the linker judges by, whether or not a form of any symptom stands in it. Remembers the newest texts. */
export function createSoundsLike(vocabulary: Vocabulary): SoundsLike {
  const model = once(() => createWordingModel(vocabulary.files.calibration.wording))
  const known = new Map<string, ArrayLike<number>>()
  return redactedText => {
    const remembered = known.get(redactedText)
    if (remembered) return remembered
    const { text } = readingCopy(redactedText)
    const shares = model().read(text, [{ start: 0, end: text.length, sentence: 0 }]).whole()
    if (known.size >= mostTexts) known.delete(known.keys().next().value!)
    known.set(redactedText, shares)
    return shares
  }
}
