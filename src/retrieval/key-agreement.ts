import type { CaseColumns } from './case-columns.ts'
import { agreementBonus, type Agreement } from './fusion.ts'
import { matchMentions, type VehicleMention } from './named-vehicles.ts'
import type { QuerySubject } from './query-subject.ts'

/** The keys asked for, and those one step of the component tree away from them. */
export type AskedKeys = {
  /** How a component of a case stands to those asked for. */
  componentAgreement(component: string): Agreement['component']
  symptoms: readonly string[]
  dtcs: readonly string[]
}

export function askedKeys(subject: QuerySubject, ancestorsOf: (key: string) => readonly string[]): AskedKeys {
  const components = new Set(subject.components)
  // The top of the tree is a system ("body"): that two parts share it says next to nothing.
  const ancestors = new Set(subject.components.flatMap(key => ancestorsOf(key).slice(0, -1)))
  return {
    componentAgreement(component) {
      if (components.size === 0) return 'none'
      if (components.has(component)) return 'same'
      return ancestors.has(component) || ancestorsOf(component).some(ancestor => components.has(ancestor)) ? 'related' : 'none'
    },
    symptoms: subject.symptoms,
    dtcs: subject.dtcs,
  }
}

/** One case's agreement in one byte. */
const mark = { related: 1, same: 2, symptom: 4, dtc: 8, model: 16, modelYear: 32 } as const
const markedComponent = mark.related | mark.same

/** Whether a key or code is shared, the component itself or its kin; a vehicle named in the text is none. */
export const isKeyed = (marks: number): boolean => (marks & (markedComponent | mark.symptom | mark.dtc)) !== 0

export const agreementOf = (marks: number): Agreement => ({
  component: marks & mark.same ? 'same' : marks & mark.related ? 'related' : 'none',
  symptom: (marks & mark.symptom) !== 0,
  dtc: (marks & mark.dtc) !== 0,
  namedVehicle: marks & mark.modelYear ? 'model-year' : marks & mark.model ? 'model' : 'none',
})

/** What each byte adds, in units of z: for cases in the question's language, and for those in another. */
export const bonusTable = (): [Float64Array, Float64Array] => [
  Float64Array.from({ length: 64 }, (_, marks) => agreementBonus(agreementOf(marks), false)),
  Float64Array.from({ length: 64 }, (_, marks) => agreementBonus(agreementOf(marks), true)),
]

/**
 * Which of the keys asked for each case carries: the component itself, its parent or its part; a symptom; a fault code; and whether it affected a vehicle
 * that the text names. In the scratch of the columns, only cases that carry something being touched.
 */
export function markAgreement({ cases, places, scratch: { agreement } }: CaseColumns, asked: AskedKeys, mentions: readonly VehicleMention[]): void {
  agreement.fill(0)
  const add = (marked: readonly number[] | undefined, bits: number): void => {
    for (const place of marked ?? []) agreement[place]! |= bits
  }
  for (const [component, carriers] of places.components) {
    const agreed = asked.componentAgreement(component)
    if (agreed !== 'none') add(carriers, mark[agreed])
  }
  for (const symptom of asked.symptoms) add(places.symptoms.get(symptom), mark.symptom)
  for (const code of asked.dtcs) add(places.dtcs.get(code), mark.dtc)
  for (const place of new Set(mentions.flatMap(({ model }) => places.models.get(model) ?? []))) {
    const named = matchMentions(cases[place]!.affected, mentions)
    if (named !== 'none') agreement[place]! |= named === 'model' ? mark.model : mark.modelYear
  }
}
