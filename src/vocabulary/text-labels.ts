import type { VectorReading } from './prototypes.ts'
import type { TextLabels } from './vocabulary-files.ts'

/** What the text labeller hears in a text. */
export type LabelReadings = { symptoms: VectorReading; components: VectorReading; /** Chance that the text tells of a quality issue. */ qualityIssue: number }

const readingOf = (keys: readonly string[], chances: Float32Array): VectorReading => {
  const chanceOf = new Map(keys.map((key, at) => [key, chances[at] as number]))
  return {
    shareOf: key => chanceOf.get(key),
    highest: chances.reduce((a, b) => Math.max(a, b), 1e-6),
    likeliest: most => [...chanceOf].sort((a, b) => b[1] - a[1]).slice(0, most).map(([key]) => key),
  }
}

/**
 * Reads the chances of the text labeller; each label has a chance of its own, they do not add up to 1.
 *
 * @param chances as many as `labels` names, in that order.
 * @returns undefined where there are none, or they are those of other labels.
 */
export function readLabels(labels: TextLabels | undefined, chances: Float32Array | null | undefined): LabelReadings | undefined {
  if (labels === undefined || !chances || chances.length !== labels.symptoms.length + labels.components.length + 1) return undefined
  const parts = labels.symptoms.length
  const [symptoms, components] = [readingOf(labels.symptoms, chances.subarray(0, parts)), readingOf(labels.components, chances.subarray(parts, -1))]
  return { symptoms, components, qualityIssue: chances.at(-1) as number }
}
