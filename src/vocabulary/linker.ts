import { findDtcMentions } from '../domain/dtc.ts'
import type { Finding, LinkedComponent, LinkedSymptom, LinkMethod, Modality, Span, TextLinks } from '../domain/finding.ts'
import { detectLanguage, nfkcCopy } from '../domain/normalised-copy.ts'
import { redactionMarks } from '../domain/redaction-mark.ts'
import { createKinship } from './beside-others.ts'
import { clauseIndexAt, sentencesAround } from './clauses.ts'
import { distinctComponents, distinctFindings, distinctSymptoms } from './distinct-links.ts'
import { judgeComponents } from './component-judge.ts'
import { filedComponent } from './filed-component.ts'
import { acceptedForm, judgeSymptoms } from './link-judge.ts'
import { readingCopy } from './reading-copy.ts'
import { type Pair, pairFindings } from './pair-findings.ts'
import { createPrototypes, type Prototypes, type VectorReading } from './prototypes.ts'
import { createFit, createSceneReader, type Scene } from './read-scene.ts'
import type { SymptomMention } from './read-symptoms.ts'
import type { ComponentMention } from './settle-components.ts'
import { longestWhole, notQuality } from './symptom-features.ts'
import { readLabels } from './text-labels.ts'
import { findUnlinkedClauses, type UnlinkedClause } from './unlinked-clauses.ts'
import type { ComponentGround } from './vocabulary-files.ts'
import { once, type Vocabulary } from './vocabulary.ts'
import { createWordingModel } from './wording-model.ts'

/** An event told in words (`crash`, `injury`, `inMotion` …), with its clause, and its sentence together with the one before and after. */
export type ToldCue = Modality & { key: string; span: Span; clause: Span; context: Span }

/** The links of a text with what severity and triage read beside them. */
export type LinkedText = TextLinks & {
  told: ToldCue[]
  /** Words of failure (`故障`, `stopped working`) were met, whether or not they named a symptom. */
  speaksOfFault: boolean
  /** What forms name though the sentence hardly sounds so: no links, but a hazard among them is not to be missed. */
  doubted: Finding[]
  /** Clauses in which no symptom was found, in order; what is told of somebody else's car is not among them. */
  unlinkedClauses: UnlinkedClause[]
  /** Chance that the text labeller gives the text of telling a quality issue; null where it did not hear it. */
  soundsLikeIssue: number | null
  /** Chance that the text labeller gives each event of being told of this car; empty where it did not hear the text. */
  heardEvents: Readonly<Record<string, number>>
}

/** Of a whole text: its vector, and the chances of the labels of `labels.json` where there is a labeller. */
export type TextVector = { modelId: string; embedding: Float32Array; labels?: Float32Array | null }
export type LinkOptions = { language?: string | null; vector?: TextVector | null | undefined }

export type Linker = {
  readonly vocabularyVersion: string
  /**
   * Ties a redacted text to vocabulary keys. Pure, never throws; spans are UTF-16 offsets into the text given.
   *
   * @param options.language the source's own claim; used only where the script of the text does not tell.
   * @param options.vector of the whole text as a query, with its model and labels: what the labeller hears speaks too, or else what the vector lies near, unless the
   *   prototypes are of another model or the text is so long that it speaks of several things.
   */
  link(redactedText: string, options?: LinkOptions): LinkedText
}

const groundOf = ({ isWeak, isSettled }: ComponentMention): ComponentGround => (isWeak ? 'weak' : isSettled ? 'form' : 'unsettled')
const modalityCounts = ({ negated, past, hypothetical }: Modality): boolean => !negated && !past && !hypothetical

const rounded = (chance: number): number => Number(chance.toFixed(3))

const methodOf = ({ origin, isMeant = false }: SymptomMention & { isMeant?: boolean }): LinkMethod => (origin !== 'wording' ? 'alias' : isMeant ? 'embedding' : 'tfidf')

