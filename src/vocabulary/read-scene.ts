import { type Clause, splitClauses } from './clauses.ts'
import { lanes } from './compile-terms.ts'
import { findMentions, type Mention } from './find-mentions.ts'
import { createModalityReader, type ModalityReader } from './modality.ts'
import { createSubjectReader, ofThisVehicle } from './other-vehicles.ts'
import { readSymptoms, type SymptomMention } from './read-symptoms.ts'
import { type ReadingCopy, readingCopy } from './reading-copy.ts'
import { type ComponentMention, createAmbiguityRules, settleComponents } from './settle-components.ts'
import type { Vocabulary } from './vocabulary.ts'

/** What the forms of the vocabulary say in a text, before any of it is doubted or paired. */
export type Scene = {
  copy: ReadingCopy
  clauses: Clause[]
  components: ComponentMention[]
  symptoms: SymptomMention[]
  openFaults: Mention[]
  faults: Mention[]
  lanes: ReadonlyMap<string, Mention[]>
  modality: ModalityReader
  isForeign: (mention: { start: number }) => boolean
}

/** Reads the mentions of a text: components settled, symptoms read, modality and subject ready to be asked. */
export function createSceneReader(vocabulary: Vocabulary): (text: string) => Scene {
  const { files, terms } = vocabulary
  const ambiguityRules = createAmbiguityRules(files.components.ambiguous)
  return text => {
    const copy = readingCopy(text)
    const all = findMentions(text, copy, terms)
    const clauses = splitClauses(copy.text, (all.get('contrast') ?? []).map(({ start }) => start))
    const isForeign = createSubjectReader(clauses, all)
    const found = ofThisVehicle(all, isForeign)
    const faults = found.get(lanes.symptom) ?? []
    const settled = { text: copy.text, clauses, symptoms: faults }
    const components = settleComponents(found.get(lanes.component) ?? [], ambiguityRules, settled)
    const reading = readSymptoms(faults, { text: copy.text, clauses, components, faultWords: files.symptoms.faultWords, isWithin: vocabulary.isWithin })
    const modality = createModalityReader({ text: copy.text, clauses, lanes: found, faults })
    return { copy, clauses, components, ...reading, faults, lanes: found, modality, isForeign }
  }
}

export type Fit = 'any' | 'own' | 'no'

/** Whether a symptom is said of a component: of anything (`any`), of this very one (`own`), or not of it. */
export function createFit(vocabulary: Vocabulary): (symptom: string, component: string) => Fit {
  const known = new Map<string, Map<string, Fit>>()
  const fitOf = (symptom: string, component: string): Fit => {
    const roots = vocabulary.symptoms.get(symptom)?.fits ?? []
    const related = roots.some(root => root !== '*' && (vocabulary.isWithin(component, root) || vocabulary.isWithin(root, component)))
    return related ? 'own' : roots.includes('*') ? 'any' : 'no'
  }
  return (symptom, component) => {
    const ofSymptom = known.get(symptom) ?? new Map<string, Fit>()
    known.set(symptom, ofSymptom)
    const fit = ofSymptom.get(component) ?? fitOf(symptom, component)
    ofSymptom.set(component, fit)
    return fit
  }
}
