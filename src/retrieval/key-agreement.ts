import type { IndexedCase } from './case-index.ts'
import type { Agreement } from './fusion.ts'
import type { QuerySubject } from './query-subject.ts'

/** The keys asked for, and those one step of the component tree away from them. */
export type AskedKeys = {
  /** How a component of a case stands to those asked for. */
  componentAgreement(component: string): Agreement['component']
  symptoms: ReadonlySet<string>
  dtcs: ReadonlySet<string>
}

export function askedKeys(subject: QuerySubject, ancestorsOf: (key: string) => readonly string[]): AskedKeys {
  const components = new Set(subject.components)
  // The top of the tree is a system ("body"): that two parts share it says next to nothing.
  const ancestors = new Set(subject.components.flatMap(key => ancestorsOf(key).slice(0, -1)))
  const known = new Map<string, Agreement['component']>()
  const agreementOf = (component: string): Agreement['component'] => {
    if (components.has(component)) return 'same'
    return ancestors.has(component) || ancestorsOf(component).some(ancestor => components.has(ancestor)) ? 'related' : 'none'
  }
  return {
    componentAgreement(component) {
      const agreement = known.get(component) ?? agreementOf(component)
      known.set(component, agreement)
      return agreement
    },
    symptoms: new Set(subject.symptoms),
    dtcs: new Set(subject.dtcs),
  }
}

function bestAgreement(components: readonly string[], asked: AskedKeys): Agreement['component'] {
  let best: Agreement['component'] = 'none'
  for (const component of components) {
    const agreement = asked.componentAgreement(component)
    if (agreement === 'same') return 'same'
    if (agreement === 'related') best = 'related'
  }
  return best
}

/** Which of the keys asked for a case carries: the component itself, its parent or its part; a symptom; a fault code. */
export const agreeOnKeys = (candidate: IndexedCase, asked: AskedKeys, namedVehicle: Agreement['namedVehicle'] = 'none'): Agreement => ({
  component: bestAgreement(candidate.components, asked),
  symptom: asked.symptoms.size > 0 && candidate.symptoms.some(symptom => asked.symptoms.has(symptom)),
  dtc: asked.dtcs.size > 0 && candidate.dtcs.some(code => asked.dtcs.has(code)),
  namedVehicle,
})
