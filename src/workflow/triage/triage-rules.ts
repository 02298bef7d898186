import { z } from 'zod'
import { FishboneError } from '../../domain/error.ts'
import { TextJudge } from './text-judge.ts'
import { createPhraseFinder, Forms, type PhraseFinder, type Vocabulary } from '../../vocabulary/index.ts'

const Bilingual = z.strictObject({ en: z.string().trim().min(1), zh: z.string().trim().min(1) })
const Key = z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/)
const Risk = z.enum(['low', 'medium', 'high'])

/** Who deals with what. Of a component the nearest row upwards in its tree counts. */
export const DepartmentRules = z.strictObject({
  departments: z.record(Key, z.strictObject({ name: Bilingual })),
  /** Why the component of a fault code or a repair order (`{by}`) stands before the owner's word: `{component}`, `{said}`. */
  corrected: z.strictObject({ dtc: Bilingual, repair: Bilingual }),
  /** Whose repairs speak of a report: those it is answered by, and others of the car opened within so many days after it. */
  repairWithinDays: z.int().positive(),
  otherwise: Key,
  notQualityOtherwise: Key,
  byTopic: z.record(Key, Key),
  byComponent: z.record(Key, Key),
  bySymptom: z.record(Key, Key),
  byHazard: z.record(Key, Key),
  reasons: z.record(z.enum(['topic', 'component', 'symptom', 'dtc', 'hazard', 'otherwise']), Bilingual),
})
export type DepartmentRules = z.infer<typeof DepartmentRules>

/** Words of feeling with their score, and how words beside them, signs and the rating change it. */
export const SentimentRules = z.strictObject({
  scores: z.array(z.strictObject({ score: z.number().min(-4).max(4), forms: Forms })),
  traps: Forms,
  negators: Forms,
  intensifiers: z.array(z.strictObject({ factor: z.number().positive(), forms: Forms })),
  contrast: Forms,
  /** How far before a word its negator or intensifier may stand. */
  reach: z.strictObject({ words: z.int().min(0), han: z.int().min(0) }),
  /** Weight of a clause after which the same sentence turns (`but`, 但是). */
  beforeContrast: z.number().min(0).max(1),
  /** Factor of a negated word. */
  negated: z.number().min(-1).max(0),
  punctuation: z.strictObject({
    exclamation: z.number().min(0),
    mostExclamations: z.int().min(0),
    questions: z.number().min(0),
    /** What an exclamation mark weighs beside a fault that is told without a word of feeling. */
    aloneWithFault: z.number().min(0),
    shouting: z.number().min(0),
    shoutedWords: z.int().min(1),
  }),
  /** Score = sum / √(sum² + normaliser), in (−1, 1). */
  normaliser: z.number().positive(),
  rating: z.strictObject({ scores: z.tuple([z.number(), z.number(), z.number(), z.number(), z.number()]), weight: z.number().min(0).max(1) }),
  angryBelow: z.number(),
  satisfiedAbove: z.number(),
})
export type SentimentRules = z.infer<typeof SentimentRules>

/** What a text may be about other than a fault; of several that are met the first of the file counts. */
export const TopicRules = z.strictObject({
  topics: z.array(
    z.strictObject({
      key: Key,
      label: Bilingual,
      /** Words of failure that name neither component nor symptom do not make a quality issue beside this topic. */
      outweighsFaultWords: z.boolean().optional(),
      forms: Forms,
      /** A fault told in a clause with one of these is the topic's, not the car's (a charging station that is broken). */
      owns: Forms.optional(),
      /** Anywhere in a text, this explains away the faults that are told (a false alarm). */
      settles: Forms.optional(),
    }),
  ),
  traps: Forms,
  reasons: z.record(
    z.enum(['flag', 'hazard', 'dtc', 'symptom', 'fault-words', 'near-miss', 'topic', 'other-matter', 'settled', 'satisfied', 'in-doubt', 'sounds-like-fault', 'sounds-like-other']),
    Bilingual,
  ),
})
export type TopicRules = z.infer<typeof TopicRules>

const Graded = z.strictObject({ risk: Risk, reason: Bilingual })

/** When a report is to be seen by somebody above: counts within days, and what the person says. */
export const EscalationRules = z.strictObject({
  /** Least number of contacts of one car, this one included, by the risk it stands for. */
  contacts: z.strictObject({
    days: z.int().positive(),
    unanswered: z.strictObject({ high: z.int().positive(), medium: z.int().positive() }),
    all: z.strictObject({ medium: z.int().positive() }),
  }),
  repeatRepair: z.strictObject({ days: z.int().positive(), high: z.int().positive(), medium: z.int().positive() }),
  collective: z.strictObject({
    days: z.int().positive(),
    baselineDays: z.int().positive(),
    fewestCars: z.int().positive(),
    pValue: z.number().positive().max(1),
    highCars: z.int().positive(),
  }),
  told: z.array(Graded.extend({ key: Key, forms: Forms, traps: Forms })),
  angry: Graded,
  safety: Graded,
  nearMiss: Graded,
  reasons: z.record(z.enum(['unanswered', 'someUnanswered', 'contacts', 'repeatRepair', 'collective']), Bilingual),
})
export type EscalationRules = z.infer<typeof EscalationRules>

