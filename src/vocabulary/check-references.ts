import { FishboneError } from '../domain/error.ts'
import type { VocabularyFiles } from './vocabulary-files.ts'
import { tellsNothing } from './wording-classes.ts'

function* componentFaults({ components: { components, ambiguous }, symptoms: { symptoms }, calibration }: VocabularyFiles): Generator<string> {
  for (const [key, term] of Object.entries(components)) {
    if (term.parent !== null && !components[term.parent]) yield `component ${key}: unknown parent ${term.parent}`
    if (key in symptoms) yield `${key} is both a component and a symptom`
    const seen = new Set([key])
    for (let parent = term.parent; parent !== null; parent = components[parent]?.parent ?? null) {
      if (seen.has(parent)) {
        yield `component ${key} is its own ancestor`
        break
      }
      seen.add(parent)
    }
  }
  for (const key of [...calibration.componentWording.classes, ...calibration.componentPrototypes.classes])
    if (key !== tellsNothing && !components[key]) yield `component wording: unknown component ${key}`
  for (const { choices, otherwise } of ambiguous) {
    for (const choice of choices) {
      if (!components[choice.component]) yield `ambiguous word: unknown component ${choice.component}`
      for (const symptom of choice.symptoms ?? []) if (!symptoms[symptom]) yield `ambiguous word: unknown symptom ${symptom}`
    }
    if (otherwise !== null && !components[otherwise]) yield `ambiguous word: unknown component ${otherwise}`
  }
}

function* symptomFaults({ components: { components }, symptoms: { symptoms, faultWords }, spoken, calibration }: VocabularyFiles): Generator<string> {
  for (const key of Object.keys(spoken)) if (!symptoms[key]) yield `spoken sentences: unknown symptom ${key}`
  for (const key of Object.entries(calibration.links.otherNames).flat(2)) if (!symptoms[key]) yield `other names: unknown symptom ${key}`
  for (const [key, term] of Object.entries(symptoms)) {
    if (term.parent !== undefined && (!symptoms[term.parent] || term.parent === key)) yield `symptom ${key}: unknown parent ${term.parent}`
    if (term.implies !== undefined && !components[term.implies]) yield `symptom ${key}: implies unknown component ${term.implies}`
    for (const root of term.fits) if (root !== '*' && !components[root]) yield `symptom ${key}: fits unknown component ${root}`
  }
  for (const row of faultWords.flatMap(words => words.means)) {
    if (!components[row.component]) yield `fault word: unknown component ${row.component}`
    if (!symptoms[row.symptom]) yield `fault word: unknown symptom ${row.symptom}`
  }
}

function* ruleFaults(files: VocabularyFiles): Generator<string> {
  const { hazards, rules, heardEvents, events } = files.hazards
  const told = files.cues.told
  for (const event of Object.keys(heardEvents)) if (!events[event]) yield `heardEvents: ${event} has no label under events`
  for (const rule of rules) {
    if (!hazards[rule.hazard]) yield `hazard rule: unknown hazard ${rule.hazard}`
    for (const source of rule.from) {
      if (source.symptom && !files.symptoms.symptoms[source.symptom]) yield `hazard ${rule.hazard}: unknown symptom ${source.symptom}`
      for (const key of source.components ?? []) if (!files.components.components[key]) yield `hazard ${rule.hazard}: unknown component ${key}`
      for (const list of [source.toldBy, source.notWith, source.onlyWith]) if (list && !told[list]) yield `hazard ${rule.hazard}: unknown cues ${list}`
      if (source.heard !== undefined && !(source.heard in heardEvents)) yield `hazard ${rule.hazard}: ${source.heard} has no chance under heardEvents`
    }
  }
  for (const { symptom, components, toldBy } of files.severity.raised) {
    if (!files.symptoms.symptoms[symptom]) yield `severity: unknown symptom ${symptom}`
    for (const key of components ?? []) if (!files.components.components[key]) yield `severity: unknown component ${key}`
    if (!told[toldBy]) yield `severity: unknown cues ${toldBy}`
  }
  for (const { event } of files.severity.heard) if (!(event in heardEvents)) yield `severity: ${event} has no chance under heardEvents of the hazards`
  for (const { toldBy } of files.severity.told) if (!told[toldBy]) yield `severity: unknown cues ${toldBy}`
  for (const key of files.severity.gravestHazards) if (!hazards[key]) yield `severity: unknown hazard ${key}`
  for (const key of Object.keys(files.severity.bySymptom)) if (!files.symptoms.symptoms[key]) yield `severity: unknown symptom ${key}`
}

/** @throws FB_VOCABULARY_INVALID where one file names a key that no file defines. */
export function checkReferences(files: VocabularyFiles): void {
  const faults = [...componentFaults(files), ...symptomFaults(files), ...ruleFaults(files)]
  if (faults.length === 0) return
  throw new FishboneError('FB_VOCABULARY_INVALID', `the vocabulary contradicts itself: ${faults.slice(0, 5).join('; ')}`, { details: { faults } })
}
