import { endOfAsOf } from '../../domain/instant.ts'
import { shortHash } from '../../domain/identifiers.ts'
import type { TermCluster } from '../../domain/term-cluster.ts'
import type { QueuedClause, UnmappedStore } from '../../graph/ports/unmapped.ts'
import { matchingForm } from '../../retrieval/terms.ts'
import type { SiteTerms, Vocabulary } from '../../vocabulary/index.ts'
import { growthOf } from '../collective/growth.ts'
import { cosineOf, createTermWeights } from './clause-vectors.ts'
import type { SparseVector } from './clause-vectors.ts'
import type { KeyWords, Meanings } from './clause-meanings.ts'
import { clusterClauses, cosineOfMeanings } from './cluster-clauses.ts'
import type { ClauseCluster } from './cluster-clauses.ts'
import { proposeForm } from './propose-form.ts'

/** Clusters that grow first, then the largest; those a person set aside are left out. Clauses that were embedded are grouped by meaning too, whatever their language. */
export type ListTermClusters = (question?: { asOf?: string | undefined; fewestReports?: number | undefined; limit?: number | undefined }) => Promise<TermCluster[]>

export type TermVocabulary = Pick<Vocabulary, 'components' | 'symptoms' | 'formsOf' | 'labelOf'>

const mostClauses = 20_000
const examplesShown = 3
const nearestShown = 5
/** Forms of a key that stand for it: the label and the first, so that a key with thousands of spellings is not a vector of everything. */
const formsWeighed = 60
const leastNearness = 0.05

export const createListTermClusters =
  (services: { store: UnmappedStore; vocabulary: TermVocabulary; siteTerms: () => SiteTerms; meanings: () => Meanings; now: () => Date }): ListTermClusters =>
  async ({ asOf, fewestReports = 2, limit = 30 } = {}) => {
    const at = asOf === undefined ? services.now().toISOString() : endOfAsOf(asOf)
    const clauses = await services.store.listClauses({ asOf: at, k: mostClauses })
    const keys = keyTexts(services.vocabulary)
    const weights = createTermWeights([...clauses.map(({ text }) => text), ...keys.map(({ text }) => text)])
    const rejected = new Set(services.siteTerms().rejected.map(({ clusterId }) => clusterId))
    const keyVectors = keys.map(({ text, ...key }) => ({ ...key, vector: weights.vectorOf(text) }))
    const forms = clauses.map(({ text }) => matchingForm(text))
    const meanings = services.meanings()
    return clusterClauses(clauses, clause => ({ language: isChinese(clause) ? 'zh' : 'en', words: weights.vectorOf(clause.text), meaning: meanings.clauses.get(clause.clauseId) }))
      .filter(cluster => !rejected.has(clusterIdOf(cluster)) && new Set(cluster.clauses.map(({ feedbackId }) => feedbackId)).size >= fewestReports)
      .map(cluster => ({ cluster, growth: growthOf(firstOfReports(cluster), at) }))
      .toSorted((a, b) => Number(b.growth.verdict === 'growing') - Number(a.growth.verdict === 'growing') || b.cluster.clauses.length - a.cluster.clauses.length)
      .slice(0, limit)
      .map(({ cluster, growth }) => describe(cluster, growth, { forms, keyVectors, keyMeanings: meanings.keys, vocabulary: services.vocabulary }))
  }

/** Named after its oldest clause: a cluster that grows keeps its name. */
export const clusterIdOf = ({ clauses }: ClauseCluster): string => `TRM-${shortHash('TermCluster', clauses[0]?.clauseId ?? '').slice(0, 10)}`

/** When each report of a cluster was received, once a report. */
const firstOfReports = ({ clauses }: ClauseCluster): string[] => [...new Map(clauses.map(({ feedbackId, receivedAt }) => [feedbackId, receivedAt])).values()]

type KeyText = { kind: 'component' | 'symptom'; key: string; text: string }

/** The labels of the keys in both languages: short, and alike in kind to what a clause says. */
export const keyWords = ({ components, symptoms, labelOf }: Omit<TermVocabulary, 'formsOf'>): KeyWords[] =>
  ([['component', components], ['symptom', symptoms]] as const).flatMap(([kind, terms]) =>
    [...terms.keys()].flatMap(key => (['en', 'zh'] as const).map(language => ({ kind, key, language, text: labelOf(key, language) }))))

