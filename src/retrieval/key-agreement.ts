import type { IndexedCase } from './case-index.ts'
import type { Agreement } from './fusion.ts'
import type { QuerySubject } from './query-subject.ts'

/** The keys asked for, and those one step of the component tree away from them. */
export type AskedKeys = {
  components: ReadonlySet<string>
  /** Ancestors of the components asked for. */
  ancestors: ReadonlySet<string>
  symptoms: ReadonlySet<string>
  dtcs: ReadonlySet<string>
  ancestorsOf(component: string): readonly string[]
}

export function askedKeys(subject: QuerySubject, ancestorsOf: (key: string) => readonly string[]): AskedKeys {
  const cache = new Map<string, readonly string[]>()
  const cached = (key: string): readonly string[] => {
    const known = cache.get(key) ?? ancestorsOf(key)
    cache.set(key, known)
    return known
  }
  return {
    components: new Set(subject.components),
    // The top of the tree is a system ("body"): that two parts share it says next to nothing.
    ancestors: new Set(subject.components.flatMap(key => cached(key).slice(0, -1))),
    symptoms: new Set(subject.symptoms),
    dtcs: new Set(subject.dtcs),
    ancestorsOf: cached,
  }
}

function componentAgreement(components: readonly string[], asked: AskedKeys): Agreement['component'] {
  if (asked.components.size === 0) return 'none'
  let related = false
  for (const component of components) {
    if (asked.components.has(component)) return 'same'
    related ||= asked.ancestors.has(component) || asked.ancestorsOf(component).some(ancestor => asked.components.has(ancestor))
  }
  return related ? 'related' : 'none'
}

/** Which of the keys asked for a case carries: the component itself, its parent or its part; a symptom; a fault code. */
export const agreeOnKeys = (candidate: IndexedCase, asked: AskedKeys, namedVehicle: Agreement['namedVehicle'] = 'none'): Agreement => ({
  component: componentAgreement(candidate.components, asked),
  symptom: asked.symptoms.size > 0 && candidate.symptoms.some(symptom => asked.symptoms.has(symptom)),
  dtc: asked.dtcs.size > 0 && candidate.dtcs.some(code => asked.dtcs.has(code)),
  namedVehicle,
})
