import { type Assess, filedComponent, type Linker, type TextVector, type Vocabulary } from '../../src/vocabulary/index.ts'
import { linkedFrom } from '../../src/vocabulary/component-judge.ts'
import { readingCopy } from '../../src/vocabulary/reading-copy.ts'
import { type LabelledText, slotsOf } from './labelled-texts.ts'
import { type Hits, scoreKeys } from './score-links.ts'

/** One text, judged: hits of both sides, of hazards, whether the boundary is right, and confidence against right for each symptom link. */
export type Judgement = {
  symptom: Hits
  /** Components that count as linked. */
  component: Hits
  /** Components that findings are filed under. */
  filed: Hits
  hazard: Hits
  isQualityRight: boolean
  modality: { judged: number; right: number }
  links: { confidence: number; isRight: boolean }[]
  components: { confidence: number; isRight: boolean }[]
}

/** `vectorOf` where texts are linked with the vector of the whole, as triage does. */
type Reader = { vocabulary: Vocabulary; linker: Linker; assess: Assess; vectorOf?: ((text: string) => TextVector) | undefined }

const notQuality = 'not-a-quality-issue'

export function judgeText({ vocabulary, linker, assess, vectorOf }: Reader, text: LabelledText): Judgement {
  const links = linker.link(text.text, { vector: vectorOf?.(text.text) ?? null })
  const byWords = vectorOf ? linker.link(text.text) : null
  const counting = links.findings.filter(({ negated, past, hypothetical, symptom }) => !negated && !past && !hypothetical && symptom !== notQuality)
  const actual = text.findings.filter(({ modality }) => modality === 'actual')
  const slots = slotsOf(actual, 'symptom')
  const parts = slotsOf(actual, 'component')
  const { hazards, qualityIssue } = assess({ links, byWords, dtcs: [], flags: {} })
  const free = new Set(text.alsoHazards.filter(hazard => !text.hazards.includes(hazard)))
  const claimed = new Set(hazards.filter(({ nearMiss, key }) => !nearMiss && !free.has(key)).map(({ key }) => key))
  const told = text.findings.flatMap(({ symptom, modality }) => {
    const found = links.findings.filter(finding => finding.symptom === symptom)
    const counts = found.some(({ negated, past, hypothetical }) => !negated && !past && !hypothetical)
    // A fault of another car is right when it is not counted, found or not.
    return found.length > 0 || modality === 'other-vehicle' ? [counts === (modality === 'actual')] : []
  })
  return {
    symptom: scoreKeys(new Set(counting.flatMap(({ symptom }) => symptom ?? [])), slots),
    component: scoreKeys(new Set(links.components.filter(({ confidence }) => confidence >= linkedFrom).map(({ key }) => key)), parts),
    filed: scoreKeys(new Set(counting.flatMap(finding => filedComponent(vocabulary, finding) ?? [])), parts),
    hazard: scoreKeys(claimed, text.hazards.map(hazard => ({ accepts: new Set([hazard]), isOptional: false }))),
    isQualityRight: qualityIssue === text.qualityIssue,
    modality: { judged: told.length, right: told.filter(Boolean).length },
    links: counting.flatMap(({ symptom, confidence }) => (symptom === null ? [] : [{ confidence, isRight: slots.some(({ accepts }) => accepts.has(symptom)) }])),
    components: links.components.map(({ key, confidence }) => ({ confidence, isRight: parts.some(({ accepts }) => accepts.has(key)) })),
  }
}

/** The peer: every plain wording of the vocabulary that stands in the text, without grammar, gaps, context or negation. */
export function keywordScorer(vocabulary: Vocabulary): (text: LabelledText) => { symptom: Hits; component: Hits } {
  const wordsOf = (keys: Iterable<string>) =>
    [...keys].map(key => ({ key, words: (['en', 'zh'] as const).flatMap(language => vocabulary.formsOf(key, language)).map(form => readingCopy(form).text).filter(form => form.length > 1) }))
  const symptoms = wordsOf(vocabulary.symptoms.keys())
  const components = wordsOf(vocabulary.components.keys())
  return text => {
    const read = readingCopy(text.text).text
    const found = (terms: typeof symptoms): Set<string> => new Set(terms.filter(({ key, words }) => key !== notQuality && words.some(word => read.includes(word))).map(({ key }) => key))
    const actual = text.findings.filter(({ modality }) => modality === 'actual')
    return { symptom: scoreKeys(found(symptoms), slotsOf(actual, 'symptom')), component: scoreKeys(found(components), slotsOf(actual, 'component')) }
  }
}
