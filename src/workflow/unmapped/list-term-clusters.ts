import { endOfAsOf } from '../../domain/instant.ts'
import { shortHash } from '../../domain/identifiers.ts'
import type { TermCluster } from '../../domain/term-cluster.ts'
import type { QueuedClause, UnmappedStore } from '../../graph/ports/unmapped.ts'
import { matchingForm } from '../../retrieval/terms.ts'
import type { SiteTerms, Vocabulary } from '../../vocabulary/index.ts'
import { growthOf } from '../collective/growth.ts'
import { cosineOf, createTermWeights } from './clause-vectors.ts'
import type { SparseVector } from './clause-vectors.ts'
import { clusterClauses } from './cluster-clauses.ts'
import type { ClauseCluster } from './cluster-clauses.ts'
import { proposeForm } from './propose-form.ts'

/** Clusters that grow first, then the largest; those a person set aside are left out. */
export type ListTermClusters = (question?: { asOf?: string | undefined; fewestReports?: number | undefined; limit?: number | undefined }) => Promise<TermCluster[]>

export type TermVocabulary = Pick<Vocabulary, 'components' | 'symptoms' | 'formsOf' | 'labelOf'>

const mostClauses = 20_000
const examplesShown = 3
const nearestShown = 5
/** Forms of a key that stand for it: the label and the first, so that a key with thousands of spellings is not a vector of everything. */
const formsWeighed = 60
const leastNearness = 0.05

export const createListTermClusters =
  (services: { store: UnmappedStore; vocabulary: TermVocabulary; siteTerms: () => SiteTerms; now: () => Date }): ListTermClusters =>
  async ({ asOf, fewestReports = 2, limit = 30 } = {}) => {
    const at = asOf === undefined ? services.now().toISOString() : endOfAsOf(asOf)
    const clauses = await services.store.listClauses({ asOf: at, k: mostClauses })
    const keys = keyTexts(services.vocabulary)
    const weights = createTermWeights([...clauses.map(({ text }) => text), ...keys.map(({ text }) => text)])
    const rejected = new Set(services.siteTerms().rejected.map(({ clusterId }) => clusterId))
    const keyVectors = keys.map(({ text, ...key }) => ({ ...key, vector: weights.vectorOf(text) }))
    const forms = clauses.map(({ text }) => matchingForm(text))
    return clusterClauses(clauses, text => weights.vectorOf(text))
      .filter(cluster => !rejected.has(clusterIdOf(cluster)) && new Set(cluster.clauses.map(({ feedbackId }) => feedbackId)).size >= fewestReports)
      .map(cluster => ({ cluster, growth: growthOf(firstOfReports(cluster), at) }))
      .toSorted((a, b) => Number(b.growth.verdict === 'growing') - Number(a.growth.verdict === 'growing') || b.cluster.clauses.length - a.cluster.clauses.length)
      .slice(0, limit)
      .map(({ cluster, growth }) => describe(cluster, growth, { forms, keyVectors, vocabulary: services.vocabulary }))
  }

/** Named after its oldest clause: a cluster that grows keeps its name. */
export const clusterIdOf = ({ clauses }: ClauseCluster): string => `TRM-${shortHash('TermCluster', clauses[0]?.clauseId ?? '').slice(0, 10)}`

/** When each report of a cluster was received, once a report. */
const firstOfReports = ({ clauses }: ClauseCluster): string[] => [...new Map(clauses.map(({ feedbackId, receivedAt }) => [feedbackId, receivedAt])).values()]

type KeyText = { kind: 'component' | 'symptom'; key: string; text: string }

const keyTexts = ({ components, symptoms, formsOf }: TermVocabulary): KeyText[] =>
  ([['component', components], ['symptom', symptoms]] as const).flatMap(([kind, terms]) =>
    [...terms.keys()].map(key => ({ kind, key, text: (['en', 'zh'] as const).flatMap(language => formsOf(key, language).slice(0, formsWeighed)).join(' . ') })),
  )

type Frame = {
  forms: readonly string[]
  keyVectors: readonly (Omit<KeyText, 'text'> & { vector: SparseVector })[]
  vocabulary: TermVocabulary
}

const isChinese = (clauses: readonly QueuedClause[]): boolean => clauses.filter(({ text }) => /\p{Script=Han}/u.test(text)).length * 2 >= clauses.length

const describe = (cluster: ClauseCluster, growth: TermCluster['growth'], { forms, keyVectors, vocabulary }: Frame): TermCluster => {
  const { clauses, centroid } = cluster
  const language = isChinese(clauses) ? 'zh' : 'en'
  const texts = clauses.map(({ text }) => text)
  const own = texts.map(matchingForm)
  const holding = (held: readonly string[], form: string): number => held.filter(text => text.includes(form)).length
  const nearest = keyVectors
    .map(({ kind, key, vector }) => ({ kind, key, label: vocabulary.labelOf(key, language), score: Math.round(cosineOf(centroid, vector) * 1_000) / 1_000 }))
    .filter(({ score }) => score >= leastNearness)
    .toSorted((a, b) => b.score - a.score || (a.key < b.key ? -1 : 1))
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
    examples: distinctExamples(clauses),
    components: [...named].map(([key, count]) => ({ key, clauses: count })).toSorted((a, b) => b.clauses - a.clauses || (a.key < b.key ? -1 : 1)),
    nearest: nearest.slice(0, nearestShown),
    proposedForm: proposeForm(texts, form => holding(forms, form) - holding(own, form), forms.length - own.length),
  }
}

/** The oldest clauses that read differently. */
const distinctExamples = (clauses: readonly QueuedClause[]): TermCluster['examples'] =>
  [...new Map(clauses.map(clause => [matchingForm(clause.text), clause])).values()].slice(0, examplesShown).map(({ feedbackId, text }) => ({ feedbackId, text }))

