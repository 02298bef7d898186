import type { Finding } from '../../domain/finding.ts'
import { primaryFinding, type StatusDtc } from '../../domain/issue.ts'
import type { Vocabulary } from '../../vocabulary/index.ts'
import { createFit } from '../../vocabulary/read-scene.ts'
import { withEvidence } from '../named-dtcs.ts'

/** What points to parts beside the owner's words: a fault code, or a repair order by what it replaced. */
export type Pointer = { by: string; method: 'dtc' | 'repair'; components: readonly string[] }

/** The finding under the component that evidence points to, beside the one the owner named; both stay. */
export type Correction = { finding: Finding; said: string; by: string; method: Pointer['method'] }

/** Fault codes of a car that have evidence behind them, the strongest first, as pointers. */
export const pointersOfCodes = (vocabulary: Pick<Vocabulary, 'componentsOfDtc'>, dtcs: readonly StatusDtc[]): Pointer[] =>
  withEvidence(dtcs).map(({ code }) => ({ by: code, method: 'dtc', components: vocabulary.componentsOfDtc(code) }))

/**
 * The component that evidence names where the owner blames another: "the 12 V battery is dead" with P0AA6, or with a traction battery replaced,
 * is one of the traction battery. Only for a pointer to exactly one part, of which a symptom told can be, and which is neither a part of what
 * was said nor holds it; the first of `pointers` counts. Null where one of them bears the owner out, or nothing was named.
 */
export function correctComponent(vocabulary: Vocabulary, findings: readonly Finding[], pointers: readonly Pointer[]): Correction | null {
  const primary = primaryFinding(findings)
  if (!primary || primary.component === null) return null
  const said = primary.component
  const fit = createFit(vocabulary)
  const isRelated = (key: string): boolean => vocabulary.isWithin(key, said) || vocabulary.isWithin(said, key)
  // One that bears the owner out is enough to leave the word alone.
  if (pointers.some(({ components }) => components.some(isRelated))) return null
  const told = findings.filter(({ symptom, negated, past, hypothetical }) => symptom !== null && !negated && !past && !hypothetical).toSorted((a, b) => b.confidence - a.confidence)
  for (const { by, method, components: [component, ...others] } of pointers) {
    if (component === undefined || others.length > 0) continue
    const symptom = told.find(finding => fit(finding.symptom as string, component) !== 'no')
    if (!symptom && told.length > 0) continue
    const own = symptom ?? primary
    // It stands for all the owner said of the wrong part, and so begins no later: of two findings alike the first files the report.
    const span: Finding['span'] = [Math.min(own.span[0], primary.span[0]), Math.max(own.span[1], primary.span[1])]
    return { finding: { ...own, span, confidence: primary.confidence, component, method }, said, by, method }
  }
  return null
}
