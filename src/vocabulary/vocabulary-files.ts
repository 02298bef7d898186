import { z } from 'zod'

const Key = z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/)
const Bilingual = z.strictObject({ en: z.string().trim().min(1), zh: z.string().trim().min(1) })
const FormText = z.string().trim().min(1).max(2_000)

/**
 * One surface form: words, or a pattern (see `expandPattern`). `case: true` matches only the case written (`AC`, not `ac`).
 * `weak: true` marks a word that often means something else: it links with low confidence.
 */
export const SurfaceForm = z.union([
  FormText,
  z.strictObject({ form: FormText, case: z.boolean().optional(), weak: z.boolean().optional() }),
])
export type SurfaceForm = z.infer<typeof SurfaceForm>
/** The words of a form, without its flags. */
export const formText = (form: SurfaceForm): string => (typeof form === 'string' ? form : form.form)

export const Forms = z.strictObject({ en: z.array(SurfaceForm), zh: z.array(SurfaceForm) })
export type Forms = z.infer<typeof Forms>

/** A code or its beginning (`C00`), or a range of codes of one letter (`P0A7D-P0A80`). */
const DtcArea = z.string().regex(/^[PCBU][0-3]?[0-9A-F]{0,3}(-[PCBU][0-3][0-9A-F]{3})?$/)

const Term = z.strictObject({
  label: Bilingual,
  definition: Bilingual,
  forms: Forms,
  dtcAreas: z.array(DtcArea).optional(),
})

export const ComponentTerm = Term.extend({
  /** Null for a system, the top of the tree. */
  parent: Key.nullable(),
  /** Beginnings of labour operation codes that point here, as a plant spells them; editable per company. */
  laborAreas: z.array(z.string().min(1)).optional(),
  /** Sits on the high-voltage circuit: water in it is a hazard of its own. Children inherit it. */
  highVoltage: z.boolean().optional(),
  /** Shows messages of others: named without a fault of its own it is where the message stood. */
  shows: z.boolean().optional(),
})
export type ComponentTerm = z.infer<typeof ComponentTerm>

export const SymptomTerm = Term.extend({
  group: z.string().min(1),
  parent: Key.optional(),
  /** Components (with all below and above them) this symptom is said of; `*` is any. */
  fits: z.array(z.union([Key, z.literal('*')])).min(1),
  /** Component a quality engineer files it under where none was said: only where nobody would ask which. */
  implies: Key.optional(),
})
export type SymptomTerm = z.infer<typeof SymptomTerm>

/** A word that names different components by context: the first choice with a cue nearby wins, else `otherwise`. */
export const AmbiguousComponent = z.strictObject({
  forms: Forms,
  choices: z.array(
    z.strictObject({
      component: Key,
      /** Words in the sentence, else in the text, that settle it. */
      cues: z.array(FormText).optional(),
      /** Symptoms in the same sentence that settle it. */
      symptoms: z.array(Key).optional(),
    }),
  ),
  otherwise: Key.nullable(),
})
export type AmbiguousComponent = z.infer<typeof AmbiguousComponent>

/** Words of failure that name no symptom alone (`stopped working`, 坏了): the component said beside them decides. */
export const FaultWords = z.strictObject({
  forms: Forms,
  /** First fitting row wins; a row's component includes its children. */
  means: z.array(z.strictObject({ component: Key, symptom: Key })),
})
export type FaultWords = z.infer<typeof FaultWords>

export const HazardTerm = z.strictObject({ label: Bilingual, definition: Bilingual })
export type HazardTerm = z.infer<typeof HazardTerm>

const HazardSource = z.strictObject({
  symptom: Key.optional(),
  /** The finding's component must be one of these or below; a finding without component counts only if `componentOptional`. */
  components: z.array(Key).optional(),
  highVoltageOnly: z.boolean().optional(),
  componentOptional: z.boolean().optional(),
  /** Not where this is told in the same clause (`doesNotRelease`); of what is `heard`, anywhere in the text. */
  notWith: z.string().optional(),
  /** Only where this is told in the same or a neighbouring sentence (`inMotion`); a key under `told` of `cues.json`. */
  onlyWith: z.string().optional(),
  dtcAreas: z.array(DtcArea).optional(),
  flag: z.enum(['crash', 'fire', 'injuries', 'sos']).optional(),
  /** Key under `told` of `cues.json`. */
  toldBy: z.string().optional(),
  /** Event that the text labeller hears; a key of `heardEvents`. */
  heard: z.string().optional(),
})
export type HazardSource = z.infer<typeof HazardSource>

const groundNames = ['symptom', 'symptomOf', 'dtc', 'dtcStatusUnknown', 'dtcQuoted', 'flag', 'injured', 'told', 'heard'] as const
export type GroundName = (typeof groundNames)[number]

