import type { SuggestionSet } from '../../src/domain/suggestion.ts'

export type Sentence = { text: string; evidenceIds: readonly string[] }

/** Every sentence of a set that a reader sees, with what it cites: also texts of actions, open questions and why nothing is said. */
export const sentencesOf = (set: SuggestionSet): Sentence[] => [
  ...set.observations,
  ...set.rootCauses.flatMap(one => [{ text: one.statement, evidenceIds: one.for }, ...one.mechanism, ...(one.nextCheck ? [one.nextCheck] : []), ...(one.reordered ? [one.reordered] : [])]),
  ...[...set.containment, ...set.corrective].flatMap(one => [{ text: one.text, evidenceIds: one.evidenceIds }, one.why, { text: one.verificationPlan, evidenceIds: one.evidenceIds }]),
  ...set.openQuestions.map((text, i) => ({ text, evidenceIds: set.openQuestionEvidence[i] ?? [] })),
  ...(set.abstention ? [set.abstention.reason, ...set.abstention.missing, ...set.abstention.nextChecks].map(text => ({ text, evidenceIds: set.abstention!.evidenceIds })) : []),
]
