import { z } from 'zod'
import { FishboneError } from '../domain/error.ts'
import type { VocabularyFiles } from './vocabulary-files.ts'

/** Signs with a meaning in patterns, and control characters: a form that a stranger's text proposes is plain words. */
const unsafe = /[{}|@~…^\p{Cc}\p{Cf}\p{Co}\p{Cs}]/u

/** Plain words of 2 to 60 characters: at least two letters or Han characters, no pattern signs, no control characters. */
export const PlainForm = z
  .string()
  .trim()
  .min(2)
  .max(60)
  .refine(form => !unsafe.test(form), 'plain words, without { } | @ ~ … ^ and control characters')
  .refine(form => (form.match(/\p{L}/gu)?.length ?? 0) >= 2, 'at least two letters')

/** A surface form that a person accepted for a key the vocabulary has. */
export const AcceptedTerm = z.strictObject({
  kind: z.enum(['component', 'symptom']),
  key: z.string().min(1).max(200),
  language: z.enum(['en', 'zh']),
  form: PlainForm,
  clusterId: z.string().max(100).nullable(),
  acceptedAt: z.string(),
  acceptedBy: z.string().max(200),
})
export type AcceptedTerm = z.infer<typeof AcceptedTerm>

/** A cluster that a person set aside: it is not proposed again while it stands for the same clause. */
export const RejectedCluster = z.strictObject({ clusterId: z.string().max(100), reason: z.string().max(500), rejectedAt: z.string(), rejectedBy: z.string().max(200) })
export type RejectedCluster = z.infer<typeof RejectedCluster>

/** What people of this site decided about proposed terms; kept in the data folder, over the vocabulary as shipped. */
export const SiteTerms = z.strictObject({ terms: z.array(AcceptedTerm).max(10_000), rejected: z.array(RejectedCluster).max(10_000) })
export type SiteTerms = z.infer<typeof SiteTerms>

export const noSiteTerms: SiteTerms = { terms: [], rejected: [] }

/** @throws FB_VOCABULARY_INVALID with the place of each fault. */
export function parseSiteTerms(content: unknown): SiteTerms {
  const parsed = SiteTerms.safeParse(content)
  if (parsed.success) return parsed.data
  const faults = parsed.error.issues.map(issue => `accepted-terms.json ${issue.path.join('.')}: ${issue.message}`)
  throw new FishboneError('FB_VOCABULARY_INVALID', `the accepted terms do not match their schema: ${faults.slice(0, 5).join('; ')}`, { cause: parsed.error, details: { faults } })
}

type Terms = Record<string, { forms: { en: unknown[]; zh: unknown[] } }>

/**
 * The files with accepted forms added to their keys; the files given stay as they are, so that the version differs. A key that the shipped
 * vocabulary no longer has takes its terms with it.
 */
export function withAcceptedTerms(files: VocabularyFiles, terms: readonly AcceptedTerm[]): VocabularyFiles {
  if (terms.length === 0) return files
  const extended = structuredClone(files)
  const tables: Record<AcceptedTerm['kind'], Terms> = { component: extended.components.components, symptom: extended.symptoms.symptoms }
  extended.accepted = {}
  for (const { kind, key, language, form } of terms) {
    tables[kind][key]?.forms[language].push(form)
    if (key in tables[kind]) (extended.accepted[key] ??= []).push(form)
  }
  return extended
}
