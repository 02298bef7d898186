import { FishboneError } from '../../domain/error.ts'
import { AcceptedTerm, createLinker, createVocabulary, withAcceptedTerms } from '../../vocabulary/index.ts'
import type { SiteTerms, VocabularyFiles } from '../../vocabulary/index.ts'
import type { TermCluster } from '../../domain/term-cluster.ts'
import type { ListTermClusters } from './list-term-clusters.ts'

export type TermDecision = { clusterId: string; by: string }

/** What an accepted form does: of the cluster's examples so many link to the key with it. */
export type AcceptedForm = { term: AcceptedTerm; linkedExamples: number; examples: number; vocabularyVersion: string }

export type TermDecisions = {
  /**
   * Adds a surface form to a key that the vocabulary has; it counts from the next start on.
   *
   * @param accept.form the proposed form of the cluster where it is not given.
   * @throws FB_NOT_FOUND for a cluster or key that is not there; FB_INVALID for a form that is no plain words, or that stands for another key.
   */
  accept(accept: TermDecision & { kind: 'component' | 'symptom'; key: string; form?: string | undefined; language?: 'en' | 'zh' | undefined }): Promise<AcceptedForm>
  /** Sets a cluster aside. @throws FB_NOT_FOUND */
  reject(reject: TermDecision & { reason: string }): Promise<void>
}

export type TermDecisionServices = {
  listTermClusters: ListTermClusters
  /** The vocabulary as shipped, without the site's terms. */
  shipped: () => VocabularyFiles
  siteTerms: { read: () => SiteTerms; write: (terms: SiteTerms) => Promise<void> }
  now: () => Date
}

export const createTermDecisions = ({ listTermClusters, shipped, siteTerms, now }: TermDecisionServices): TermDecisions => {
  const clusterOf = async (clusterId: string): Promise<TermCluster> => {
    const cluster = (await listTermClusters({ fewestReports: 1, limit: Number.MAX_SAFE_INTEGER })).find(one => one.clusterId === clusterId)
    if (!cluster) throw new FishboneError('FB_NOT_FOUND', `there is no cluster ${clusterId}`, { details: { clusterId } })
    return cluster
  }
  return {
    async accept({ clusterId, by, kind, key, form, language }) {
      const cluster = await clusterOf(clusterId)
      const parsed = AcceptedTerm.safeParse({
        kind, key, language: language ?? (/\p{Script=Han}/u.test(form ?? cluster.proposedForm ?? '') ? 'zh' : 'en'), form: form ?? cluster.proposedForm ?? '',
        clusterId, acceptedAt: now().toISOString(), acceptedBy: by,
      })
      if (!parsed.success) throw invalid(parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('; '))
      const term = parsed.data
      const files = shipped()
      const known = kind === 'component' ? files.components.components : files.symptoms.symptoms
      if (!(key in known)) throw new FishboneError('FB_NOT_FOUND', `the vocabulary has no ${kind} ${key}: a new key is made by editing vocabulary/`, { details: { kind, key } })
      const site = siteTerms.read()
      const terms = [...site.terms.filter(one => !(one.kind === kind && one.key === key && one.form === term.form)), term]
      const extended = vocabularyWith(files, terms)
      const linker = createLinker(extended)
      const linked = cluster.examples.filter(({ text }) => {
        const { symptoms, components } = linker.link(text)
        return (kind === 'symptom' ? symptoms : components).some(one => one.key === key)
      })
      await siteTerms.write({ terms, rejected: site.rejected.filter(one => one.clusterId !== clusterId) })
      return { term, linkedExamples: linked.length, examples: cluster.examples.length, vocabularyVersion: extended.version }
    },
    async reject({ clusterId, by, reason }) {
      await clusterOf(clusterId)
      const site = siteTerms.read()
      await siteTerms.write({ ...site, rejected: [...site.rejected, { clusterId, reason: reason.slice(0, 500), rejectedAt: now().toISOString(), rejectedBy: by }] })
    },
  }
}

const invalid = (message: string, cause?: unknown): FishboneError =>
  new FishboneError('FB_INVALID', `the form cannot be accepted: ${message}`, { cause, details: { errors: [{ pointer: '/form', message }] } })

/** A form that stands for another key would keep the vocabulary from loading: it is refused before it is written. */
const vocabularyWith = (files: VocabularyFiles, terms: SiteTerms['terms']) => {
  try {
    return createVocabulary(withAcceptedTerms(files, terms))
  } catch (cause) {
    if (cause instanceof FishboneError && cause.code === 'FB_VOCABULARY_INVALID') throw invalid(cause.message, cause)
    throw cause
  }
}
