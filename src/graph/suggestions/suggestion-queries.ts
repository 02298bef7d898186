import { z } from 'zod'
import { decisionVerdicts, suggestionStatuses } from '../../domain/suggestion.ts'
import { defineQuery } from '../define-query.ts'

const text = z.string()
const maybe = text.nullable()
const texts = z.array(text)
const decision = z.object({ verdict: z.enum(decisionVerdicts), by: text, at: text, reason: maybe.optional(), edited: maybe.optional() })

/** Statements that store suggestions and what people decided of them. */
export const suggestionQueries = {
  createSet: defineQuery({
    file: 'suggestions/create-set.cypher', mode: 'WRITE',
    params: z.object({
      setId: text, subjectKey: text, analysisId: text, component: maybe, symptom: maybe, asOf: text, madeAt: text, language: text, verdict: text, wording: text, content: text,
    }),
    row: z.strictObject({ setId: text }),
    sample: {
      setId: 'SUS-sample', subjectKey: 'ISS-1', analysisId: 'ANA-1', component: 'battery-pack', symptom: 'loss-of-power', asOf: '2022-10-01',
      madeAt: '2022-10-01T00:00:00.000Z', language: 'en', verdict: 'tied', wording: 'template', content: '{}',
    },
  }),
  writeSuggestions: defineQuery({
    file: 'suggestions/write-suggestions.cypher', mode: 'WRITE',
    params: z.object({
      setId: text, subjectKey: text, issueId: maybe, madeAt: text,
      suggestions: z.array(z.object({
        id: text, kind: text, rank: z.int().min(1), statement: text, actionType: maybe, causeKind: text, caseId: maybe, factors: texts, component: maybe, symptom: maybe,
        scope: maybe, promptId: maybe, promptVersion: maybe, promptSha256: maybe, modelId: maybe, content: text, candidateId: maybe, actionIds: texts,
      })),
    }),
    row: z.strictObject({ suggestionId: text, status: z.enum(suggestionStatuses) }),
    sample: {
      setId: 'SUS-none', subjectKey: 'ISS-1', issueId: 'ISS-1', madeAt: '2022-10-01T00:00:00.000Z',
      suggestions: [{
        id: 'SUG-sample', kind: 'containment', rank: 1, statement: 'Block the lot', actionType: 'quarantine-lot', causeKind: 'lot', caseId: 'C-1', factors: ['lot:37501-CV000/21W08'],
        component: 'battery-pack', symptom: 'loss-of-power', scope: '[]', promptId: null, promptVersion: null, promptSha256: null, modelId: null, content: '{}',
        candidateId: 'ANA-1:1', actionIds: ['h_5'],
      }],
    },
  }),
  supersedeSuggestions: defineQuery({
    file: 'suggestions/supersede-suggestions.cypher', mode: 'WRITE', params: z.object({ subjectKey: text, keptIds: texts }), row: z.strictObject({}),
    sample: { subjectKey: 'ISS-none', keptIds: ['SUG-1'] },
  }),
  readLatestSet: defineQuery({
    file: 'suggestions/read-latest-set.cypher', mode: 'READ', params: z.object({ subjectKey: text }), row: z.strictObject({ setId: text, content: text }), sample: { subjectKey: 'ISS-1' },
  }),
  readStates: defineQuery({
    file: 'suggestions/read-states.cypher', mode: 'READ', params: z.object({ subjectKey: text }), sample: { subjectKey: 'ISS-1' },
    row: z.strictObject({ suggestionId: text, status: z.enum(suggestionStatuses), content: text, decisions: z.array(decision) }),
  }),
  readSuggestion: defineQuery({
    file: 'suggestions/read-suggestion.cypher', mode: 'READ', params: z.object({ suggestionId: text }), sample: { suggestionId: 'SUG-1' },
    row: z.strictObject({
      suggestionId: text, subjectKey: text, kind: z.enum(['root-cause', 'containment', 'corrective']), status: z.enum(suggestionStatuses), actionType: maybe, scope: maybe, content: text,
      issueId: maybe, actionIds: texts, decisions: z.array(decision),
    }),
  }),
  decideSuggestion: defineQuery({
    file: 'suggestions/decide-suggestion.cypher', mode: 'WRITE',
    params: z.object({ suggestionId: text, decisionId: text, verdict: z.enum(decisionVerdicts), by: text, at: text, reason: maybe, edited: maybe }),
    row: z.strictObject({ suggestionId: text, subjectKey: text }),
    sample: { suggestionId: 'SUG-none', decisionId: 'DEC-sample', verdict: 'accepted', by: 'li', at: '2022-10-01T00:00:00.000Z', reason: null, edited: null },
  }),
  linkTaughtCase: defineQuery({
    file: 'suggestions/link-taught-case.cypher', mode: 'WRITE', params: z.object({ issueId: text, caseId: text }), row: z.strictObject({ caseId: text }), sample: { issueId: 'ISS-1', caseId: 'C-1' },
  }),
  listDecided: defineQuery({
    file: 'suggestions/list-decided.cypher', mode: 'READ', params: z.object({ verdicts: texts }), sample: { verdicts: ['accepted'] },
    row: z.strictObject({ suggestionId: text, kind: text, content: text, setContent: text, verdict: text, at: text, edited: maybe, reason: maybe }),
  }),
  readIssueFacts: defineQuery({
    file: 'suggestions/read-issue-facts.cypher', mode: 'READ', params: z.object({ issueId: text }), sample: { issueId: 'ISS-1' },
    row: z.strictObject({
      issueId: text, component: maybe, symptom: maybe, model: maybe, state: text, severity: z.unknown(), openedAt: text, reportCount: z.int(), firstOccurredAt: maybe,
      lastOccurredAt: maybe, examples: z.array(z.object({ id: text, text, at: text })), triages: texts, vehicleIds: texts,
    }),
  }),
} as const
