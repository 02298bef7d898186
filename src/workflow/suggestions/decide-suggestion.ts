import type { Case } from '../../domain/case.ts'
import { FishboneError } from '../../domain/error.ts'
import type { DecisionVerdict, Suggestion, SuggestionSet } from '../../domain/suggestion.ts'
import type { SuggestionStore } from '../../graph/ports/suggestions.ts'
import { readSet } from './read-suggestions.ts'

export type DecideRequest = { verdict: DecisionVerdict; reason?: string | null | undefined; edited?: string | null | undefined }
export type DecideControl = { by: string }
export type DecidedSuggestion = { suggestionId: string; issueId: string | null; status: DecisionVerdict; by: string; at: string; /** The case that verified suggestions of the issue became. */ caseId: string | null }

export type DecideDependencies = {
  store: Pick<SuggestionStore, 'suggestion' | 'decide' | 'latest' | 'linkTaughtCase' | 'issueFacts'>
  /** Keeps a case as an import would: it is found by search at once. */
  writeCase: (record: Case) => Promise<void>
  now: () => Date
  newId: () => string
}

/** The case of an issue's verified suggestions. */
export const taughtCaseId = (issueId: string): string => `LESSON-${issueId}`

/**
 * Records what a person decided. `verified-by-repair` also makes the issue a closed case with its verified cause and actions (`CAUSED_BY`,
 * `CONTAINED_BY`, `CORRECTED_BY`), so that the next like issue finds it.
 *
 * @throws FB_NOT_FOUND where there is no such suggestion; FB_INVALID for an edit without words.
 */
export const createDecideSuggestion =
  ({ store, writeCase, now, newId }: DecideDependencies) =>
  async (suggestionId: string, { verdict, reason, edited }: DecideRequest, { by }: DecideControl): Promise<DecidedSuggestion> => {
    if (verdict === 'edited' && (edited ?? '').trim() === '')
      throw new FishboneError('FB_INVALID', 'an edited suggestion needs its new words', { details: { errors: [{ pointer: '/edited', message: 'is empty' }] } })
    const found = await store.suggestion(suggestionId)
    if (found === null) throw new FishboneError('FB_NOT_FOUND', `there is no suggestion ${suggestionId}`, { details: { suggestionId } })
    const at = now().toISOString()
    await store.decide({ suggestionId, decisionId: `DEC-${newId()}`, verdict, by, at, reason: reason ?? null, edited: edited ?? null })
    const { issueId, subjectKey } = found
    const caseId = issueId === null ? null : await teach({ issueId, subjectKey, at, store, writeCase })
    return { suggestionId, issueId, status: verdict, by, at, caseId: verdict === 'verified-by-repair' ? caseId : null }
  }

/** Writes the case of an issue anew from all that is verified; nothing where nothing is. */
const teach = async ({ issueId, subjectKey, at, store, writeCase }: { issueId: string; subjectKey: string; at: string } & Pick<DecideDependencies, 'store' | 'writeCase'>): Promise<string | null> => {
  const set = await readSet(store, subjectKey)
  const facts = await store.issueFacts(issueId)
  if (set === null || facts === null) return null
  const record = taughtCase(set, { issueId, openedAt: facts.openedAt, model: facts.model, at })
  if (record === null) return null
  await writeCase(record)
  await store.linkTaughtCase({ issueId, caseId: record.caseId })
  return record.caseId
}

const wordsOf = (suggestion: Suggestion): string => {
  const edit = suggestion.decisions.findLast(one => one.edited !== null)?.edited
  return edit ?? (suggestion.kind === 'root-cause' ? suggestion.statement : suggestion.text)
}

/** A closed case in the shape of the import contract; null where no suggestion of the set is verified. */
export const taughtCase = (set: SuggestionSet, { issueId, openedAt, model, at }: { issueId: string; openedAt: string; model: string | null; at: string }): Case | null => {
  const isVerified = ({ status }: { status: string }): boolean => status === 'verified-by-repair'
  const causes = set.rootCauses.filter(isVerified)
  const [containment, corrective] = [set.containment.filter(isVerified), set.corrective.filter(isVerified)]
  if (causes.length + containment.length + corrective.length === 0) return null
  const factors = [...set.containment, ...set.corrective].length === 0 ? [] : set.containment.filter(one => causes.some(cause => cause.candidateId === one.candidateId)).flatMap(one => one.scope.factors)
  const levelsOf = (dimension: string): string[] => [...new Set(factors.filter(one => one.dimension === dimension).map(one => one.level))]
  const lots = levelsOf('lot').map(level => level.split('/') as [string, string])
  const partNo = lots[0]?.[0] ?? levelsOf('part-number')[0] ?? null
  const software = levelsOf('software')
  const effectiveFrom = at.slice(0, 10)
  return {
    caseId: taughtCaseId(issueId), kind: 'lesson', title: set.subject.label, openedAt, closedAt: at, receivedAt: at, language: set.language,
    component: set.subject.component, symptom: set.subject.symptom ?? set.subject.label, failureMode: null, failureEffect: null,
    rootCause: causes.map(wordsOf).join('; ') || null, escapePoint: null,
    affected: model === null && partNo === null && software.length === 0 ? [] : [{ model, partNo, lots: lots.filter(one => one[0] === partNo).map(one => one[1]), software: software.length > 0 ? software : null }],
    containment: containment.map(one => ({ actionType: one.actionType, text: wordsOf(one), effectiveFrom })),
    corrective: corrective.map(one => ({ actionType: one.actionType, text: wordsOf(one), effectiveFrom })),
    verification: { method: 'verified by repair', result: null, recurrences: null },
  }
}
