import { z } from 'zod'
import { FishboneError } from '../domain/error.ts'
import { stem } from './stem.ts'
import { matchingForm, wordsOf } from './terms.ts'
import type { SearchLanguage } from './text-language.ts'

const form = z.string().trim().min(1).max(60)
/** Content of `vocabulary/glossary.json`: words of everyday speech and the workshop that are no component or symptom. */
export const GlossaryFile = z.strictObject({
  _about: z.string().optional(),
  entries: z.array(z.strictObject({ zh: z.array(form).min(1), en: z.array(form).min(1) })),
  /** Chinese words that have nothing to say to a case; known, so that no word is seen across their borders. */
  silent: z.array(form).default([]),
})
export type GlossaryFile = z.infer<typeof GlossaryFile>

/** A text told word by word in the other language. */
export type WordTranslation = {
  /** First form of each word, in the order of the text: what an embedding can read. Empty where no word is known. */
  text: string
  /** All forms of each word that was found. */
  words: readonly (readonly string[])[]
}
export type WordGlossary = { translate(text: string, to: SearchLanguage): WordTranslation }

type Lexicon = { forms: ReadonlyMap<string, readonly string[]>; longest: number }

const latinRun = /^[\p{Script=Latin}\p{N}][\p{Script=Latin}\p{N}.\-]*/u

function lexiconOf(pairs: readonly (readonly [string, readonly string[]])[], lengthOf: (key: string) => number): Lexicon {
  const forms = new Map<string, string[]>()
  let longest = 0
  for (const [key, given] of pairs) {
    forms.set(key, [...new Set([...(forms.get(key) ?? []), ...given])])
    longest = Math.max(longest, lengthOf(key))
  }
  return { forms, longest }
}

const englishKey = (words: readonly string[]): string => words.map(stem).join(' ')

/** Reading one character that stands in no known word costs as much as three words. */
const unknownCost = 3

/** A Chinese text cut into the fewest known words that cover the most of it; what is written in Latin letters stands for itself. */
function fromChinese(text: string, { forms, longest }: Lexicon): (readonly string[])[] {
  const spoken = matchingForm(text)
  const size = spoken.length
  // Cheapest way to read from each place to the end, and how long its first piece is.
  const cost = new Float64Array(size + 1)
  const piece = new Uint16Array(size + 1)
  for (let at = size - 1; at >= 0; at--) {
    const run = latinRun.exec(spoken.slice(at, at + 40))?.[0].length ?? 0
    piece[at] = Math.max(1, run)
    cost[at] = cost[at + piece[at]!]! + (run > 0 ? 1 : unknownCost)
    for (let length = 1; length <= Math.min(longest, size - at); length++) {
      if (cost[at + length]! + 1 > cost[at]! || !forms.has(spoken.slice(at, at + length))) continue
      cost[at] = cost[at + length]! + 1
      piece[at] = length
    }
  }
  const found: (readonly string[])[] = []
  for (let at = 0; at < size; at += piece[at]!) {
    const word = spoken.slice(at, at + piece[at]!)
    const known = forms.get(word) ?? (latinRun.test(word) ? [word] : [])
    if (known.length > 0) found.push(known)
  }
  return found
}

/** The longest known phrase at each place of an English text, whatever its inflections. */
function fromEnglish(text: string, { forms, longest }: Lexicon): (readonly string[])[] {
  const words = wordsOf(text).map(stem)
  const found: (readonly string[])[] = []
  for (let at = 0; at < words.length;) {
    let [known, phrase, length] = [undefined as readonly string[] | undefined, '', 0]
    for (let end = at; end < Math.min(words.length, at + longest); end++) {
      phrase += `${end > at ? ' ' : ''}${words[end]!}`
      const translated = forms.get(phrase)
      if (translated) [known, length] = [translated, end + 1 - at]
    }
    if (known) found.push(known)
    at += Math.max(1, length)
  }
  return found
}

/**
 * Word-by-word translation between Chinese and English by a list of words.
 *
 * @throws FB_VOCABULARY_INVALID where the list has another shape; the message says at which place.
 */
export function createWordGlossary(file: unknown): WordGlossary {
  const parsed = GlossaryFile.safeParse(file)
  if (!parsed.success) {
    const at = parsed.error.issues[0]?.path.join('.') ?? ''
    throw new FishboneError('FB_VOCABULARY_INVALID', `glossary.json: ${at}: ${parsed.error.issues[0]?.message ?? 'wrong shape'}`, { cause: parsed.error, details: { file: 'glossary.json', at } })
  }
  const { entries, silent } = parsed.data
  const chinese = lexiconOf([...entries.flatMap(({ zh, en }) => zh.map(word => [matchingForm(word), en] as const)), ...silent.map(word => [matchingForm(word), []] as const)], key => key.length)
  const english = lexiconOf(entries.flatMap(({ zh, en }) => en.map(phrase => [englishKey(wordsOf(phrase)), zh] as const)), key => key.split(' ').length)
  return {
    translate(text, to) {
      const words = to === 'en' ? fromChinese(text, chinese) : fromEnglish(text, english)
      const isTranslated = words.some(forms => forms.length > 1 || /\p{Script=Han}/u.test(forms[0]!) || to === 'en')
      return isTranslated ? { text: words.map(forms => forms[0]!).join(to === 'en' ? ' ' : ''), words } : { text: '', words: [] }
    },
  }
}
