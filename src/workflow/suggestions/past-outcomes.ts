import { actionTypes } from '../../domain/case.ts'
import type { SimilarCase } from '../../domain/case-search.ts'
import type { ActionOutcome } from './rank-actions.ts'

export type OutcomeRow = { actionId: string; caseId: string; kind: 'ICA' | 'PCA'; actionType: string; text: string | null; verification: string | null; recurred: boolean }

/** Likeness of a closed case of the class that the search did not rank. */
const classLikeness = 0.5

const recurrencesOf = (verification: string | null): number | null => {
  if (verification === null) return null
  const { recurrences } = JSON.parse(verification) as { recurrences?: unknown }
  return typeof recurrences === 'number' ? recurrences : null
}

/** Actions of closed cases of the class: held where the case says no recurrence, recurred where it or the watch says otherwise, else open. */
export const outcomesOf = (rows: readonly OutcomeRow[], similar: readonly SimilarCase[]): ActionOutcome[] =>
  rows.flatMap(({ actionId, caseId, kind, actionType, text, verification, recurred }) => {
    const known = actionTypes.find(type => type === actionType)
    if (known === undefined) return []
    const recurrences = recurrencesOf(verification)
    return [{
      actionId, caseId, kind: kind === 'ICA' ? ('containment' as const) : ('corrective' as const), actionType: known, text,
      similarity: similar.find(one => one.caseId === caseId)?.score ?? classLikeness,
      outcome: recurred || (recurrences ?? 0) > 0 ? ('recurred' as const) : recurrences === 0 ? ('held' as const) : ('open' as const),
    }]
  })
