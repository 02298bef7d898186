import { matchingCopy, stripInvisible } from '../domain/normalised-copy.ts'
import { englishStopWords } from './english-stop-words.ts'
import { stem } from './stem.ts'

const paired = '\\p{Script=Han}\\p{Script=Hiragana}\\p{Script=Katakana}\\p{Script=Hangul}'
const letter = `(?:(?![${paired}])[\\p{L}\\p{N}])`
const words = new RegExp(`[${paired}]+|${letter}+(?:['’.\\-]${letter}+)*`, 'gu')
const withoutSpaces = new RegExp(`^[${paired}]`, 'u')
const identifier = /\p{N}/u
const joints = /[.\-'’]/

/** The form in which texts are compared: nothing invisible, NFKC, lower case, simplified characters. */
export const matchingForm = (text: string): string => matchingCopy(stripInvisible(text)).text

/** Overlapping pairs of characters, as the `cjk` analyzer cuts; a single character stands for itself. */
const pairsOf = (run: string): string[] => {
  const characters = [...run]
  return characters.length === 1 ? characters : characters.slice(1).map((character, index) => `${characters[index]}${character}`)
}

const isTelling = (part: string): boolean => part.length > 2 || (part.length === 2 && !/^\d+$/.test(part))

const termsOfWord = (found: string): string[] => {
  if (withoutSpaces.test(found)) return pairsOf(found)
  const parts = found.split(joints)
  if (identifier.test(found)) return [...new Set([found, ...parts.filter(isTelling)])]
  return parts.filter(part => part.length > 1 && !englishStopWords.has(part)).map(stem)
}

/**
 * The search terms of a text, in order, repeated as often as they are said: English words without stop words, stemmed; Chinese in overlapping
 * pairs of characters; whatever holds a digit (fault codes, lots, versions) whole and in its parts.
 */
export const termsOf = (text: string): string[] => (matchingForm(text).match(words) ?? []).flatMap(termsOfWord)

/** Plain lower-case words, for matching names of makes and models. */
export const wordsOf = (text: string): string[] => (matchingForm(text).match(words) ?? []).flatMap(found => found.split(joints)).filter(Boolean)
