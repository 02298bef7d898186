import { z } from 'zod'
import { FishboneError } from '../../domain/error.ts'
import { referenceItem, type ReferenceItem } from './reference-rows.ts'

/** A dictionary is one JSON document and must be held whole; real ones are under 1 MB. */
const maxDocumentBytes = 64 * 1024 * 1024

const Dictionary = z.record(
  z.string(),
  z.object({ make: z.unknown(), model: z.unknown(), name: z.unknown(), unit: z.unknown(), min: z.unknown(), max: z.unknown() }).partial(),
)

const orNull = (value: unknown): unknown => (value === undefined || value === '' ? null : value)

/**
 * Signal definitions of the OBDb project: one JSON object, signal name → make, model, label, unit and range.
 *
 * @throws FB_IMPORT_FORMAT when the document is over 64 MiB, is not JSON or is no such object.
 */
export async function* readObdbSignals(chunks: AsyncIterable<Buffer>): AsyncGenerator<ReferenceItem> {
  const held: Buffer[] = []
  let bytes = 0
  for await (const chunk of chunks) {
    bytes += chunk.length
    if (bytes > maxDocumentBytes) throw new FishboneError('FB_IMPORT_FORMAT', 'a signal dictionary is one JSON document of at most 64 MiB')
    held.push(chunk)
  }
  for (const [name, signal] of Object.entries(parseDictionary(Buffer.concat(held)))) {
    const row = {
      make: signal.make, model: signal.model, name, label: orNull(signal.name), unit: orNull(signal.unit), min: orNull(signal.min), max: orNull(signal.max),
    }
    yield referenceItem('signal-definitions', row, 1, { [name]: signal })
  }
}

const parseDictionary = (bytes: Buffer): z.infer<typeof Dictionary> => {
  try {
    return Dictionary.parse(JSON.parse(bytes.toString('utf8').replace(/^\uFEFF/, '')))
  } catch (cause) {
    throw new FishboneError('FB_IMPORT_FORMAT', 'a signal dictionary is one JSON object: signal name to make, model, name, unit, min and max', { cause })
  }
}
