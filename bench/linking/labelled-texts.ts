import { readdirSync, readFileSync } from 'node:fs'
import { z } from 'zod'

const Key = z.string().nullable()
export const LabelledFinding = z.object({
  component: Key, symptom: Key,
  modality: z.enum(['actual', 'negated', 'past', 'hypothetical', 'other-vehicle']),
  alsoComponents: z.array(Key).default([]), alsoSymptoms: z.array(Key).default([]),
})
export type LabelledFinding = z.infer<typeof LabelledFinding>

const LabelledText = z.object({
  id: z.string(), family: z.string(), split: z.enum(['dev', 'held', 'train']), language: z.enum(['zh', 'en', 'mixed']), channel: z.string(), text: z.string(),
  findings: z.array(LabelledFinding), qualityIssue: z.boolean(), hazards: z.array(z.string()), alsoHazards: z.array(z.string()).default([]),
  crash: z.boolean(), injury: z.boolean(), unusualWording: z.boolean(), sentiment: z.enum(['angry', 'neutral', 'satisfied']),
})
export type LabelledText = z.infer<typeof LabelledText>

const rowsOf = (file: URL): unknown[] => readFileSync(file, 'utf8').split('\n').filter(line => line.trim() !== '').map((line): unknown => JSON.parse(line))

export const readLabelledTexts = (file: URL): LabelledText[] => rowsOf(file).map(row => LabelledText.parse(row))

const isTrainingFile = (name: string): boolean => /^train-.*\.jsonl$/.test(name)
/** Excerpts of one complaint are a family. */
const TrainingText = LabelledText.omit({ split: true, family: true }).extend({ family: z.string().optional(), complaintId: z.string().optional() })
  .transform((text): LabelledText => ({ ...text, family: text.family ?? text.complaintId ?? text.id, split: 'train' }))

/** Texts to learn from, beside `dev`: nobody looked at them while the vocabulary was made. "No quality issue" is said by `qualityIssue` here. */
export const readTrainingTexts = (folder: URL): LabelledText[] =>
  readdirSync(folder).filter(isTrainingFile).sort().flatMap(name => rowsOf(new URL(name, folder)).map(row => TrainingText.parse(row)))
    .map(text => ({ ...text, findings: text.findings.filter(({ symptom }) => symptom !== 'not-a-quality-issue') }))

/** Events that the labeller tells apart; `danger`: what a cautious engineer treats as a matter of safety, whatever it is. */
export const labelledEvents = ['crash', 'injury', 'danger'] as const
type Events = Record<(typeof labelledEvents)[number], boolean | null>

/** Whether each event is told of this car; null where a text may be read either way. */
export function eventsOf({ crash, injury, hazards, alsoHazards }: Pick<LabelledText, 'crash' | 'injury' | 'hazards' | 'alsoHazards'>): Events {
  const told = { crash: crash || hazards.includes('crash-reported'), injury: injury || hazards.includes('injury-reported') }
  return { ...told, danger: told.crash || told.injury || hazards.length > 0 || (alsoHazards.length > 0 ? null : false) }
}

/** A text written for what it tells of crash, injury, fire and other dangers; its symptoms and components are not labelled. */
const EventText = LabelledText.pick({ id: true, family: true, language: true, channel: true, text: true, crash: true, injury: true, hazards: true })
  .extend({ fire: z.boolean(), grave: z.boolean(), roundabout: z.boolean() })
export type EventText = z.infer<typeof EventText>

export const eventsOfEventText = ({ crash, injury, grave }: EventText): Events => ({ crash, injury, danger: grave })

export const readEventFile = (file: URL): EventText[] => rowsOf(file).map(row => EventText.parse(row))
/** Those to learn from. */
export const readEventTexts = (folder: URL): EventText[] => readdirSync(folder).filter(name => /^events-train.*\.jsonl$/.test(name)).sort().flatMap(name => readEventFile(new URL(name, folder)))

/** Keys that answer one side of a labelled finding; `isOptional` where leaving it out is right too. */
export type Slot = { accepts: ReadonlySet<string>; isOptional: boolean }

/** Slots of one side, one a distinct first key: two symptoms of one part ask for that part once. */
export function slotsOf(findings: readonly LabelledFinding[], side: 'component' | 'symptom'): Slot[] {
  const byKey = new Map<string, { accepts: Set<string>; isOptional: boolean }>()
  for (const finding of findings) {
    const keys = [finding[side], ...(side === 'component' ? finding.alsoComponents : finding.alsoSymptoms)]
    const named = keys.filter(key => key !== null)
    if (named.length === 0) continue
    const slot = byKey.get(named[0] as string) ?? { accepts: new Set<string>(), isOptional: true }
    named.forEach(key => slot.accepts.add(key))
    slot.isOptional &&= keys.includes(null)
    byKey.set(named[0] as string, slot)
  }
  return [...byKey.values()]
}