export const HazardRule = z.strictObject({
  hazard: Key,
  /** Also when told as past: the car burned, whenever it was. */
  evenPast: z.boolean().optional(),
  /** Also by listed words that are not likely meant so: one fire missed costs more than ten looked at. */
  evenDoubted: z.boolean().optional(),
  from: z.array(HazardSource).min(1),
})
export type HazardRule = z.infer<typeof HazardRule>

const Level = z.int().min(1).max(10)

/** A symptom that weighs more where something else is told beside it: a door that opens, told while driving. */
const RaisedSymptom = z.strictObject({
  symptom: Key,
  /** The finding's component must be one of these or below; without the field any, also none. */
  components: z.array(Key).optional(),
  /** Key under `told` of `cues.json`, in the same or a neighbouring sentence. */
  toldBy: z.string(),
  level: Level,
})
export type RaisedSymptom = z.infer<typeof RaisedSymptom>

/** An event that has a level of its own, whatever symptom is told: a car stolen without its key. */
const GraveEvent = z.strictObject({
  toldBy: z.string(),
  level: Level,
  /** Also where the words speak of what did not happen: a near miss always does. */
  evenHypothetical: z.boolean().optional(),
})

const reasonNames = ['hazard', 'symptom', 'symptomOf', 'raised', 'withoutWarning', 'gravest', 'componentOnly', 'unlinked', 'notQuality', 'unsure', 'told', 'heard'] as const

export const SeverityRules = z.strictObject({
  hazardLevel: Level,
  gravestLevel: Level,
  gravestHazards: z.array(Key),
  /** Of a hazard that only unlikely findings ground: told, not yet safety. */
  unsureLevel: Level,
  /** Levels by symptom for what is no hazard. */
  bySymptom: z.record(Key, Level),
  raised: z.array(RaisedSymptom),
  told: z.array(GraveEvent),
  /** Events that the text labeller hears, by the chances of `heardEvents` in `hazards.json`. */
  heard: z.array(z.strictObject({ event: z.string(), level: Level })),
  /** A named component without a symptom. */
  componentOnly: Level,
  /** A quality issue in which no key was found. */
  unlinked: Level,
  notQuality: Level,
  /** Sentences with `{hazard}`, `{ground}`, `{symptom}`, `{component}`, `{told}` to be filled with labels of the same language. */
  reasons: z.record(z.enum(reasonNames), Bilingual),
})
export type SeverityRules = z.infer<typeof SeverityRules>

/**
 * Cues of one flag. `before` flags what follows, `after` what precedes, `around` the whole clause; `traps` are longer expressions
 * that hold a cue and do not mean it. A leading `^` binds a cue to the beginning of its clause.
 */
const Cue = z.strictObject({ before: Forms, after: Forms, around: Forms, traps: Forms })

/** Something told in words: forms that tell it, and longer expressions that hold such a form and do not. */
const ToldEvent = z.strictObject({ forms: Forms, traps: Forms })

export const modalityCues = ['negated', 'past', 'hypothetical', 'hypotheticalEvent'] as const
export type ModalityCue = (typeof modalityCues)[number]

export const CueFile = z.strictObject({
  /** `hypotheticalEvent` holds for told events only: "if I had been on a highway there would have been a crash". */
  modality: z.record(z.enum(modalityCues), Cue),
  /** Begin a clause of their own: but, however, 但是. */
  contrast: Forms,
  /** End the scope of a negation inside a clause. */
  scopeEnd: Forms,
  told: z.record(z.string(), ToldEvent),
  /**
   * Whose car is spoken of. From `otherVehicle` on to `ownVehicle` or the end of the sentence, and from `hearsay` on to the end of its clause,
   * what is told is no fault of this car.
   */
  subject: z.strictObject({ otherVehicle: ToldEvent, hearsay: ToldEvent, ownVehicle: ToldEvent }),
})
export type CueFile = z.infer<typeof CueFile>

export const PatternFile = z.strictObject({
  /** `@name` in a pattern stands for `{a|b|…}`. */
  macros: z.record(z.string().regex(/^[a-zA-Z]+$/), z.array(z.string())),
  /** `verb~` takes these forms instead of the regular ones. */
  irregular: z.record(z.string(), z.array(z.string())),
})
export type PatternFile = z.infer<typeof PatternFile>

/** Sentences in which owners tell a symptom: no forms to be met, but what a text without any form may resemble. */
export const SpokenSymptom = z.strictObject({ en: z.array(z.string().min(1)), zh: z.array(z.string().min(1)) })

/** Weights of the wording model as `bench/fit-links.ts` writes them: fitted on sentences, not for editing by hand. */
export const WordingWeights = z.strictObject({
  about: z.string(),
  /** Fingerprint of the wordings they were fitted on. */
  source: z.string(),
  classes: z.array(z.string().min(1)).min(2),
  /** Grams, one a line; `idf` and the rows of `weights` are in their order. */
  grams: z.string(),
  idf: z.array(z.number()),
  bias: z.array(z.number()),
  /** What one step of a class's weights is worth. */
  scale: z.array(z.number().positive()),
  /** Grams × classes as signed bytes, in base64. */
  weights: z.string(),
})
export type WordingWeights = z.infer<typeof WordingWeights>

