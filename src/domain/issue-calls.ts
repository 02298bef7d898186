import { z } from 'zod'
import { issueStates } from './issue.ts'

const note = z.string().trim().min(1).max(5_000)
const value = z.string().trim().min(1).max(500).nullable().optional()

/** Body of `PATCH /v1/issues/{id}`; null takes a value back, an absent field leaves it. */
export const EditIssueRequest = z.strictObject({ externalRef: value, owner: value, department: value, note: note.optional() }).refine(edit => Object.keys(edit).length > 0, 'must change something')
export type EditIssueRequest = z.infer<typeof EditIssueRequest>

/** Body of `POST /v1/issues/{id}/transitions`. */
export const TransitionRequest = z.strictObject({ to: z.enum(issueStates), note: note.nullish() })
export type TransitionRequest = z.infer<typeof TransitionRequest>

/** Body of `POST /v1/issues/{id}/merge`. */
export const MergeIssueRequest = z.strictObject({ into: z.string().min(1).max(200), reason: note })
export type MergeIssueRequest = z.infer<typeof MergeIssueRequest>

/** Body of `POST /v1/issues/{id}/unmerge`; may be left out. */
export const UnmergeIssueRequest = z.strictObject({ reason: note.nullish() }).optional()
export type UnmergeIssueRequest = z.infer<typeof UnmergeIssueRequest>

/** Body of `POST /v1/issues/{id}/split`. */
export const SplitIssueRequest = z.strictObject({
  feedbackIds: z.array(z.string().min(1).max(300)).min(1).max(1_000).refine(ids => new Set(ids).size === ids.length, 'must name each feedback once'),
  reason: note,
})
export type SplitIssueRequest = z.infer<typeof SplitIssueRequest>
