import { z } from 'zod'
import { Suggestion, SuggestionEvidence, SuggestionSet, type SuggestionDecision } from '../../domain/suggestion.ts'
import type { GraphClient, Query } from '../ports.ts'
import type { Answered, ScopeReader, SubjectReader, SuggestionRow, SuggestionStore } from '../ports/suggestions.ts'
import { emitEvent } from '../webhooks/record-events.ts'
import { scopeQueries, subjectQueries } from './subject-queries.ts'
import { suggestionQueries } from './suggestion-queries.ts'

/** What a suggestion node keeps: the suggestion and the evidence it cites. */
const StoredContent = z.object({ suggestion: Suggestion, evidence: z.array(SuggestionEvidence) })

/** Suggestions in the graph, and what they rest on there. */
export const createSuggestionStore = ({ client }: { client: GraphClient }): SuggestionStore => ({
  ...subjectReader(client),
  ...scopeReader(client),
  save: ({ setId, subjectKey, content, rows }) =>
    client.write(async tx => {
      const { issueId, analysisId, asOf, madeAt, language, verdict, subject, provenance } = content
      const head = { setId, subjectKey, analysisId, component: subject.component, symptom: subject.symptom, asOf, madeAt, language, verdict, wording: provenance.wording }
      await tx.one(suggestionQueries.createSet, { ...head, content: JSON.stringify(content) })
      if (rows.length > 0) await tx.all(suggestionQueries.writeSuggestions, { setId, subjectKey, issueId, madeAt, suggestions: rows.map(row => storedRow(row, content)) })
      await tx.all(suggestionQueries.supersedeSuggestions, { subjectKey, keptIds: rows.map(row => row.suggestion.suggestionId) })
      if (issueId !== null) await emitEvent(tx, { type: 'suggestion.created', subject: issueId, at: madeAt })
    }),
  async latest(subjectKey) {
    const found = await client.maybeOne(suggestionQueries.readLatestSet, { subjectKey })
    if (found === null) return null
    const states = await client.all(suggestionQueries.readStates, { subjectKey })
    return {
      setId: found.setId,
      content: SuggestionSet.parse(JSON.parse(found.content)),
      states: states.map(({ content, status, decisions }) => {
        const { suggestion, evidence } = StoredContent.parse(JSON.parse(content))
        return { suggestion: { ...suggestion, status }, evidence, decisions: decisions.map(toDecision) }
      }),
    }
  },
  async suggestion(suggestionId) {
    const row = await client.maybeOne(suggestionQueries.readSuggestion, { suggestionId })
    if (row === null) return null
    const { content, scope, status, subjectKey, issueId, actionIds } = row
    const suggestion = { ...StoredContent.parse(JSON.parse(content)).suggestion, status, decisions: row.decisions.map(toDecision) }
    return { suggestion, subjectKey, issueId, actionIds, scope: scope === null ? null : (JSON.parse(scope) as SuggestionRow['scope']) }
  },
  decide: decision =>
    client.write(async tx => {
      if ((await tx.maybeOne(suggestionQueries.decideSuggestion, decision)) === null) return false
      await emitEvent(tx, { type: 'suggestion.decided', subject: decision.suggestionId, at: decision.at })
      return true
    }),
  linkTaughtCase: async link => void (await client.write(tx => tx.maybeOne(suggestionQueries.linkTaughtCase, link))),
  async decided(verdicts) {
    const rows = await client.all(suggestionQueries.listDecided, { verdicts: [...verdicts] })
    return rows.map(({ content, setContent, verdict, at, edited, reason }) => ({
      suggestion: StoredContent.parse(JSON.parse(content)).suggestion, set: SuggestionSet.parse(JSON.parse(setContent)), verdict: verdict as SuggestionDecision['verdict'], at, edited, reason,
    }))
  },
  async issueFacts(issueId) {
    const row = await client.maybeOne(suggestionQueries.readIssueFacts, { issueId })
    return row && { ...row, severity: severityOf(row.severity) }
  },
})

const toDecision = ({ verdict, by, at, reason, edited }: { verdict: SuggestionDecision['verdict']; by: string; at: string; reason?: string | null | undefined; edited?: string | null | undefined }): SuggestionDecision => ({
  verdict, by, at, reason: reason ?? null, edited: edited ?? null,
})

const severityOf = (severity: unknown): number | null => (typeof severity === 'number' ? severity : null)

const storedRow = ({ suggestion, evidence, causeKind, caseId, factors, actionIds, scope }: SuggestionRow, { subject, provenance }: SuggestionSet) => ({
  id: suggestion.suggestionId, kind: suggestion.kind, rank: suggestion.rank,
  statement: suggestion.kind === 'root-cause' ? suggestion.statement : suggestion.text,
  actionType: suggestion.kind === 'root-cause' ? null : suggestion.actionType,
  causeKind, caseId, factors, actionIds, component: subject.component, symptom: subject.symptom,
  scope: scope === null ? null : JSON.stringify(scope),
  promptId: provenance.promptId, promptVersion: provenance.promptVersion, promptSha256: provenance.promptSha256, modelId: provenance.modelId,
  content: JSON.stringify({ suggestion, evidence }), candidateId: suggestion.candidateId,
})

/** The statement without its header: what goes into the editor of Neo4j Browser. */
const statementOf = ({ cypher }: { cypher: string }): string => cypher.split('\n').filter(line => !line.startsWith('//')).join('\n').trim()

const answered = async <P extends z.ZodType, R extends z.ZodType>(client: GraphClient, query: Query<P, R>, params: z.input<P>): Promise<Answered<z.output<R>>> => ({
  rows: await client.all(query, params), cypher: statementOf(query), params: params as Record<string, unknown>,
})

const subjectReader = (client: GraphClient): SubjectReader => ({
  async issue(issueId) {
    const row = await client.maybeOne(subjectQueries.readSubjectIssue, { issueId })
    return row && { ...row, severity: severityOf(row.severity) }
  },
  codes: reports => answered(client, subjectQueries.readCodes, reports),
  snapshots: reports => answered(client, subjectQueries.readSnapshots, reports),
  signalRanges: signalIds => (signalIds.length === 0 ? Promise.resolve([]) : client.all(subjectQueries.readSignalRanges, { signalIds })),
  repairs: reports => answered(client, subjectQueries.readRepairs, reports),
  quotes: question => client.all(subjectQueries.readQuotes, question),
  models: reports => client.all(subjectQueries.readModels, reports),
  outcomes: question => answered(client, subjectQueries.readOutcomes, question),
  fleetNames: async () => (await client.all(subjectQueries.readFleetNames, {})).map(one => one.name),
  countCases: async question => (await client.one(subjectQueries.countCases, question)).cases,
  pastDecisions: question => client.all(subjectQueries.readPastDecisions, question),
})

const scopeReader = (client: GraphClient): ScopeReader => ({
  async countScope(question) {
    const found = await answered(client, scopeQueries.countScope, question)
    return { ...found, counts: found.rows[0] ?? { stock: 0, inTransit: 0, atOutlet: 0, sold: 0 } }
  },
  listScope: question => client.all(scopeQueries.listScope, question),
  actionConditions: actionId => client.maybeOne(scopeQueries.readActionConditions, { actionId }),
})
