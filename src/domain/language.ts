import type { TextLanguage } from './finding.ts'
import { redactionMarks } from './redaction-mark.ts'

const han = /\p{Script=Han}/gu
// の stands in Chinese texts as an ornament for 的 and says nothing about the language.
const otherLetters = /(?![の])(?!\p{Script=Latin}|\p{Script=Han})\p{L}/gu
const latinTokens = /[\p{Script=Latin}\d][\p{Script=Latin}\d@._/'’+-]*/gu
const latinRun = /\p{Script=Latin}+(?:['’]\p{Script=Latin}+)*/gu
const identifierSign = /[\d@]/

const count = (text: string, pattern: RegExp): number => text.match(pattern)?.length ?? 0

/** Words of Latin letters; a token with a digit or `@` in it (P0AA6, ES8, BMS@3.1.4) is an identifier, not a word. */
const countLatinWords = (text: string): number =>
  (text.match(latinTokens) ?? [])
    .filter(token => !identifierSign.test(token))
    .reduce((words, token) => words + count(token, latinRun), 0)

/**
 * Language by script: h = Han characters / (Han characters + Latin words), identifiers and redaction marks not counted;
 * `zh` if h ≥ 0.6, `en` if h ≤ 0.1, else `mixed`. `other` if a tenth of all that is in another script (kana, Hangul,
 * Cyrillic …), or if the text holds no letters.
 */
export function detectLanguage(text: string): TextLanguage {
  const plain = text.replace(redactionMarks(), ' ').normalize('NFKC')
  const hanCount = count(plain, han)
  const words = countLatinWords(plain)
  const foreign = count(plain, otherLetters)
  if (hanCount + words === 0 || foreign / (hanCount + words + foreign) >= 0.1) return 'other'
  const share = hanCount / (hanCount + words)
  if (share >= 0.6) return 'zh'
  return share <= 0.1 ? 'en' : 'mixed'
}
