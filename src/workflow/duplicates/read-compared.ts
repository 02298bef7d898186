import { readNearText, type NearText } from '../../domain/near-text.ts'
import type { ComparedReport } from '../../graph/ports/duplicates.ts'
import type { DuplicateRules } from './duplicate-rules.ts'
import type { Likeness } from './likeness.ts'
import { createReadConditions, createReadPositions, type Positions } from './position-words.ts'
import { createReadDetails, type ToldDetails } from './told-details.ts'

export type SaidClass = { component: string | null; symptom: string | null }

/** A report with all that is held against another one. What costs reading of the text is read when it is first asked for: most candidates fall before. */
export type ReadReport = ComparedReport & {
  /** Instant of the event, ms. */
  at: number
  near: NearText
  positions: Positions
  details: ToldDetails
  classes: readonly SaidClass[]
  /** It is about the service, not about the car. */
  isService: boolean
  /** When it happens (`braking`, `turning` …), as far as the text says. */
  conditions: ReadonlySet<string>
  /** What the text sounds like, worked out when it is asked for. */
  sound: () => ArrayLike<number>
}

export type ReadCompared = (report: ComparedReport) => ReadReport

/** Keys that name no problem. */
const openSymptoms = new Set(['other-symptom', 'not-a-quality-issue'])

const classesOf = ({ findings }: ComparedReport): SaidClass[] =>
  findings
    .map(({ component, symptom }) => ({ component, symptom: symptom !== null && openSymptoms.has(symptom) ? null : symptom }))
    .filter(({ component, symptom }) => component !== null || symptom !== null)

export const createReadCompared = (rules: DuplicateRules, soundsLike: (text: string) => ArrayLike<number>): ReadCompared => {
  const readPositions = createReadPositions(rules)
  const readDetails = createReadDetails(rules)
  const readConditions = createReadConditions(rules)
  return report => {
    const near = lazily(() => readNearText(report.text))
    const positions = lazily(() => readPositions(report.text))
    const details = lazily(() => readDetails(report.text, report.dtcs))
    const conditions = lazily(() => readConditions(report.text))
    return {
      ...report,
      at: Date.parse(report.occurredAt),
      classes: classesOf(report),
      isService: report.findings.some(({ symptom }) => symptom === 'not-a-quality-issue'),
      sound: () => soundsLike(report.text),
      get near() { return near() },
      get positions() { return positions() },
      get details() { return details() },
      get conditions() { return conditions() },
    }
  }
}

const lazily = <T>(make: () => T): (() => T) => {
  let made: { value: T } | undefined
  return () => (made ??= { value: make() }).value
}

/** Order of events; of two at one instant the id decides, so that every process sees the same order. */
export const byEvent = (a: ReadReport, b: ReadReport): number => a.at - b.at || (a.id < b.id ? -1 : 1)

const dayMs = 86_400_000
export const daysApart = (a: ReadReport, b: ReadReport): number => Math.abs(a.at - b.at) / dayMs

/** What two reports share: a symptom class, a component, or neither. `key` names it. */
export type SharedClass = { kind: 'class' | 'component'; component: string | null; symptom: string | null } | null

export type ShareClass = (a: readonly SaidClass[], b: readonly SaidClass[]) => SharedClass

/** Whether two reports name parts of one system (the top of the component tree). */
export type ShareSystem = (a: readonly SaidClass[], b: readonly SaidClass[]) => boolean

export const createShareSystem = (ancestorsOf: (component: string) => readonly string[]): ShareSystem => {
  const systemsOf = (classes: readonly SaidClass[]): string[] => classes.flatMap(({ component }) => (component === null ? [] : [ancestorsOf(component).at(-1) ?? component]))
  return (a, b) => {
    const systems = new Set(systemsOf(a))
    return systemsOf(b).some(system => systems.has(system))
  }
}

/**
 * Classes are shared by the same symptom where the components are the same, one is the other's parent, or one text names none; components by
 * equality or parenthood. @param parentOf the next component up in the vocabulary.
 */
export const createShareClass = (parentOf: (component: string) => string | undefined): ShareClass => {
  const related = (a: string, b: string): boolean => a === b || parentOf(a) === b || parentOf(b) === a
  return (a, b) => {
    let shared: SharedClass = null
    for (const one of a)
      for (const other of b) {
        const isRelated = one.component !== null && other.component !== null && related(one.component, other.component)
        const isOpen = one.component === null || other.component === null
        if (one.symptom !== null && one.symptom === other.symptom && (isRelated || isOpen))
          return { kind: 'class', component: one.component ?? other.component, symptom: one.symptom }
        if (isRelated) shared ??= { kind: 'component', component: one.component, symptom: null }
      }
    return shared
  }
}

/** Cosine similarity of the stored vectors, as it was read or from the vectors; null unless both are there and of one model. */
export const cosineOf = (a: ReadReport, b: ReadReport): number | null => {
  if (a.towards?.id === b.id) return a.towards.cosine
  if (b.towards?.id === a.id) return b.towards.cosine
  if (a.embedding === null || b.embedding === null || a.embeddingModel !== b.embeddingModel || a.embedding.length !== b.embedding.length) return null
  let [dot, ofA, ofB] = [0, 0, 0]
  for (let at = 0; at < a.embedding.length; at++) {
    const [x, y] = [a.embedding[at]!, b.embedding[at]!]
    dot += x * y
    ofA += x * x
    ofB += y * y
  }
  return ofA > 0 && ofB > 0 ? dot / Math.sqrt(ofA * ofB) : null
}

/** Similarity of meaning of two reports: the cosine, and the share of random pairs of their languages that are less alike. Null without vectors. */
export type Meaning = { cosine: number; share: number } | null
export type CompareMeaning = (a: ReadReport, b: ReadReport) => Meaning

export const createCompareMeaning = (likeness: Likeness): CompareMeaning => (a, b) => {
  const cosine = cosineOf(a, b)
  return cosine === null ? null : { cosine, share: likeness(a.language, b.language, cosine) }
}