/** Prototype vectors of symptoms or components as `bench/fit-links.ts` writes them. */
export const PrototypeWeights = z.strictObject({
  about: z.string(),
  /** The model whose vectors these are. */
  modelId: z.string().min(1),
  classes: z.array(z.string().min(1)).min(2),
  /** Mean vector of the texts, 32-bit floats in base64. */
  mean: z.string(),
  bias: z.array(z.number()),
  /** What one step of a prototype is worth. */
  scale: z.array(z.number().positive()),
  /** Classes × dimensions as signed bytes, in base64. */
  weights: z.string(),
})
export type PrototypeWeights = z.infer<typeof PrototypeWeights>

const Share = z.number().min(0).max(1)
/** Weights of the features of a candidate in a logistic regression. */
const FeatureWeights = z.record(z.string(), z.number())
const Judgement = z.strictObject({
  weights: FeatureWeights,
  /** Of what the others of its text take from a candidate or lend it: the second look, at chances that `weights` gave. */
  beside: FeatureWeights.optional(),
  /** Least chance of what is linked: where F1 is highest in cross-validation. */
  cut: Share,
})

/** What speaks for a component by itself. */
export const componentGrounds = ['form', 'shown', 'unsettled', 'weak', 'implied', 'dtc', 'failing', 'mentioned'] as const
export type ComponentGround = (typeof componentGrounds)[number]

/** What the text labeller tells apart: its chances are those of the symptoms, then of the components, in this order, that of a quality issue at all, and those of the events. */
const TextLabels = z.strictObject({ about: z.string(), symptoms: z.array(Key), components: z.array(Key), qualityIssue: z.literal(true), events: z.array(z.string()) })
export type TextLabels = z.infer<typeof TextLabels>

/** Chances of links by what speaks for them, as `bench/fit-links.ts` measures them on labelled texts. */
export const LinkCalibration = z.strictObject({
  about: z.string(),
  symptoms: Judgement,
  /** The same with what the vector of the text lies near, where one is at hand. */
  symptomsWithVector: Judgement,
  /** The same with what the text labeller hears, in place of the vector. */
  symptomsWithLabels: Judgement.optional(),
  components: z.record(z.enum(componentGrounds), Share),
  /** Of components, by what words, forms and the vector of the text say. Without it components are those that forms name. */
  componentJudge: z.strictObject({ words: FeatureWeights, withVector: FeatureWeights, withLabels: FeatureWeights.optional() }).optional(),
  /** By symptom, those that readers of the labelled texts often gave instead: another name for the same words, no second fault. */
  otherNames: z.record(Key, z.array(Key)),
})
export type LinkCalibration = z.infer<typeof LinkCalibration>

/** The editable files of `vocabulary/`, parsed JSON by file stem. */
export const VocabularyFiles = z.strictObject({
  patterns: PatternFile,
  components: z.strictObject({ components: z.record(Key, ComponentTerm), ambiguous: z.array(AmbiguousComponent), traps: Forms }),
  symptoms: z.strictObject({ symptoms: z.record(Key, SymptomTerm), faultWords: z.array(FaultWords), traps: Forms }),
  hazards: z.strictObject({
    hazards: z.record(Key, HazardTerm),
    /** Chance from which on a finding grounds a hazard of full severity. */
    likely: z.number().min(0).max(1),
    /** The same where the text labeller read the text; also of symptoms too unlikely to be linked. */
    heardFrom: z.number().min(0).max(1),
    /** Chance from which on an event that the text labeller hears is held for told. */
    heardEvents: z.record(z.string(), z.number().min(0).max(1)),
    /** A long story sounds like something in every clause: with more such findings than this, one of them grounds a hazard of full severity from a higher chance on. */
    inStories: z.strictObject({ moreSoundsThan: z.int().min(0), likely: z.number().min(0).max(1) }),
    rules: z.array(HazardRule),
    /** Words for what grounds a hazard: a symptom, a fault code, a flag, an event told. */
    grounds: z.record(z.enum(groundNames), Bilingual),
    /** Labels of the told events and flags that rules name. */
    events: z.record(z.string(), Bilingual),
  }),
  severity: SeverityRules,
  cues: CueFile,
  spoken: z.record(Key, SpokenSymptom),
  calibration: z.strictObject({ wording: WordingWeights, prototypes: PrototypeWeights, componentWording: WordingWeights, componentPrototypes: PrototypeWeights, labels: TextLabels.optional(), links: LinkCalibration }),
  /** Forms that the people of a site accepted, by the key they stand for; none as shipped. */
  accepted: z.record(Key, z.array(z.string())).optional(),
})
export type VocabularyFiles = z.infer<typeof VocabularyFiles>