const keyTexts = ({ components, symptoms, formsOf }: TermVocabulary): KeyText[] =>
  ([['component', components], ['symptom', symptoms]] as const).flatMap(([kind, terms]) =>
    [...terms.keys()].map(key => ({ kind, key, text: (['en', 'zh'] as const).flatMap(language => formsOf(key, language).slice(0, formsWeighed)).join(' . ') })),
  )

type Frame = {
  forms: readonly string[]
  keyVectors: readonly (Omit<KeyText, 'text'> & { vector: SparseVector })[]
  keyMeanings: Meanings['keys']
  vocabulary: TermVocabulary
}

const isChinese = ({ text }: QueuedClause): boolean => /\p{Script=Han}/u.test(text)

/** What the clauses of one language share, told apart from all other clauses. */
const formIn = (clauses: readonly QueuedClause[], forms: readonly string[]): string | null => {
  if (clauses.length === 0) return null
  const texts = clauses.map(({ text }) => text)
  const own = texts.map(matchingForm)
  const holding = (held: readonly string[], form: string): number => held.filter(text => text.includes(form)).length
  return proposeForm(texts, form => holding(forms, form) - holding(own, form), forms.length - own.length)
}

const describe = (cluster: ClauseCluster, growth: TermCluster['growth'], frame: Frame): TermCluster => {
  const { clauses } = cluster
  const chinese = clauses.filter(isChinese)
  const others = clauses.filter(clause => !isChinese(clause))
  const language = chinese.length >= others.length ? 'zh' : 'en'
  const [main, second] = language === 'zh' ? [chinese, others] : [others, chinese]
  const named = new Map<string, number>()
  for (const { components } of clauses) for (const key of components) named.set(key, (named.get(key) ?? 0) + 1)
  return {
    clusterId: clusterIdOf(cluster),
    language,
    clauses: clauses.length,
    reports: new Set(clauses.map(({ feedbackId }) => feedbackId)).size,
    vehicles: new Set(clauses.flatMap(({ vehicleId }) => vehicleId ?? [])).size,
    firstAt: clauses[0]?.receivedAt ?? '',
    lastAt: clauses.at(-1)?.receivedAt ?? '',
    growth,
    examples: distinctExamples(main, second),
    components: [...named].map(([key, count]) => ({ key, clauses: count })).toSorted((a, b) => b.clauses - a.clauses || (a.key < b.key ? -1 : 1)),
    nearest: nearestKeys(cluster, language, frame),
    proposedForm: formIn(main, frame.forms),
    otherForm: formIn(second, frame.forms),
  }
}

/** By the words of all forms or by the meaning of the label, whichever lies nearer. */
const nearestKeys = ({ centroid, meaning }: ClauseCluster, language: 'en' | 'zh', { keyVectors, keyMeanings, vocabulary }: Frame): TermCluster['nearest'] =>
  keyVectors
    .map(({ kind, key, vector }) => {
      const meant = keyMeanings.get(`${kind}:${key}`)
      const score = Math.max(cosineOf(centroid, vector), meaning && meant ? cosineOfMeanings(meaning, meant) : 0)
      return { kind, key, label: vocabulary.labelOf(key, language), score: Math.round(score * 1_000) / 1_000 }
    })
    .filter(({ score }) => score >= leastNearness)
    .toSorted((a, b) => b.score - a.score || (a.key < b.key ? -1 : 1))
    .slice(0, nearestShown)

/** The oldest clauses that read differently, one of them of the other language where there is one. */
const distinctExamples = (main: readonly QueuedClause[], second: readonly QueuedClause[]): TermCluster['examples'] => {
  const distinct = (clauses: readonly QueuedClause[]) => [...new Map(clauses.toReversed().map(clause => [matchingForm(clause.text), clause])).values()].toReversed()
  const others = distinct(second).slice(0, 1)
  return [...distinct(main).slice(0, examplesShown - others.length), ...others].map(({ feedbackId, text }) => ({ feedbackId, text }))
}
