import { findDtcMentions } from '../domain/dtc.ts'
import type { Finding, LinkedComponent, LinkedSymptom, Modality, Span, TextLinks } from '../domain/finding.ts'
import { detectLanguage, nfkcCopy } from '../domain/normalised-copy.ts'
import { redactionMarks } from '../domain/redaction-mark.ts'
import { type Clause, clauseIndexAt, sentencesAround, splitClauses } from './clauses.ts'
import { lanes } from './compile-terms.ts'
import { filedComponent } from './filed-component.ts'
import { findMentions, type Mention } from './find-mentions.ts'
import { linkWeights, neighbourConfidence, pairingWeights, withLength } from './link-confidence.ts'
import { distinctComponents, distinctFindings, distinctSymptoms } from './distinct-links.ts'
import { createModalityReader, type ModalityReader } from './modality.ts'
import { createSubjectReader, ofThisVehicle } from './other-vehicles.ts'
import { type Pair, pairFindings } from './pair-findings.ts'
import { readSymptoms, type SymptomMention } from './read-symptoms.ts'
import { type ReadingCopy, readingCopy } from './reading-copy.ts'
import { type ComponentMention, createAmbiguityRules, settleComponents } from './settle-components.ts'
import { createTermNeighbours } from './term-neighbours.ts'
import { findUnlinkedClauses, type UnlinkedClause } from './unlinked-clauses.ts'
import type { Vocabulary } from './vocabulary.ts'

/** An event told in words (`crash`, `injury`, `inMotion` …), with its clause, and its sentence together with the one before and after. */
export type ToldCue = Modality & { key: string; span: Span; clause: Span; context: Span }

/** The links of a text with what severity and triage read beside them. */
export type LinkedText = TextLinks & {
  told: ToldCue[]
  /** Words of failure (`故障`, `stopped working`) were met, whether or not they named a symptom. */
  speaksOfFault: boolean
  /** Clauses in which no symptom was found, in order; what is told of somebody else's car is not among them. */
  unlinkedClauses: UnlinkedClause[]
}

export type Linker = {
  readonly vocabularyVersion: string
  /**
   * Ties a redacted text to vocabulary keys. Pure, never throws; spans are UTF-16 offsets into the text given.
   *
   * @param options.language the source's own claim; used only where the script of the text does not tell.
   */
  link(redactedText: string, options?: { language?: string | null }): LinkedText
}

/** Symptoms looked at for one that fits a part named. */
const nearestAsked = 5

/** Beyond this length a text resembles everything a little. */
const longestResembling = 400

/** Symptom that says the text is no complaint at all; it stands only where nothing else was found. */
const notQuality = 'not-a-quality-issue'

