import type { Finding, LinkedComponent, LinkedSymptom, Modality } from '../domain/finding.ts'

type Tree = { isWithin: (key: string, root: string) => boolean }

const counts = ({ negated, past, hypothetical }: Modality): boolean => !negated && !past && !hypothetical

const modalityKey = ({ negated, past, hypothetical }: Modality): string => `${Number(negated)}${Number(past)}${Number(hypothetical)}`

/** Keeps the most confident link of each key, in the order in which the keys were first met. */
function strongest<T extends { confidence: number }>(links: readonly T[], keyOf: (link: T) => string): T[] {
  const byKey = new Map<string, T>()
  for (const link of links) {
    const known = byKey.get(keyOf(link))
    if (!known || link.confidence > known.confidence) byKey.set(keyOf(link), link)
  }
  return [...byKey.values()]
}

export const distinctComponents = (components: readonly LinkedComponent[]): LinkedComponent[] => strongest(components, ({ key }) => key)

/** One entry a symptom: said as a fault it outweighs the same symptom negated or past; a general one gives way to its kind. */
export function distinctSymptoms(symptoms: readonly LinkedSymptom[], { isWithin }: Tree): LinkedSymptom[] {
  const asserted = strongest(symptoms.filter(counts), ({ key }) => key)
  const assertedKeys = new Set(asserted.map(({ key }) => key))
  const others = strongest(symptoms.filter(symptom => !counts(symptom) && !assertedKeys.has(symptom.key)), ({ key }) => key)
  const distinct = [...asserted, ...others].sort((a, b) => a.span[0] - b.span[0])
  return distinct.filter(
    symptom =>
      !distinct.some(
        other => other.key !== symptom.key && isWithin(other.key, symptom.key) && modalityKey(other) === modalityKey(symptom),
      ),
  )
}

/** One entry a (component, symptom, modality); a pair without component, or with the general symptom, gives way to the fuller one. */
export function distinctFindings(findings: readonly Finding[], { isWithin }: Tree): Finding[] {
  const distinct = strongest(findings, finding => `${finding.component}|${finding.symptom}|${modalityKey(finding)}`)
  const says = (fuller: Finding, barer: Finding): boolean =>
    fuller !== barer &&
    modalityKey(fuller) === modalityKey(barer) &&
    fuller.symptom !== null &&
    barer.symptom !== null &&
    isWithin(fuller.symptom, barer.symptom) &&
    (fuller.symptom !== barer.symptom ? fuller.component === barer.component || barer.component === null : barer.component === null)
  return distinct.filter(finding => !distinct.some(other => says(other, finding))).sort((a, b) => a.span[0] - b.span[0])
}
