import type { PackAction } from '../../domain/suggestion.ts'
import { untrackedCause } from '../../domain/explanation.ts'
import { actionEvidence, actionKey, scopeEvidence } from './action-evidence.ts'
import type { EvidenceDraft } from './evidence-draft.ts'
import { buildEvidencePack, type NumberedPack } from './evidence-pack.ts'
import { caseEvidence, casesOfClassEvidence, codeEvidence, pathEvidence, repairEvidence, signalEvidence, wordsEvidence } from './observed-evidence.ts'
import type { RankedAction } from './rank-actions.ts'
import { candidateStatistics, classEvidence, namesOf, namesOfFactor } from './statistic-evidence.ts'
import { scopeKeyOf, scopeOfAction } from './suggestion-plan.ts'
import type { KeyedClaim, TemplateContext } from './template-claims.ts'
import type { TemplateWords } from './template-words.ts'

/** A pack, and which candidate and action each of its short ids stands for. */
export type ComposedPack = NumberedPack & { causeIds: ReadonlyMap<string, string>; actionIds: ReadonlyMap<string, string> }

/** Text of an action with what it is about filled in. */
export const actionText = (action: RankedAction, { plan, sentences: { language, say } }: TemplateContext): string => {
  const entry = plan.catalogue[action.kind][action.actionType]!
  const target = scopeOfAction(plan, action)?.target ?? say('target', 'untracked')
  return entry.text[language].replaceAll('{target}', target)
}

/** All evidence of a plan with its candidates and actions, numbered and cut to size. */
export const composePack = (context: TemplateContext, words: TemplateWords): ComposedPack => {
  const { plan, sentences } = context
  const { facts } = plan
  const { analysis } = facts
  const actions = [...plan.containment, ...plan.corrective]
  const causeIds = new Map(words.hypotheses.filter(one => one.key !== untrackedCause).map((one, i) => [one.key, `C${i + 1}`]))
  const actionIds = new Map(actions.map((one, i) => [actionKey(one), `A${i + 1}`]))
  const leader = plan.shown.causes[0]
  const numbered = buildEvidencePack({
    issueId: facts.issueId, analysisId: analysis.analysisId, asOf: analysis.asOf, language: sentences.language, verdict: analysis.verdict, verdictCode: analysis.verdictCode,
    // Without a cause found nothing is said to cause anything; a tie may be spoken of with a modal.
    associationOnly: leader === undefined || (leader.software?.associationOnly ?? false),
    subject: { component: analysis.subject.component, symptom: analysis.subject.symptom, label: facts.label },
    candidates: words.hypotheses.filter(one => one.key !== untrackedCause).map(one => packCandidate(one, context, causeIds)),
    actions: actions.map(one => packAction(one, context, actionIds)),
    drafts: draftsOf(context),
    needed: neededKeys(words),
  })
  return { ...numbered, causeIds, actionIds }
}

const packCandidate = (hypothesis: TemplateWords['hypotheses'][number], { plan, sentences }: TemplateContext, ids: ReadonlyMap<string, string>) => {
  const { key, mechanism } = hypothesis
  const statistical = plan.shown.causes.find(one => one.candidateId === key)
  const keysOf = (list: readonly unknown[], side: string): string[] => list.map((_, i) => `${side}:${key}:${i}`)
  return {
    id: ids.get(key)!,
    candidateId: statistical?.candidateId ?? key,
    kind: statistical?.kind ?? ('past-case'),
    // The words of a past case are quotes of its evidence, not of the candidate.
    statement: statistical ? hypothesis.statement : sentences.say('evidence', 'pastCandidate', { caseId: key.slice('case:'.length) }),
    score: statistical?.statistics?.score ?? null,
    associationOnly: statistical?.software?.associationOnly ?? statistical === undefined,
    forKeys: [...mechanism.flatMap(one => one.keys), ...(statistical ? keysOf(statistical.evidence, 'for') : [])],
    againstKeys: statistical ? keysOf(statistical.counterEvidence, 'against') : mechanism.flatMap(one => one.keys).filter(one => one === 'verdict'),
  }
}

const packAction = (action: RankedAction, context: TemplateContext, ids: ReadonlyMap<string, string>): Omit<PackAction, 'evidenceIds'> & { keys: string[] } => ({
  id: ids.get(actionKey(action))!, kind: action.kind, actionType: action.actionType, text: actionText(action, context),
  keys: [actionKey(action), scopeKeyOf(context.plan, action)],
})

const neededKeys = (words: TemplateWords): Set<string> => {
  const claims: (KeyedClaim | null)[] = [...words.observations, ...words.hypotheses.flatMap(one => [...one.mechanism, one.nextCheck]), ...words.why.values(), ...words.openQuestions]
  return new Set([...claims.flatMap(one => one?.keys ?? []), ...(words.abstention?.keys ?? [])])
}

/** In the order in which they are left out last. */
const draftsOf = ({ plan, sentences, naming }: TemplateContext): EvidenceDraft[] => {
  const { facts, shown, pastCauses, catalogue } = plan
  const { analysis } = facts
  const classNames = [facts.label, analysis.subject.component, analysis.subject.symptom].filter(one => one !== null)
  const subjectNames = [
    ...classNames,
    ...(analysis.subject.component === null ? [] : [naming.component(analysis.subject.component, 'en'), naming.component(analysis.subject.component, 'zh')]),
    ...(analysis.subject.symptom === null ? [] : [naming.component(analysis.subject.symptom, 'en'), naming.component(analysis.subject.symptom, 'zh')]),
  ]
  const statistics = shown.causes.flatMap(one => candidateStatistics(one, analysis, naming, sentences))
  const isCount = ({ key }: EvidenceDraft): boolean => /^(count|margin|split)/.test(key)
  const actions = [...plan.containment, ...plan.corrective]
  return [
    ...classEvidence(analysis, facts.label, [...subjectNames, ...(facts.uncountedModel === null ? [] : [facts.uncountedModel])], sentences),
    ...statistics.filter(isCount), ...statistics.filter(one => !isCount(one)),
    casesOfClassEvidence(facts, subjectNames, sentences), ...pastCauses.map(one => caseEvidence(one, facts, sentences)),
    ...shown.causes.flatMap(one => pathEvidence(one, naming, sentences)), ...codeEvidence(facts, sentences), ...signalEvidence(facts, sentences),
    ...repairEvidence(facts, sentences),
    ...scopesOf(plan, actions).map(one => scopeEvidence(one, namesOfScope(one, shown, naming), sentences)),
    ...actions.map(one => actionEvidence(one, catalogue, facts.statements.outcomes, sentences)),
    ...wordsEvidence(facts, sentences),
  ]
}

const scopesOf = (plan: TemplateContext['plan'], actions: readonly RankedAction[]) =>
  [...new Map(actions.flatMap(action => { const fact = scopeOfAction(plan, action); return fact ? [[scopeKeyOf(plan, action), fact] as const] : [] })).entries()]
    .map(([, fact]) => fact)

const namesOfScope = ({ factors }: { factors: Parameters<typeof namesOfFactor>[0][] }, shown: TemplateContext['plan']['shown'], naming: TemplateContext['naming']): string[] => [
  ...factors.flatMap(one => namesOfFactor(one, naming)), ...shown.causes.flatMap(one => namesOf(one, naming)),
]