type Scene = {
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

const componentConfidence = ({ isWeak, isSettled, weight, key }: ComponentMention, ambiguous: boolean): number => {
  if (isWeak) return linkWeights.weak
  if (!isSettled) return linkWeights.unsettled
  return key !== '' && ambiguous ? linkWeights.settled : withLength(linkWeights.form, weight)
}

export function createLinker(vocabulary: Vocabulary): Linker {
  const { files, terms } = vocabulary
  const ambiguityRules = createAmbiguityRules(files.components.ambiguous)
  const neighbours = createTermNeighbours(vocabulary)

  const isPartOf = (component: string, whole: string): boolean => component !== whole && vocabulary.isWithin(component, whole)
  const fit = (symptom: string, component: string): 'any' | 'own' | 'no' => {
    const roots = vocabulary.symptoms.get(symptom)?.fits ?? []
    const related = roots.some(root => root !== '*' && (vocabulary.isWithin(component, root) || vocabulary.isWithin(root, component)))
    return related ? 'own' : roots.includes('*') ? 'any' : 'no'
  }

  function readScene(text: string): Scene {
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

  const spanOf = (scene: Scene, { start, end }: { start: number; end: number }): Span => scene.copy.toSource(start, end)

  function pairsOf(scene: Scene): Pair[] {
    const real = scene.symptoms.filter(({ key }) => key !== notQuality)
    const symptoms = real.length > 0 || scene.openFaults.length > 0 ? real : scene.symptoms.slice(0, 1)
    return pairFindings({ text: scene.copy.text, clauses: scene.clauses, components: scene.components, symptoms, fit, isPartOf })
  }

  function findingOf(scene: Scene, { symptom, component, closeness }: Pair): Finding {
    const side = component ? Math.min(symptom.confidence, componentConfidence(component, false)) : symptom.confidence
    return {
      component: component?.key ?? null,
      symptom: symptom.key,
      confidence: Number((side * pairingWeights[closeness]).toFixed(3)),
      span: spanOf(scene, symptom),
      method: 'alias',
      ...scene.modality.read(symptom),
    }
  }

  /**
   * The second stage, for a text in which no wording of any symptom was met: the symptom whose wordings it resembles most, with the first
   * component named that it fits. It is silent about other cars, questions, praise and what is to be inspected.
   */
  function findingByResemblance(scene: Scene, text: string): Finding[] {
    const isAboutElse = ['told.question', 'told.praise', 'told.inspection'].some(lane => (scene.lanes.get(lane) ?? []).length > 0)
    const own = scene.clauses.filter(clause => !scene.isForeign({ start: clause.end - 1 }))
    const [first, last] = [own[0], own.at(-1)]
    if (scene.faults.some(({ meaning }) => !meaning.key.startsWith('!')) || isAboutElse || !first || !last || text.length > longestResembling) return []
    const near = neighbours(own.map(clause => scene.copy.text.slice(clause.start, clause.end)).join('\n'), nearestAsked)
    const fitting = (symptom: string) => scene.components.find(({ key }) => fit(symptom, key) !== 'no')
    // A symptom that no part named can have is not what was told: the traction battery is not the 12 V one.
    const nearest = near.find(({ key }) => scene.components.length === 0 || fitting(key) !== undefined)
    const confidence = nearest ? neighbourConfidence(nearest.cosine) : null
    if (!nearest || confidence === null) return []
    const component = fitting(nearest.key)
    const modality = scene.modality.read(first)
    return [{ component: component?.key ?? null, symptom: nearest.key, confidence, span: spanOf(scene, { start: first.start, end: last.end }), method: 'tfidf', ...modality }]
  }

  /** Components of which only a failure without a name was said, or, in a text without any finding, those just named. */
  function componentFindings(scene: Scene, found: readonly Finding[]): Finding[] {
    const isTold = (key: string): boolean => found.some(({ component }) => component !== null && (vocabulary.isWithin(component, key) || vocabulary.isWithin(key, component)))
    const failing = new Set(scene.openFaults.map(fault => clauseIndexAt(scene.clauses, fault.start)))
    const open = scene.components.filter(component => !isTold(component.key))
    const said = open.filter(component => failing.has(clauseIndexAt(scene.clauses, component.start)))
    return (found.length + said.length > 0 ? said : open).map(component => ({
      component: component.key,
      symptom: null,
      confidence: Math.min(componentConfidence(component, false), said.includes(component) ? 0.85 : 0.6),
      span: spanOf(scene, component),
      method: 'alias',
      ...scene.modality.read(component),
    }))
  }

  const linkedComponents = (scene: Scene): LinkedComponent[] =>
    scene.components.map(component => ({
      key: component.key,
      label: vocabulary.labelOf(component.key),
      confidence: componentConfidence(component, false),
      span: spanOf(scene, component),
      method: 'alias',
    }))

  /** Where a symptom was said of no component, or of a system only: the component it is filed under. */
  const impliedComponents = (findings: readonly Finding[]): LinkedComponent[] =>
    findings.flatMap(({ component, symptom, confidence, span, method, ...modality }) => {
      const key = filedComponent(vocabulary, { component, symptom })
      if (key === null || key === component || modality.negated || modality.past || modality.hypothetical) return []
      return [{ key, label: vocabulary.labelOf(key), confidence: Number(Math.min(confidence, linkWeights.implied).toFixed(3)), span, method }]
    })

  function linkedSymptoms(scene: Scene, pairs: readonly Pair[]): LinkedSymptom[] {
    return [...new Set(pairs.map(({ symptom }) => symptom))].map(symptom => ({
      key: symptom.key,
      label: vocabulary.labelOf(symptom.key),
      confidence: symptom.confidence,
      span: spanOf(scene, symptom),
      method: 'alias',
      ...scene.modality.read(symptom),
    }))
  }

  function toldCues(scene: Scene): ToldCue[] {
    return Array.from(scene.lanes).flatMap(([lane, mentions]) =>
      !lane.startsWith('told.')
        ? []
        : mentions.map(mention => {
            const index = clauseIndexAt(scene.clauses, mention.start)
            const clause = scene.clauses[index] ?? mention
            return {
              key: lane.slice('told.'.length),
              span: spanOf(scene, mention),
              clause: spanOf(scene, clause),
              context: spanOf(scene, sentencesAround(scene.clauses, index)),
              ...scene.modality.read(mention, true),
            }
          }),
    )
  }

  const unlinkedClauses = (scene: Scene): UnlinkedClause[] => {
    const told = Array.from(scene.lanes).flatMap(([lane, mentions]) => (lane.startsWith('told.') ? mentions : []))
    return findUnlinkedClauses({
      text: scene.copy.text,
      clauses: scene.clauses.filter(clause => !scene.isForeign({ start: clause.end - 1 })),
      linked: [...scene.symptoms, ...told],
      components: scene.components,
      openFaults: scene.openFaults,
      spanOf: range => spanOf(scene, range),
    })
  }

  return {
    vocabularyVersion: vocabulary.version,
    link(text, { language } = {}) {
      const scene = readScene(text)
      const pairs = pairsOf(scene)
      const said = pairs.map(pair => findingOf(scene, pair))
      const paired = said.length > 0 ? said : findingByResemblance(scene, text)
      const resembling = paired.flatMap(({ method, symptom, component: _, ...link }) =>
        method === 'tfidf' && symptom !== null ? [{ ...link, key: symptom, label: vocabulary.labelOf(symptom), method }] : [])
      const dtcs = dtcsOf(text)
      const byCode = dtcs.flatMap(({ code, span }) => vocabulary.componentsOfDtc(code).map(key => ({ key, span })))
      const components = [
        ...linkedComponents(scene),
        ...impliedComponents(paired),
        ...byCode.map(({ key, span }) => ({ key, label: vocabulary.labelOf(key), confidence: linkWeights.dtc, span, method: 'dtc' as const })),
      ]
      return {
        language: languageOf(text, language),
        findings: distinctFindings([...paired, ...componentFindings(scene, paired)], vocabulary),
        components: distinctComponents(components),
        symptoms: distinctSymptoms([...linkedSymptoms(scene, pairs), ...resembling], vocabulary),
        dtcs,
        told: toldCues(scene),
        speaksOfFault: scene.faults.some(({ meaning }) => meaning.key !== notQuality),
        unlinkedClauses: unlinkedClauses(scene),
      }
    },
  }
}

/** The codes quoted; inside a redaction mark there are none. */
function dtcsOf(text: string): TextLinks['dtcs'] {
  const copy = nfkcCopy(text)
  const plain = copy.text.replace(redactionMarks(), mark => ' '.repeat(mark.length))
  return findDtcMentions(plain).map(({ code, failureType, start, end }) => ({ code, failureType, span: copy.toSource(start, end) }))
}

function languageOf(text: string, claimed: string | null | undefined): TextLinks['language'] {
  const detected = detectLanguage(text)
  if (detected !== 'other' || !claimed) return detected
  const base = claimed.toLowerCase().split(/[-_]/)[0]
  return base === 'zh' || base === 'en' ? base : 'other'
}
