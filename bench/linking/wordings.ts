import type { Vocabulary } from '../../src/vocabulary/index.ts'
import { clausesBySentence, splitClauses } from '../../src/vocabulary/clauses.ts'
import { readingCopy } from '../../src/vocabulary/reading-copy.ts'
import { tellsNothing } from '../../src/vocabulary/wording-classes.ts'
import type { WordingModel } from '../../src/vocabulary/wording-model.ts'
import type { Wording } from './fit-softmax.ts'
import { type ReadText, type Side, symptomSide } from './read-texts.ts'

const formsPerKey = 40
const componentFormsPerKey = 20
const formWeight = 0.5
const sentenceWeight = 0.5
const nothingWeight = 0.25
/** A sentence that sounds this little like every symptom of its text tells none of them. */
const leastBelief = 0.02

/** Spoken sentences of every symptom, and evenly drawn forms of every symptom at half their weight. */
export function unlabelledWordings(vocabulary: Vocabulary): Wording[] {
  const read = (text: string): string => readingCopy(text).text
  const spoken = Object.entries(vocabulary.files.spoken).flatMap(([key, { en, zh }]) => [...en, ...zh].map(text => ({ text: read(text), key, weight: 1 })))
  // "Other fault" sounds like anything: its sentences speak for it, not its forms.
  return [...spoken, ...formsOf(vocabulary, vocabulary.symptoms.keys(), formsPerKey).filter(({ key }) => key !== 'other-symptom')]
}

/** Evenly drawn forms of every key. */
function formsOf(vocabulary: Vocabulary, keys: Iterable<string>, most: number): Wording[] {
  return [...keys].flatMap(key => (['en', 'zh'] as const).flatMap(language => {
    const all = vocabulary.formsOf(key, language)
    const step = Math.max(1, Math.floor(all.length / most))
    return all.filter((_, index) => index % step === 0).map(text => ({ text: readingCopy(text).text, key, weight: formWeight }))
  }))
}

/** Forms of every component, and the spoken sentences of symptoms that are filed under one. */
export function unlabelledComponentWordings(vocabulary: Vocabulary): Wording[] {
  const spoken = Object.entries(vocabulary.files.spoken).flatMap(([symptom, { en, zh }]) => {
    const key = vocabulary.symptoms.get(symptom)?.implies
    return key === undefined ? [] : [...en, ...zh].map(text => ({ text: readingCopy(text).text, key, weight: formWeight }))
  })
  return [...spoken, ...formsOf(vocabulary, vocabulary.components.keys(), componentFormsPerKey)]
}

function sentencesOf({ scene }: ReadText): string[] {
  return [...clausesBySentence(scene.clauses).values()]
    .map(own => scene.copy.text.slice(scene.clauses[own[0] as number]?.start, scene.clauses[own.at(-1) as number]?.end))
    .filter(sentence => sentence.trim().length > 2)
}

/** Each sentence to the key of its text that it sounds most like, or to none; each key to one sentence at least. */
function assignedSentences(text: ReadText, keys: readonly string[], model: WordingModel): Wording[] {
  const told = sentencesOf(text).map(sentence => {
    const shares = model.read(sentence, splitClauses(sentence, [])).whole()
    return { sentence, beliefs: keys.map(key => shares[model.indexOf.get(key) ?? -1] ?? 0) }
  })
  if (told.length < 2) return []
  const best = keys.map((_, key) => told.reduce((a, b) => ((b.beliefs[key] as number) > (a.beliefs[key] as number) ? b : a)))
  const rows = told.flatMap(one => {
    const highest = Math.max(...one.beliefs)
    if (highest >= leastBelief) return [{ text: one.sentence, key: keys[one.beliefs.indexOf(highest)] as string, weight: sentenceWeight }]
    return best.includes(one) ? [] : [{ text: one.sentence, key: tellsNothing, weight: nothingWeight }]
  })
  const missing = keys.flatMap((key, at) => (rows.some(row => row.key === key) ? [] : [{ text: (best[at] as typeof told[number]).sentence, key, weight: sentenceWeight }]))
  return [...rows, ...missing]
}

/**
 * Labelled texts as wordings: the whole text once for each symptom, or component, it tells, and its sentences.
 *
 * @param model one that read no label: it says which sentence tells which of them.
 */
export const labelledWordings = (texts: readonly ReadText[], model: WordingModel, { keysOf, noneOf }: Side = symptomSide): Wording[] =>
  texts.flatMap(text => {
    const whole = text.scene.copy.text
    const keys = keysOf(text)
    if (keys.length === 0) return [whole, ...(text.scene.clauses.length > 1 ? sentencesOf(text) : [])]
      .map((told, at) => ({ text: told, key: noneOf(text), weight: at === 0 ? 1 : sentenceWeight }))
    return [...keys.map(key => ({ text: whole, key, weight: 1 })), ...assignedSentences(text, keys, model)]
  })
