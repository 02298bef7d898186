import { z } from 'zod'

const name = z.string().trim().min(1).max(200)

/** What a fault code means, for one maker. Key (`code`, `maker`); `GENERIC` is the fall-back where the maker has no meaning of its own. */
export const DtcDefinition = z.object({
  code: z.string().regex(/^[PCBU][0-9A-F]{4}$/),
  /** Upper case; `GENERIC` for the codes of the standard. */
  maker: name,
  meaning: z.string().trim().min(1).max(2_000),
  /** Language of `meaning`, ISO 639-1. */
  language: z.string().trim().min(2).max(20),
})
export type DtcDefinition = z.infer<typeof DtcDefinition>

/** A component a generic fault code points at. Key (`code`, `component`). */
export const DtcSuspect = z.object({
  code: z.string().regex(/^[PCBU][0-9A-F]{4}$/),
  /** A vocabulary key, or a free word: then, as everywhere, a component under `unclassified`. */
  component: name,
  /** Position in the source's order of suspicion, 1 first; null where it gives none. */
  rank: z.int().min(1).nullable(),
})
export type DtcSuspect = z.infer<typeof DtcSuspect>

/** What a signal of one model is. Key (`make`, `model`, `name`). */
export const SignalDefinition = z.object({
  make: name,
  model: name,
  name,
  /** What a person calls it. */
  label: z.string().trim().min(1).max(500).nullable(),
  /** As the source spells it: `volts`, `celsius`, `scalar`. */
  unit: name.nullable(),
  /** What can be sent at all, not what is normal. */
  min: z.number().nullable(),
  max: z.number().nullable(),
})
export type SignalDefinition = z.infer<typeof SignalDefinition>

/** What a signal of one model has been seen to be, in its own unit. Key (`make`, `model`, `name`). */
export const SignalRange = z.object({
  make: name,
  model: name,
  name,
  /** Numeric values read. */
  seen: z.int().min(1),
  lowest: z.number(),
  p01: z.number(),
  p50: z.number(),
  p99: z.number(),
  highest: z.number(),
})
export type SignalRange = z.infer<typeof SignalRange>

/** Kinds of reference rows, with the schema of one row. They are master data: the last row of a key stands. */
export const referenceSchemas = {
  'dtc-definitions': DtcDefinition,
  'dtc-suspects': DtcSuspect,
  'signal-definitions': SignalDefinition,
  'signal-ranges': SignalRange,
} as const

export type ReferenceKind = keyof typeof referenceSchemas
export type ReferenceOf = {
  'dtc-definitions': DtcDefinition
  'dtc-suspects': DtcSuspect
  'signal-definitions': SignalDefinition
  'signal-ranges': SignalRange
}
