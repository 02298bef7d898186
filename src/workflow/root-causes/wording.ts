import { z } from 'zod'
import { dimensions } from '../../domain/dimension.ts'
import { FishboneError } from '../../domain/error.ts'

const Both = z.strictObject({ en: z.string(), zh: z.string() })
export type Both = z.infer<typeof Both>

/** The words of an analysis as `vocabulary/wording/root-causes.json` holds them; `{name}` is filled in. */
export const Wording = z.strictObject({
  dimension: z.record(z.enum(dimensions), Both),
  candidate: z.record(z.enum(['pair', 'weeks', 'week', 'windowOfPlant', 'pastCase']), Both),
  verdict: z.record(z.string(), Both),
  missing: z.record(z.string(), z.array(z.string())),
  nextChecks: z.record(z.string(), z.array(z.string())),
  inspect: z.record(z.enum(dimensions), z.string()),
  evidence: z.record(z.string(), z.string()),
  confirmation: z.record(z.enum(['confirmed', 'not-confirmed', 'not-estimable']), z.string()),
  repairResult: z.record(z.string(), z.string()),
})
export type Wording = z.infer<typeof Wording>

/** @throws FB_VOCABULARY_INVALID */
export const parseWording = (input: unknown): Wording => {
  const parsed = Wording.safeParse(input)
  if (parsed.success) return parsed.data
  throw new FishboneError('FB_VOCABULARY_INVALID', 'the words of an analysis do not match their schema', { cause: parsed.error })
}

/** @throws FB_VOCABULARY_INVALID where the template asks for a value that is not given. */
export const fill = (template: string | undefined, values: Record<string, string | number>): string => {
  if (template === undefined) throw new FishboneError('FB_VOCABULARY_INVALID', 'a sentence of an analysis has no words')
  return template.replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = values[name]
    if (value === undefined) throw new FishboneError('FB_VOCABULARY_INVALID', `the words of an analysis ask for {${name}}, which is not given here`)
    return String(value)
  })
}

export const fillBoth = ({ en, zh }: Both, values: Record<string, string | number>): Both => ({ en: fill(en, values), zh: fill(zh, values) })

export const capitalised = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)

/** A number for a sentence: three significant digits below a hundred, whole above; `∞` where it is infinite or cannot be told. */
export const spell = (value: number | null): string => {
  if (value === null || !Number.isFinite(value)) return '∞'
  if (Math.abs(value) >= 100 || Number.isInteger(value)) return String(Math.round(value))
  return String(Number(value.toPrecision(Math.abs(value) < 1 ? 2 : 3)))
}

export const spellShare = (share: number): string => `${Math.round(share * 100)} %`
