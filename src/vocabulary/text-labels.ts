import type { VectorReading } from './prototypes.ts'
import type { TextLabels } from './vocabulary-files.ts'

/** What the text labeller hears in a text. */
export type LabelReadings = {
  symptoms: VectorReading
  components: VectorReading
  /** Chance that the text tells of a quality issue. */
  qualityIssue: number
  /** Chance of each event that it is told of this car. */
  events: Readonly<Record<string, number>>
}

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
  if (labels === undefined || !chances) return undefined
  const issue = labels.symptoms.length + labels.components.length
  if (chances.length !== issue + 1 + labels.events.length) return undefined
  return {
    symptoms: readingOf(labels.symptoms, chances.subarray(0, labels.symptoms.length)),
    components: readingOf(labels.components, chances.subarray(labels.symptoms.length, issue)),
    qualityIssue: chances[issue] as number,
    events: Object.fromEntries(labels.events.map((key, at) => [key, chances[issue + 1 + at] as number])),
  }
}
