import { z } from 'zod'
import { defineQuery } from '../define-query.ts'

const text = z.string()
const maybe = text.nullable()
const maybeNumber = z.number().nullable()
const outcomes = z.strictObject({ outcome: z.enum(['created', 'updated', 'unchanged']), rows: z.int() })
const term = z.object({ id: text, labelEn: text, labelZh: text, definition: text })
const signal = { id: text, make: text, model: text, name: text }

/** Statements that write reference rows and the vocabulary. */
export const referenceQueries = {
  writeDtcDefinitions: defineQuery({
    file: 'ingest/write-dtc-definitions.cypher',
    mode: 'WRITE',
    params: z.object({ rows: z.array(z.object({ id: text, code: text, maker: text, meaning: text, language: text })) }),
    row: outcomes,
    sample: { rows: [{ id: 'P0AA6/KIA', code: 'P0AA6', maker: 'KIA', meaning: 'isolation fault', language: 'en' }] },
  }),
  writeDtcSuspects: defineQuery({
    file: 'ingest/write-dtc-suspects.cypher',
    mode: 'WRITE',
    params: z.object({ rows: z.array(z.object({ code: text, componentId: text, rank: maybeNumber })) }),
    row: outcomes,
    sample: { rows: [{ code: 'P0AA6', componentId: 'traction-battery', rank: 1 }] },
  }),
  writeSignalDefinitions: defineQuery({
    file: 'ingest/write-signal-definitions.cypher',
    mode: 'WRITE',
    params: z.object({ rows: z.array(z.object({ ...signal, label: maybe, unit: maybe, min: maybeNumber, max: maybeNumber })) }),
    row: outcomes,
    sample: { rows: [{ id: 'KIA/EV6/SOC', make: 'KIA', model: 'EV6', name: 'SOC', label: 'State of charge', unit: 'percent', min: 0, max: 100 }] },
  }),
  writeSignalRanges: defineQuery({
    file: 'ingest/write-signal-ranges.cypher',
    mode: 'WRITE',
    params: z.object({
      rows: z.array(
        z.object({ ...signal, seen: z.number(), lowest: z.number(), p01: z.number(), p50: z.number(), p99: z.number(), highest: z.number() }),
      ),
    }),
    row: outcomes,
    sample: { rows: [{ id: 'KIA/EV6/SOC', make: 'KIA', model: 'EV6', name: 'SOC', seen: 9, lowest: 1, p01: 1, p50: 50, p99: 99, highest: 99 }] },
  }),
  writeComponents: defineQuery({
    file: 'ingest/write-vocabulary-components.cypher',
    mode: 'WRITE',
    params: z.object({ terms: z.array(term.extend({ parent: maybe })) }),
    row: z.strictObject({}),
    sample: { terms: [{ id: 'unclassified', labelEn: 'Unclassified', labelZh: '未分类', definition: 'named and not known', parent: null }] },
  }),
  writeSymptoms: defineQuery({
    file: 'ingest/write-vocabulary-symptoms.cypher',
    mode: 'WRITE',
    params: z.object({ terms: z.array(term) }),
    row: z.strictObject({}),
    sample: { terms: [{ id: 'smoke', labelEn: 'Smoke', labelZh: '冒烟', definition: 'visible smoke' }] },
  }),
  writeHazards: defineQuery({
    file: 'ingest/write-vocabulary-hazards.cypher',
    mode: 'WRITE',
    params: z.object({ terms: z.array(term) }),
    row: z.strictObject({}),
    sample: { terms: [{ id: 'fire', labelEn: 'Fire', labelZh: '起火', definition: 'the car burns' }] },
  }),
} as const
