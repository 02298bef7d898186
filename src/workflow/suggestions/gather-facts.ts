import type { ActionEfficacy, ActionTypeRecord } from '../../domain/action-efficacy.ts'
import type { SearchCasesReply, SearchCasesRequest, SimilarCase } from '../../domain/case-search.ts'
import { actionTypes } from '../../domain/case.ts'
import type { RootCauseAnalysis } from '../../domain/root-cause-analysis.ts'
import type { SubjectReader } from '../../graph/ports/suggestions.ts'
import { recordOfType } from '../action-type-record.ts'
import { expandClass, type SubjectVocabulary } from '../root-causes/subject-class.ts'
import { causeKinds } from './cause-kind.ts'
import type { PastDecision } from './learned-priors.ts'
import { taughtCaseId } from './decide-suggestion.ts'
import { casesOfSubject, pastCausesOf } from './past-causes.ts'
import { outcomesOf } from './past-outcomes.ts'
import { readingsOf, signalOutliers } from './signal-outliers.ts'
import type { SuggestionFacts } from './suggestion-facts.ts'

export type GatherDependencies = {
  reader: SubjectReader
  searchCases: (request: SearchCasesRequest) => Promise<SearchCasesReply>
  vocabulary: SubjectVocabulary
  /** What actions of past cases did to the rates of the fleet. */
  actionEfficacies: (filter: { caseId: string }, control: { asOf?: string | undefined; signal?: AbortSignal | undefined }) => Promise<ActionEfficacy[]>
}

export type GatherQuestion = {
  analysis: RootCauseAnalysis
  issue: { issueId: string; severity: number | null } | null
  /** Of the reporting cars, where they are of one model. */
  model: string | null
  uncountedModel: string | null
  label: string
  /** Cases, records and decisions after it are not seen. */
  knownUntil: string
  /** As asked by the caller; without it the fleet is taken as it is known now. */
  asOf: string | undefined
  signal: AbortSignal | undefined
}

const casesSearched = 20
const quotesEach = 2
/** Most past cases whose actions are judged by the fleet's rates: each costs a pass over its cars. */
const casesJudged = 3

/** Reads all that suggestions rest on; nothing is written. */
export const gatherFacts = async (question: GatherQuestion, dependencies: GatherDependencies): Promise<SuggestionFacts> => {
  const { analysis, issue, label, knownUntil } = question
  const { reader } = dependencies
  const { component, symptom } = analysis.subject
  const reports = { analysisId: analysis.analysisId, issueId: issue?.issueId ?? null }
  const ofClass = { ...expandClass({ component, symptom }, dependencies.vocabulary), knownUntil }
  const codes = await reader.codes(reports)
  const snapshots = await reader.snapshots(reports)
  const readings = readingsOf(snapshots.rows)
  const ranges = await reader.signalRanges([...new Set(readings.map(one => one.signalId))])
  const repairs = await reader.repairs(reports)
  const outcomeRows = await reader.outcomes(ofClass)
  const decisions = (await reader.pastDecisions({ component, symptom, knownUntil })).map(toPastDecision)
  const similar = await similarCases(question, codes.rows.map(one => one.code), dependencies)
  const outcomes = outcomesOf(outcomeRows.rows.filter(one => one.caseId !== ownLesson(issue)), similar)
  return {
    issueId: issue?.issueId ?? null, analysis, label, severity: issue?.severity ?? null, uncountedModel: question.uncountedModel,
    casesOfClass: await reader.countCases(ofClass),
    pastCauses: pastCausesOf(casesOfSubject(similar, analysis.subject), analysis, decisions),
    snapshots: snapshots.rows.length,
    codes: codes.rows.map(({ snapshotIds, ...one }) => ({ ...one, nodeIds: [one.code, ...snapshotIds] })),
    signals: signalOutliers(readings, ranges),
    repairs: repairs.rows,
    statements: { codes: statementOf(codes), signals: statementOf(snapshots), repairs: statementOf(repairs), outcomes: statementOf(outcomeRows) },
    quotes: (await reader.quotes({ ...reports, limit: quotesEach })).map(({ id, text }) => ({ text, source: id })),
    outcomes, decisions,
    effects: await effectsOf(outcomes.map(one => one.caseId), similar, question, dependencies),
  }
}

const statementOf = ({ cypher, params }: { cypher: string; params: Record<string, unknown> }) => ({ cypher, params })

/**
 * Cases like the class, by its keys and the fault codes recorded. The words of reports are left out: what a person can write must not choose
 * causes or actions.
 */
const similarCases = async ({ analysis, issue, model, knownUntil }: GatherQuestion, codes: readonly string[], { searchCases }: GatherDependencies): Promise<SimilarCase[]> => {
  const { component, symptom } = analysis.subject
  const { items } = await searchCases({
    ...(component !== null && { components: [component] }), ...(symptom !== null && { symptoms: [symptom] }),
    ...(codes.length > 0 && { dtcs: codes.slice(0, 3) }), ...(model !== null && { vehicle: { model } }),
    asOf: knownUntil, limit: casesSearched,
  })
  // What was learnt of this issue is no past case of it.
  return items.filter(one => one.caseId !== ownLesson(issue))
}

const ownLesson = (issue: GatherQuestion['issue']): string | null => issue && taughtCaseId(issue.issueId)

const toPastDecision = (row: Awaited<ReturnType<SubjectReader['pastDecisions']>>[number]): PastDecision => ({
  kind: row.kind, verdict: row.verdict, caseId: row.caseId, sameClass: row.sameClass === true,
  actionType: actionTypes.find(type => type === row.actionType) ?? null,
  causeKind: causeKinds.find(kind => kind === row.causeKind) ?? 'untracked',
  factors: [...(row.factors ?? [])].sort().join(' + '),
})

/** Records by type of what the actions of the most similar cases did to the rates; empty where none of them can be judged. */
const effectsOf = async (caseIds: readonly string[], similar: readonly SimilarCase[], { asOf, signal }: GatherQuestion, { actionEfficacies }: GatherDependencies): Promise<SuggestionFacts['effects']> => {
  const judgedCases = similar.filter(one => caseIds.includes(one.caseId)).slice(0, casesJudged)
  const judged: ActionEfficacy[] = []
  for (const { caseId } of judgedCases) judged.push(...(await actionEfficacies({ caseId }, { asOf, signal })))
  const recordsOf = (kind: 'ICA' | 'PCA'): ActionTypeRecord[] => {
    const own = judged.filter(one => one.kind === kind && one.reason === null)
    return [...new Set(own.map(one => one.actionType))].sort().map(type => recordOfType(type, own.filter(one => one.actionType === type)))
  }
  return { containment: recordsOf('ICA'), corrective: recordsOf('PCA') }
}

