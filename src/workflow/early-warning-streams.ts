import { FishboneError } from '../domain/error.ts'
import type { SymptomClass } from '../domain/fleet.ts'

type Names = { component?: string; symptom?: string }

/**
 * The streams meant by names of a component and a symptom; a side without a name is any.
 *
 * @throws FB_NO_SUBJECT for a name the vocabulary does not have.
 */
export const createResolveStreams =
  (vocabulary: { resolveComponent(name: string): string | null; resolveSymptom(name: string): string | null }) =>
  ({ component, symptom }: Names): SymptomClass => {
    const resolved = { component: component === undefined ? null : vocabulary.resolveComponent(component), symptom: symptom === undefined ? null : vocabulary.resolveSymptom(symptom) }
    if (component !== undefined && resolved.component === null)
      throw new FishboneError('FB_NO_SUBJECT', `no component is called ${component}`, { details: { component } })
    if (symptom !== undefined && resolved.symptom === null)
      throw new FishboneError('FB_NO_SUBJECT', `no symptom is called ${symptom}`, { details: { symptom } })
    return resolved
  }
