import type { AnalysisSubject } from '../../domain/root-cause-analysis.ts'
import { FishboneError } from '../../domain/error.ts'
import type { TextLinks } from '../../domain/finding.ts'
import type { SymptomClass } from '../../domain/fleet.ts'
import { unclassifiedPrefix } from '../../domain/identifiers.ts'
import { primaryFinding } from '../../domain/issue.ts'
import { nearestKeys } from './nearest-keys.ts'

/** What reading a subject needs of the vocabulary. */
export type SubjectVocabulary = {
  readonly components: ReadonlyMap<string, unknown>
  readonly symptoms: ReadonlyMap<string, unknown>
  resolveComponent(name: string): string | null
  resolveSymptom(name: string): string | null
  isWithin: (key: string, root: string) => boolean
}

export type SubjectDependencies = {
  vocabulary: SubjectVocabulary
  link: (redactedText: string) => Pick<TextLinks, 'findings'>
  redact: (text: string) => string
  issueClass: (issueId: string) => Promise<SymptomClass | null>
}

export type ResolvedSubject = SymptomClass & { issueId: string | null; /** Redacted; null unless a text was asked about. */ text: string | null; others: SymptomClass[] }

const plain = { issueId: null, text: null, others: [] }

/**
 * The symptom class that is asked about.
 *
 * @throws FB_NOT_FOUND for an issue that is not there; FB_NO_SUBJECT where nothing recognisable is named, with the nearest keys for a name that
 *   the vocabulary does not have.
 */
export const resolveSubject = async (subject: AnalysisSubject, dependencies: SubjectDependencies): Promise<ResolvedSubject> => {
  if ('issueId' in subject) return ofIssue(subject.issueId, dependencies)
  if ('text' in subject) return ofText(subject.text, dependencies)
  return { ...plain, ...ofNames(subject, dependencies.vocabulary) }
}

const ofIssue = async (issueId: string, { issueClass }: SubjectDependencies): Promise<ResolvedSubject> => {
  const found = await issueClass(issueId)
  if (found === null) throw new FishboneError('FB_NOT_FOUND', `there is no issue ${issueId}`, { details: { issueId } })
  if (found.component === null && found.symptom === null)
    throw new FishboneError('FB_NO_SUBJECT', `issue ${issueId} names neither a component nor a symptom`, { details: { issueId } })
  return { ...plain, issueId, component: found.component, symptom: found.symptom }
}

const ofText = (given: string, { link, redact }: SubjectDependencies): ResolvedSubject => {
  const text = redact(given)
  const counted = link(text).findings.filter(one => !one.negated && !one.past && !one.hypothetical && one.symptom !== 'not-a-quality-issue')
  const chosen = primaryFinding(counted)
  if (chosen === null || (chosen.component === null && chosen.symptom === null))
    throw new FishboneError('FB_NO_SUBJECT', 'the text names no component and no symptom that is known: name one with component or symptom')
  const spelled = (one: SymptomClass): string => `${one.component ?? ''}\0${one.symptom ?? ''}`
  const others = new Map(counted.filter(one => spelled(one) !== spelled(chosen)).map(one => [spelled(one), { component: one.component, symptom: one.symptom }]))
  return { ...plain, component: chosen.component, symptom: chosen.symptom, text, others: [...others.values()] }
}

const ofNames = (subject: { component?: string | null | undefined; symptom?: string | null | undefined }, vocabulary: SubjectVocabulary): SymptomClass => {
  const component = subject.component ?? null
  const symptom = subject.symptom ?? null
  const isFreeWord = component?.startsWith(unclassifiedPrefix) === true
  return {
    component: component === null || isFreeWord ? component : (vocabulary.resolveComponent(component) ?? unknown('component', component, vocabulary.components.keys())),
    symptom: symptom === null ? null : (vocabulary.resolveSymptom(symptom) ?? unknown('symptom', symptom, vocabulary.symptoms.keys())),
  }
}

const unknown = (kind: 'component' | 'symptom', name: string, keys: Iterable<string>): never => {
  const nearest = nearestKeys(name, keys, 5)
  throw new FishboneError('FB_NO_SUBJECT', `no ${kind} is called "${name}"; nearest: ${nearest.join(', ')}`, { details: { kind, nearest } })
}

/** A class by keys or names of either side. @throws FB_NO_SUBJECT where neither is given, or one is not known. */
export const resolveClass = (names: { component?: string | null | undefined; symptom?: string | null | undefined }, vocabulary: SubjectVocabulary): SymptomClass => {
  if ((names.component ?? names.symptom) == null) throw new FishboneError('FB_NO_SUBJECT', 'say which component or symptom')
  return ofNames(names, vocabulary)
}

/** A side of the class with all it stands for: a parent includes its children; null is any. */
export const expandClass = ({ component, symptom }: SymptomClass, { components, symptoms, isWithin }: SubjectVocabulary): { components: string[] | null; symptoms: string[] | null } => {
  const within = (keys: Iterable<string>, root: string | null): string[] | null =>
    root === null ? null : [...new Set([root, ...[...keys].filter(key => isWithin(key, root))])].sort()
  return { components: within(components.keys(), component), symptoms: within(symptoms.keys(), symptom) }
}
