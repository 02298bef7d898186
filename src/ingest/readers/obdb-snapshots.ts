import { z } from 'zod'
import { FishboneError } from '../../domain/error.ts'
import { createQuantileSample } from './quantile-sample.ts'
import { readNdjson } from './read-ndjson.ts'
import { referenceItem, type ReferenceItem } from './reference-rows.ts'
import { recordErrors } from './schema-messages.ts'
import type { SourceLine } from './split-lines.ts'

const DecodedAnswer = z.object({
  make: z.string().trim().min(1),
  model: z.string().trim().min(1),
  values: z.record(z.string(), z.unknown()),
})

/** Bounds the memory of the samples: 20,000 signals of 4,096 values are 650 MB, far above any real set. */
const maxSignals = 20_000

const seedOf = (text: string): number => [...text].reduce((hash, letter) => Math.imul(hash ^ letter.codePointAt(0)!, 16_777_619), 2_166_136_261)

/**
 * Decoded ECU answers of the OBDb project as one range of numbers per make, model and signal. Words and switches among the values have no range and are passed over.
 *
 * @throws FB_IMPORT_FORMAT when a file names more than 20,000 signals.
 */
export async function* readObdbSnapshots(lines: AsyncIterable<SourceLine>): AsyncGenerator<ReferenceItem> {
  const signals = new Map<string, { make: string; model: string; name: string; sample: ReturnType<typeof createQuantileSample> }>()
  const sampleOf = (make: string, model: string, name: string) => {
    const key = JSON.stringify([make, model, name])
    const known = signals.get(key)
    if (known) return known.sample
    if (signals.size >= maxSignals) throw new FishboneError('FB_IMPORT_FORMAT', `the file names more than ${maxSignals} signals`)
    const sample = createQuantileSample({ seed: seedOf(key) })
    signals.set(key, { make, model, name, sample })
    return sample
  }
  for await (const item of readNdjson(lines)) {
    if (item.kind === 'refused') {
      yield { kind: 'refused', line: item.line, errors: item.errors, raw: item.raw }
      continue
    }
    const parsed = DecodedAnswer.safeParse(item.value)
    if (!parsed.success) yield { kind: 'refused', line: item.line, errors: recordErrors(DecodedAnswer, parsed.error, item.value), raw: item.value }
    else {
      const { make, model, values } = parsed.data
      for (const [name, value] of Object.entries(values)) if (typeof value === 'number') sampleOf(make, model, name).add(value)
    }
  }
  for (const { make, model, name, sample } of signals.values()) {
    yield referenceItem('signal-ranges', { make, model, name, ...sample.summary() }, 1)
  }
}
