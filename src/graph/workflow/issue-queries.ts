import { z } from 'zod'
import { defineQuery } from '../define-query.ts'

const instant = z.string().min(20)
const nullableText = z.string().nullable()
const classFields = { classId: z.string(), component: nullableText, symptom: nullableText, model: nullableText }
const issueClass = { id: z.string(), component: nullableText, symptom: nullableText, model: nullableText }
const classSample = { classId: 'h_none', component: 'traction-battery', symptom: 'charging-stops', model: 'ES8' }

export const lockIssueClass = defineQuery({
  file: 'workflow/lock-issue-class.cypher',
  mode: 'WRITE',
  params: z.object({ ...classFields, at: instant }),
  row: z.strictObject({ classId: z.string() }),
  sample: { ...classSample, at: '2023-01-09T06:12:46.000Z' },
})

export const holdGroups = defineQuery({
  file: 'workflow/hold-groups.cypher',
  mode: 'WRITE',
  params: z.object({ feedbackIds: z.array(z.string()), classes: z.array(z.object(issueClass)), at: instant }),
  row: z.strictObject({}),
  sample: { feedbackIds: ['hotline:none'], classes: [{ id: 'h_none', component: 'traction-battery', symptom: 'charging-stops', model: 'ES8' }], at: '2023-01-09T06:12:46.000Z' },
})

export const findIssues = defineQuery({
  file: 'workflow/find-issues.cypher',
  mode: 'READ',
  params: z.object({ asked: z.array(z.object({ at: z.int().min(0), feedbackId: z.string(), classId: nullableText })), finalStates: z.array(z.string()) }),
  row: z.strictObject({
    at: z.int().min(0),
    raisedId: nullableText,
    raisedSeverity: z.int().min(1).max(10).nullable(),
    raisedHazards: z.array(z.string()),
    members: z.array(z.string()),
    ofGroup: z.array(z.object({ id: z.string(), lastActivityAt: z.string() })),
    issuesOfClass: z.int().min(0),
    ofClass: z.array(z.object({ id: z.string(), openedAt: z.string(), lastActivityAt: z.string(), via: z.array(z.string()) })),
  }),
  sample: { asked: [{ at: 0, feedbackId: 'hotline:none', classId: 'h_none' }], finalStates: ['closed'] },
})

export const raiseIssues = defineQuery({
  file: 'workflow/raise-issues.cypher',
  mode: 'WRITE',
  params: z.object({
    rows: z.array(z.object({
      issueId: z.string(), feedbackId: z.string(), classId: nullableText, component: nullableText, symptom: nullableText, model: nullableText, department: nullableText,
      severity: z.int().min(1).max(10).nullable(), receivedAt: instant, firstResponseDueAt: instant, resolutionDueAt: instant,
      hazards: z.array(z.string()), path: z.array(z.string()),
      cases: z.array(z.object({ caseId: z.string(), score: z.number(), facets: z.string() })).max(200),
    })),
    at: instant,
  }),
  row: z.strictObject({ feedbackId: z.string() }),
  sample: {
    rows: [{
      issueId: 'ISS-none', feedbackId: 'hotline:none', classId: 'h_none', component: 'traction-battery', symptom: 'charging-stops', model: 'ES8', department: null, severity: 9,
      receivedAt: '2023-01-09T06:12:46.000Z', firstResponseDueAt: '2023-01-10T06:12:46.000Z', resolutionDueAt: '2023-01-11T06:12:46.000Z', hazards: [], path: [],
      cases: [{ caseId: '8D-none', score: 0.5, facets: '{}' }],
    }],
    at: '2023-01-09T06:12:46.000Z',
  },
})
