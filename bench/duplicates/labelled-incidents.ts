import { readFileSync } from 'node:fs'
import { z } from 'zod'

const Retelling = z.object({ channel: z.string(), language: z.enum(['zh', 'en', 'mixed']), text: z.string() })
export type Retelling = z.infer<typeof Retelling>
const Split = z.enum(['dev', 'held', 'train'])
export type Split = z.infer<typeof Split>
const Incident = z.object({ id: z.string(), type: z.literal('incident'), split: Split, component: z.string().nullable(), symptom: z.string().nullable(), retellings: z.array(Retelling).length(5) })
export type Incident = z.infer<typeof Incident>
const HardNegative = z.object({ id: z.string(), type: z.literal('hard-negative'), split: Split, kind: z.string(), vehicle: z.enum(['same', 'other']), daysApart: z.number(), a: Retelling, b: Retelling })
export type HardNegative = z.infer<typeof HardNegative>

const read = (file: string): { incidents: Incident[]; hardNegatives: HardNegative[] } => {
  const rows = readFileSync(new URL(`../labelled/${file}`, import.meta.url), 'utf8').trim().split('\n').map(line => z.union([Incident, HardNegative]).parse(JSON.parse(line)))
  return { incidents: rows.filter(row => row.type === 'incident'), hardNegatives: rows.filter(row => row.type === 'hard-negative') }
}

/** Incidents told five times each, and pairs that look alike and are two problems; see `bench/labelled/README.md`. */
export const readIncidents = () => read('incidents.jsonl')

/** The same of other topics, to fit and choose on, and never to judge. */
export const readTrainIncidents = () => read('incidents-train.jsonl')
