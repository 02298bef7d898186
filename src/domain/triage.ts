import { z } from 'zod'
import { Finding, LinkedComponent, LinkedSymptom, NamedDtc, TextLanguage } from './finding.ts'

export const HazardFinding = z.object({ key: z.string(), reason: z.string(), nearMiss: z.boolean() })
export type HazardFinding = z.infer<typeof HazardFinding>

/** Severity 1–10 as in FMEA; 9 and 10 are safety. */
export const Severity = z.object({ level: z.int().min(1).max(10), reasons: z.array(z.string()) })
export type Severity = z.infer<typeof Severity>

export const CaseFacets = z.object({
  text: z.number(),
  component: z.boolean(),
  symptom: z.boolean(),
  dtc: z.boolean(),
  model: z.boolean().nullable(),
  modelYear: z.boolean().nullable(),
  /** Whether the case affected a part, lot or software version that the text names or the car has; null where none is known of. */
  part: z.boolean().nullable().optional(),
  lot: z.boolean().nullable().optional(),
  version: z.boolean().nullable().optional(),
})
export type CaseFacets = z.infer<typeof CaseFacets>

/** `triage` of the API contract. What this build cannot tell yet is `null` or `[]`, never missing. */
export const Triage = z.object({
  qualityIssue: z.boolean(),
  /** The rule that drew the line between a quality issue and what is none, in words. */
  qualityReason: z.string().optional(),
  language: TextLanguage,
  text: z.string(),
  findings: z.array(Finding.omit({ method: true })),
  components: z.array(LinkedComponent),
  symptoms: z.array(LinkedSymptom.omit({ hypothetical: true })),
  dtcs: z.array(NamedDtc),
  severity: Severity.nullable(),
  hazards: z.array(HazardFinding),
  department: z.object({ key: z.string(), reason: z.string(), name: z.object({ en: z.string(), zh: z.string() }).optional() }).nullable(),
  duplicates: z.array(
    z.object({
      feedbackId: z.string(),
      relation: z.enum(['duplicate-of', 'same-issue', 'similar']),
      score: z.number(),
      reason: z.string(),
    }),
  ),
  similarCases: z.array(z.object({ caseId: z.string(), title: z.string(), score: z.number(), facets: CaseFacets })),
  escalation: z.object({ risk: z.enum(['low', 'medium', 'high']), reasons: z.array(z.string()) }).nullable(),
  sentiment: z.object({ label: z.enum(['angry', 'neutral', 'satisfied']), score: z.number() }).nullable(),
  firstHypothesis: z
    .object({ statement: z.string(), basis: z.enum(['past-case', 'commonality', 'none']), confidence: z.number() })
    .nullable(),
  due: z.object({ firstResponseAt: z.string(), resolutionAt: z.string() }),
})
export type Triage = z.infer<typeof Triage>
