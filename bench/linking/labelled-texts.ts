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