export function createLinker(vocabulary: Vocabulary): Linker {
  const { links: calibration, wording, prototypes: packed, componentWording, componentPrototypes, labels } = vocabulary.files.calibration
  const read = createSceneReader(vocabulary)
  const fit = createFit(vocabulary)
  const kinship = createKinship(vocabulary, calibration.otherNames)
  const shows = (component: string): boolean => vocabulary.components.get(component)?.shows === true
  const isPartOf = (component: string, whole: string): boolean => component !== whole && vocabulary.isWithin(component, whole)
  const model = once(() => createWordingModel(wording))
  const prototypes = once(() => createPrototypes(packed))
  const partModel = once(() => createWordingModel(componentWording))
  const partPrototypes = once(() => createPrototypes(componentPrototypes))
  const meantBy = (read: () => Prototypes, text: string, vector: TextVector | null | undefined): VectorReading | undefined =>
    vector && vector.modelId === packed.modelId && text.length <= longestWhole ? read().read(vector.embedding) : undefined

  const labelsOf = (vector: TextVector | null | undefined) => readLabels(labels, vector?.labels)

  /** What the model heard in the text as a whole: its labeller, or else what the vector lies near. */
  const heardOf = (text: string, vector: TextVector | null | undefined, side: 'symptoms' | 'components'): { meant?: VectorReading | undefined; labelled?: VectorReading | undefined } => {
    const labelled = labelsOf(vector)?.[side]
    return labelled === undefined ? { meant: meantBy(side === 'symptoms' ? prototypes : partPrototypes, text, vector) } : { labelled }
  }

  const accepted = new Set(Object.entries(vocabulary.files.accepted ?? {}).flatMap(([key, forms]) => forms.map(form => acceptedForm(key, readingCopy(form).text))))

  /** The scene with the symptoms that pass the judge, each with its chance, and those that do not. */
  function judgedScene(text: string, vector: TextVector | null | undefined): { scene: Scene; doubted: SymptomMention[] } {
    const scene = read(text)
    const judged = judgeSymptoms({ calibration, model: model(), ...heardOf(scene.copy.text, vector, 'symptoms'), heardFrom: vocabulary.files.hazards.heardFrom, fit, kinship, accepted }, scene)
    return { scene: { ...scene, symptoms: judged.filter(({ isKept }) => isKept) }, doubted: judged.filter(({ isKept }) => !isKept) }
  }

  const spanOf = (scene: Scene, { start, end }: { start: number; end: number }): Span => scene.copy.toSource(start, end)

  function pairsOf(scene: Scene): Pair[] {
    const real = scene.symptoms.filter(({ key }) => key !== notQuality)
    const symptoms = real.length > 0 || scene.openFaults.length > 0 ? real : scene.symptoms.slice(0, 1)
    return pairFindings({ text: scene.copy.text, clauses: scene.clauses, components: scene.components, symptoms, fit, isPartOf, shows })
  }

  /** Its confidence is the chance that the symptom was told; that of the component stands with the component. */
  function findingOf(scene: Scene, { symptom, component }: Pair): Finding {
    return {
      component: component?.key ?? null,
      symptom: symptom.key,
      confidence: symptom.confidence,
      span: spanOf(scene, symptom),
      method: methodOf(symptom),
      ...scene.modality.read(symptom),
    }
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
      confidence: calibration.components[said.includes(component) ? 'failing' : 'mentioned'],
      span: spanOf(scene, component),
      method: 'alias',
      ...scene.modality.read(component),
    }))
  }

  /** A display of which no symptom was said, where one was said of something else, only showed the message. */
  function groundsOf(found: readonly Finding[]): (component: ComponentMention) => ComponentGround {
    const actual = found.filter(finding => finding.symptom !== null && modalityCounts(finding))
    const failing = new Set(actual.map(finding => filedComponent(vocabulary, finding)))
    return component => (actual.length > 0 && shows(component.key) && !failing.has(component.key) ? 'shown' : groundOf(component))
  }

  const linkedComponents = (scene: Scene, groundIn: (component: ComponentMention) => ComponentGround): LinkedComponent[] =>
    scene.components.map(component => ({
      key: component.key,
      label: vocabulary.labelOf(component.key),
      confidence: calibration.components[groundIn(component)],
      span: spanOf(scene, component),
      method: 'alias',
    }))

  /** Where a symptom was said of no component, or of a system only: the component it is filed under. */
  const impliedComponents = (findings: readonly Finding[]): LinkedComponent[] =>
    findings.flatMap(({ component, symptom, confidence, span, method, ...modality }) => {
      const key = filedComponent(vocabulary, { component, symptom })
      if (key === null || key === component || modality.negated || modality.past || modality.hypothetical) return []
      return [{ key, label: vocabulary.labelOf(key), confidence: rounded(confidence * calibration.components.implied), span, method }]
    })

  function linkedSymptoms(scene: Scene, pairs: readonly Pair[]): LinkedSymptom[] {
    return [...new Set(pairs.map(({ symptom }) => symptom))].map(symptom => ({
      key: symptom.key,
      label: vocabulary.labelOf(symptom.key),
      confidence: symptom.confidence,
      span: spanOf(scene, symptom),
      method: methodOf(symptom),
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

  /** Components with the chance that each is at fault, by what the text sounds like; by what speaks for them alone where that was never measured. */
  function judgedComponents(scene: Scene, said: { findings: Finding[]; components: LinkedComponent[] }, vector: TextVector | null | undefined): LinkedComponent[] {
    const { componentJudge } = calibration
    if (componentJudge === undefined) return said.components
    const heard = heardOf(scene.copy.text, vector, 'components')
    const weights = heard.labelled ? componentJudge.withLabels : heard.meant && componentJudge.withVector
    return judgeComponents({ scene, vocabulary, fit, model: partModel(), ...heard, ...said }, weights ?? componentJudge.words, key => vocabulary.labelOf(key))
  }

  return {
    vocabularyVersion: vocabulary.version,
    link(text, { language, vector } = {}) {
      const { scene, doubted } = judgedScene(text, vector)
      const pairs = pairsOf(scene)
      const paired = pairs.map(pair => findingOf(scene, pair))
      const dtcs = dtcsOf(text)
      const byCode = dtcs.flatMap(({ code, span }) => vocabulary.componentsOfDtc(code).map(key => ({ key, span })))
      const components = [
        ...linkedComponents(scene, groundsOf(paired)),
        ...impliedComponents(paired),
        ...byCode.map(({ key, span }) => ({ key, label: vocabulary.labelOf(key), confidence: calibration.components.dtc, span, method: 'dtc' as const })),
      ]
      const said = { findings: distinctFindings([...paired, ...componentFindings(scene, paired)], vocabulary), components: distinctComponents(components) }
      return {
        language: languageOf(text, language),
        findings: said.findings,
        components: judgedComponents(scene, said, vector),
        symptoms: distinctSymptoms(linkedSymptoms(scene, pairs), vocabulary),
        dtcs,
        told: toldCues(scene),
        speaksOfFault: scene.faults.some(({ meaning }) => meaning.key !== notQuality),
        doubted: doubted.length === 0 ? [] : pairsOf({ ...scene, symptoms: doubted }).map(pair => findingOf(scene, pair)),
        unlinkedClauses: unlinkedClauses(scene),
        soundsLikeIssue: labelsOf(vector)?.qualityIssue ?? null,
        heardEvents: labelsOf(vector)?.events ?? {},
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