/** Parsed JSON of `vocabulary/triage/`, by file stem. */
export type TriageRuleFiles = { departments: unknown; sentiment: unknown; topics: unknown; escalation: unknown; judge: unknown }

/** Fitted models beside the rules; null: the rules alone. */
export const JudgeFile = z.strictObject({ about: z.string(), quality: TextJudge, qualityWithLabels: TextJudge, angry: TextJudge, satisfied: TextJudge }).nullable()

export type TriageRules = {
  departments: DepartmentRules
  sentiment: SentimentRules
  topics: TopicRules
  escalation: EscalationRules
  judge: z.infer<typeof JudgeFile>
  /** All phrases of these rules in one pass; lanes: see `laneNames`. */
  findPhrases: PhraseFinder
}

export const laneNames = {
  sentiment: 'sentiment', negator: 'negator', intensifier: 'intensifier', contrast: 'contrast',
  topic: 'topic', owned: 'owned', settled: 'settled', told: (key: string): string => `told.${key}`,
} as const

/**
 * Reads the rules of triage that a quality engineer edits.
 *
 * @throws FB_VOCABULARY_INVALID; the message names file and place.
 */
export function createTriageRules(files: TriageRuleFiles, vocabulary: Vocabulary): TriageRules {
  const departments = parseRules('departments', DepartmentRules, files.departments)
  const sentiment = parseRules('sentiment', SentimentRules, files.sentiment)
  const topics = parseRules('topics', TopicRules, files.topics)
  const escalation = parseRules('escalation', EscalationRules, files.escalation)
  const judge = parseRules('judge', JudgeFile, files.judge)
  checkKeys(departments, topics, vocabulary)
  const findPhrases = createPhraseFinder(
    {
      [laneNames.sentiment]: { keys: Object.fromEntries(sentiment.scores.map(({ score, forms }) => [String(score), forms])), traps: sentiment.traps },
      [laneNames.negator]: { keys: { negator: sentiment.negators } },
      [laneNames.intensifier]: { keys: Object.fromEntries(sentiment.intensifiers.map(({ factor, forms }) => [String(factor), forms])) },
      [laneNames.contrast]: { keys: { contrast: sentiment.contrast } },
      ...Object.fromEntries(topics.topics.map(({ key, forms }) => [`${laneNames.topic}.${key}`, { keys: { [key]: forms }, traps: topics.traps }])),
      [laneNames.owned]: { keys: Object.fromEntries(topics.topics.flatMap(({ key, owns }) => (owns ? [[key, owns] as const] : []))) },
      [laneNames.settled]: { keys: Object.fromEntries(topics.topics.flatMap(({ key, settles }) => (settles ? [[key, settles] as const] : []))) },
      ...Object.fromEntries(escalation.told.map(({ key, forms, traps }) => [laneNames.told(key), { keys: { [key]: forms }, traps }])),
    },
    vocabulary.files.patterns,
  )
  return { departments, sentiment, topics, escalation, judge, findPhrases }
}

function parseRules<T>(stem: string, schema: z.ZodType<T>, content: unknown): T {
  const parsed = schema.safeParse(content)
  if (parsed.success) return parsed.data
  const faults = parsed.error.issues.map(issue => `triage/${stem}.json ${issue.path.join('.')}: ${issue.message}`)
  throw new FishboneError('FB_VOCABULARY_INVALID', `the rules of triage do not match their schema: ${faults.slice(0, 5).join('; ')}`, {
    cause: parsed.error,
    details: { faults },
  })
}

/** A key that nothing has would route nothing, silently. */
function checkKeys(rules: DepartmentRules, { topics }: TopicRules, vocabulary: Vocabulary): void {
  const topicKeys = new Set(topics.map(({ key }) => key))
  const unknown = (name: string, keys: readonly string[], isKnown: (key: string) => boolean): string[] =>
    keys.filter(key => !isKnown(key)).map(key => `triage/departments.json ${name}: ${key} is not known`)
  const named = [rules.otherwise, rules.notQualityOtherwise, ...[rules.byTopic, rules.byComponent, rules.bySymptom, rules.byHazard].flatMap(rows => Object.values(rows))]
  const faults = [
    ...unknown('byComponent', Object.keys(rules.byComponent), key => vocabulary.components.has(key)),
    ...unknown('bySymptom', Object.keys(rules.bySymptom), key => vocabulary.symptoms.has(key)),
    ...unknown('byHazard', Object.keys(rules.byHazard), key => vocabulary.hazards.has(key)),
    ...unknown('byTopic', Object.keys(rules.byTopic), key => topicKeys.has(key)),
    ...unknown('department', [...new Set(named)], key => key in rules.departments),
  ]
  if (faults.length > 0)
    throw new FishboneError('FB_VOCABULARY_INVALID', `the rules of triage name what is not there: ${faults.slice(0, 5).join('; ')}`, { details: { faults } })
}

/** Fills `{name}` places of a template. */
export const fillTemplate = (template: string, values: Readonly<Record<string, string | number>>): string =>
  template.replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole))
