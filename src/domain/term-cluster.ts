import { z } from 'zod'
import { Growth } from './collective-view.ts'

/** Clauses that no key fits and that say alike, with what a person needs to name them. */
export const TermCluster = z.object({
  clusterId: z.string(),
  language: z.enum(['en', 'zh']),
  clauses: z.int().min(1),
  reports: z.int().min(1),
  vehicles: z.int().min(0),
  firstAt: z.string(),
  lastAt: z.string(),
  growth: Growth,
  examples: z.array(z.object({ feedbackId: z.string(), text: z.string() })),
  /** Components named in the clauses, most often first. */
  components: z.array(z.object({ key: z.string(), clauses: z.int().min(1) })),
  /** Keys that lie nearest, with the cosine similarity of the words or, where clauses were embedded, of the meaning. */
  nearest: z.array(z.object({ kind: z.enum(['component', 'symptom']), key: z.string(), label: z.string(), score: z.number() })),
  proposedForm: z.string().nullable(),
  /** The same of the clauses in the other language; null where there is none, or they share no words. */
  otherForm: z.string().nullable(),
})
export type TermCluster = z.infer<typeof TermCluster>
