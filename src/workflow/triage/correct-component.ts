import type { Finding } from '../../domain/finding.ts'
import { primaryFinding, type StatusDtc } from '../../domain/issue.ts'
import type { Vocabulary } from '../../vocabulary/index.ts'
import { createFit } from '../../vocabulary/read-scene.ts'
import { withEvidence } from '../named-dtcs.ts'

/** The finding under the component a fault code points to, beside the one the owner named; both stay. */
export type Correction = { finding: Finding; said: string; code: string }

/**
 * The component that a fault code of the car names where the owner blames another: "the 12 V battery is dead" with P0AA6 is one of the traction
 * battery. Only for a code with evidence whose area is that of exactly one part, of which a symptom told can be, and which is neither a part
 * of what was said nor holds it; the strongest code first. Null where word and codes agree or nothing was named.
 */
export function correctComponent(vocabulary: Vocabulary, findings: readonly Finding[], dtcs: readonly StatusDtc[]): Correction | null {
  const primary = primaryFinding(findings)
  if (!primary || primary.component === null) return null
  const said = primary.component
  const fit = createFit(vocabulary)
  const isRelated = (key: string): boolean => vocabulary.isWithin(key, said) || vocabulary.isWithin(said, key)
  const pointed = withEvidence(dtcs).map(({ code }) => ({ code, keys: vocabulary.componentsOfDtc(code) }))
  // One code that bears the owner out is enough to leave the word alone.
  if (pointed.some(({ keys }) => keys.some(isRelated))) return null
  const told = findings.filter(({ symptom, negated, past, hypothetical }) => symptom !== null && !negated && !past && !hypothetical).toSorted((a, b) => b.confidence - a.confidence)
  for (const { code, keys: [component, ...others] } of pointed) {
    if (component === undefined || others.length > 0) continue
    const symptom = told.find(finding => fit(finding.symptom as string, component) !== 'no')
    if (!symptom && told.length > 0) continue
    const own = symptom ?? primary
    // It stands for all the owner said of the wrong part, and so begins no later: of two findings alike the first files the report.
    const span: Finding['span'] = [Math.min(own.span[0], primary.span[0]), Math.max(own.span[1], primary.span[1])]
    return { finding: { ...own, span, confidence: primary.confidence, component, method: 'dtc' }, said, code }
  }
  return null
}
