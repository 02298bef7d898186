import { z } from 'zod'
import { FishboneError } from '../../domain/error.ts'
import { causeKinds } from './cause-kind.ts'

const Both = z.strictObject({ en: z.string().min(1), zh: z.string().min(1) })
const section = z.record(z.string(), Both)

/**
 * The words of suggestions as `vocabulary/wording/suggestions.json` holds them; `{name}` is filled in, and `{name|car|cars}` is the number with the
 * word it takes: the first for 1, else the second.
 */
export const SuggestionWording = z.strictObject({
  evidence: z.record(z.string(), z.union([Both, z.record(z.string(), Both)])),
  mechanism: section,
  statement: section,
  nextCheck: section,
  why: section,
  causeKind: z.record(z.enum(causeKinds), Both),
  target: section,
  openQuestion: section,
  abstention: section,
  missing: section,
})
type SuggestionWordingFile = z.infer<typeof SuggestionWording>

export type Language = 'en' | 'zh'
export type WordSection = Exclude<keyof SuggestionWordingFile, 'causeKind'>

/** Sentences in one language. */
export type Sentences = {
  readonly language: Language
  /** @throws FB_VOCABULARY_INVALID where there is no such sentence, or it asks for a value that is not given. */
  readonly say: (section: WordSection, name: string, values?: Readonly<Record<string, string | number>>) => string
  readonly has: (section: WordSection, name: string) => boolean
  readonly kind: (kind: (typeof causeKinds)[number]) => string
}

/** @throws FB_VOCABULARY_INVALID */
export const parseSuggestionWording = (input: unknown): SuggestionWordingFile => {
  const parsed = SuggestionWording.safeParse(input)
  if (parsed.success) return parsed.data
  throw new FishboneError('FB_VOCABULARY_INVALID', 'wording/suggestions.json does not match its schema', { cause: parsed.error })
}

/** Names are `fixed`, or `repairResult.fixed` one level down. */
const templateOf = (wording: SuggestionWordingFile, from: WordSection, name: string): z.infer<typeof Both> | undefined => {
  const [outer = '', inner] = name.split('.')
  const found = wording[from][outer]
  return inner === undefined ? (found as z.infer<typeof Both> | undefined) : (found as Record<string, z.infer<typeof Both>> | undefined)?.[inner]
}

export const createSentences = (wording: SuggestionWordingFile, language: Language): Sentences => ({
  language,
  has: (from, name) => templateOf(wording, from, name) !== undefined,
  kind: kind => wording.causeKind[kind][language],
  say: (from, name, values = {}) => {
    const template = templateOf(wording, from, name)?.[language]
    if (template === undefined) throw new FishboneError('FB_VOCABULARY_INVALID', `wording/suggestions.json has no ${from}.${name}`)
    return template.replace(/\{(\w+)(?:\|([^|{}]+)\|([^|{}]+))?\}/g, (_, key: string, one?: string, many?: string) => {
      const value = values[key]
      if (value === undefined) throw new FishboneError('FB_VOCABULARY_INVALID', `wording/suggestions.json: ${from}.${name} asks for {${key}}, which is not given`)
      return one === undefined ? String(value) : `${value} ${String(value) === '1' ? one : many}`
    })
  },
})
