import { readFileSync } from 'node:fs'
import { z } from 'zod'
import { type LabelReadings, readLabels } from '../../src/vocabulary/text-labels.ts'
import type { TextLabels } from '../../src/vocabulary/vocabulary-files.ts'
import type { ReadText } from './read-texts.ts'

/** What a labeller that has not read the family of a text hears in it, by label; what is not named has a chance below a hundredth. */
const FoldLabels = z.object({ id: z.string(), fold: z.int(), symptoms: z.record(z.string(), z.number()), components: z.record(z.string(), z.number()), qualityIssue: z.number(), events: z.record(z.string(), z.number()) })

/** Chance of what the file leaves out. */
const hardly = 0.003

/**
 * What labellers trained without the family of a text say of it, as `bench/labeller` left it.
 *
 * @throws Error where a text is missing or was of another fold: the labeller is to be trained anew.
 */
export function readFoldLabels(file: URL, labels: TextLabels | undefined) {
  if (labels === undefined) throw new Error('there is no labeller: bench/labeller/README.md says how one is trained')
  const rows = new Map(readFileSync(file, 'utf8').split('\n').filter(Boolean).map(line => FoldLabels.parse(JSON.parse(line))).map(row => [row.id, row]))
  const chancesOf = ({ labelled: { id }, fold }: ReadText): Float32Array => {
    const row = rows.get(id)
    if (row?.fold !== fold) throw new Error(`the labeller was trained without ${id}, or with other folds: bench/labeller/README.md says how it is trained anew`)
    return Float32Array.from([...labels.symptoms.map(key => row.symptoms[key] ?? hardly), ...labels.components.map(key => row.components[key] ?? hardly), row.qualityIssue, ...labels.events.map(key => row.events[key] ?? hardly)])
  }
  return { chancesOf, read: (text: ReadText): LabelReadings => readLabels(labels, chancesOf(text)) as LabelReadings }
}
