import { z } from 'zod'

/** Start and end (exclusive) in UTF-16 units of the redacted text. */
export const Span = z.tuple([z.int().min(0), z.int().min(0)])
export type Span = z.infer<typeof Span>

/** What was said about one clause's modality: none of the three counts as an event of this report's date. */
export const Modality = z.object({ negated: z.boolean(), past: z.boolean(), hypothetical: z.boolean() })
export type Modality = z.infer<typeof Modality>

/** How a text was tied to a key. */
export const LinkMethod = z.enum(['alias', 'tfidf', 'embedding', 'dtc', 'repair', 'declared'])
export type LinkMethod = z.infer<typeof LinkMethod>

/** One pair a text speaks of; a side that was not said stays null. `confidence` is in [0, 1]. */
export const Finding = Modality.extend({
  component: z.string().nullable(),
  symptom: z.string().nullable(),
  confidence: z.number().min(0).max(1),
  span: Span,
  method: LinkMethod,
})
export type Finding = z.infer<typeof Finding>

export const LinkedComponent = z.object({
  key: z.string(),
  label: z.string(),
  confidence: z.number().min(0).max(1),
  span: Span,
  method: LinkMethod,
  /** Why a component that the text does not name is linked; absent where the words say it. */
  reason: z.string().optional(),
})
export type LinkedComponent = z.infer<typeof LinkedComponent>

export const LinkedSymptom = LinkedComponent.extend(Modality.shape)
export type LinkedSymptom = z.infer<typeof LinkedSymptom>

/** A fault code with its failure type byte, where one is known; `confirmed` by the status byte of ISO 14229. */
export const NamedDtc = z.object({
  code: z.string(),
  failureType: z.string().nullable(),
  confirmed: z.boolean().nullable(),
  meaning: z.string().nullable(),
})
export type NamedDtc = z.infer<typeof NamedDtc>

export const textLanguages = ['zh', 'en', 'mixed', 'other'] as const
export const TextLanguage = z.enum(textLanguages)
export type TextLanguage = z.infer<typeof TextLanguage>

/** What a text is about, before fields and fault codes of the record weigh in. */
export type TextLinks = {
  language: TextLanguage
  findings: Finding[]
  components: LinkedComponent[]
  symptoms: LinkedSymptom[]
  /** Codes quoted in the text, canonical (`P0AA6`), with the span of each mention. */
  dtcs: { code: string; failureType: string | null; span: Span }[]
}
