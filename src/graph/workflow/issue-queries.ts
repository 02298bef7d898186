import { z } from 'zod'
import { defineQuery } from '../define-query.ts'

const instant = z.string().min(20)
const nullableText = z.string().nullable()
const classFields = { classId: z.string(), component: nullableText, symptom: nullableText, model: nullableText }
const classSample = { classId: 'h_none', component: 'traction-battery', symptom: 'charging-stops', model: 'ES8' }

export const lockIssueClass = defineQuery({
  file: 'workflow/lock-issue-class.cypher',
  mode: 'WRITE',
  params: z.object({ ...classFields, at: instant }),
  row: z.strictObject({ classId: z.string() }),
  sample: { ...classSample, at: '2023-01-09T06:12:46.000Z' },
})

export const findIssueToJoin = defineQuery({
  file: 'workflow/find-issue-to-join.cypher',
  mode: 'READ',
  params: z.object({ feedbackId: z.string(), classId: z.string(), from: instant, to: instant, finalStates: z.array(z.string()) }),
  row: z.strictObject({ raisedId: nullableText, openId: nullableText, openVia: z.array(z.string()).nullable(), issuesOfClass: z.int().min(0) }),
  sample: {
    feedbackId: 'hotline:none',
    classId: 'h_none',
    from: '2022-12-10T06:12:46.000Z',
    to: '2023-02-08T06:12:46.000Z',
    finalStates: ['closed'],
  },
})

export const holdDuplicateGroup = defineQuery({
  file: 'workflow/hold-duplicate-group.cypher',
  mode: 'WRITE',
  params: z.object({ feedbackId: z.string() }),
  row: z.strictObject({}),
  sample: { feedbackId: 'hotline:none' },
})

export const findIssueOfGroup = defineQuery({
  file: 'workflow/find-issue-of-group.cypher',
  mode: 'READ',
  params: z.object({ feedbackId: z.string(), finalStates: z.array(z.string()) }),
  row: z.strictObject({ issueId: z.string() }),
  sample: { feedbackId: 'hotline:none', finalStates: ['closed'] },
})

export const joinIssue = defineQuery({
  file: 'workflow/join-issue.cypher',
  mode: 'WRITE',
  params: z.object({ issueId: z.string(), feedbackId: z.string(), severity: z.int().min(1).max(10).nullable(), receivedAt: instant }),
  row: z.strictObject({ issueId: z.string() }),
  sample: { issueId: 'ISS-none', feedbackId: 'hotline:none', severity: 9, receivedAt: '2023-01-09T06:12:46.000Z' },
})

export const openOrJoinIssue = defineQuery({
  file: 'workflow/open-or-join-issue.cypher',
  mode: 'WRITE',
  params: z.object({
    ...classFields,
    issueId: z.string(),
    feedbackId: z.string(),
    severity: z.int().min(1).max(10).nullable(),
    receivedAt: instant,
    firstResponseDueAt: instant,
    resolutionDueAt: instant,
  }),
  row: z.strictObject({ issueId: z.string() }),
  sample: {
    ...classSample,
    issueId: 'ISS-none',
    feedbackId: 'hotline:none',
    severity: 9,
    receivedAt: '2023-01-09T06:12:46.000Z',
    firstResponseDueAt: '2023-01-10T06:12:46.000Z',
    resolutionDueAt: '2023-01-11T06:12:46.000Z',
  },
})

export const linkSimilarCases = defineQuery({
  file: 'workflow/link-similar-cases.cypher',
  mode: 'WRITE',
  params: z.object({
    issueId: z.string(),
    cases: z.array(z.object({ caseId: z.string(), score: z.number(), facets: z.string() })).max(200),
  }),
  row: z.strictObject({}),
  sample: { issueId: 'ISS-none', cases: [{ caseId: '8D-none', score: 0.5, facets: '{}' }] },
})
