import { detectLanguage, stripInvisible } from '../domain/normalised-copy.ts'
import { blankAll } from './phrase-pattern.ts'

const links = /https?:|www\.|[a-z0-9-]+\.(?:com|org|net|io|cn|ru|xyz|dev|app)\b|mailto:|javascript:|data:|file:|\]\s*\(|!\[|<\s*\/?\s*[a-z!]/i
const code = /```|`|\{\{|\}\}|\$\{|=>|\b(?:MATCH|MERGE|DETACH|UNWIND|SELECT|INSERT|UPDATE|DELETE|DROP|CALL|LOAD)\b\s*[({A-Z]|--\s|\/\*|<script|\beval\(|[{}]|\[[A-Z]+\]|^\s*#+\s|\*\*|^\s*(?:system|assistant|user|human)\s*[:：]|<\|/im
const secrets = /(?<![A-Z0-9])(?=[A-HJ-NPR-Z0-9]*\d)[A-HJ-NPR-Z0-9]{17}(?![A-Z0-9])|[A-Za-z0-9+/]{28,}={0,2}|\bsk-[A-Za-z0-9]{8,}|[\w.+-]+@(?:[\w-]+\.)+[A-Za-z]{2,}|(?<!\d)1[3-9]\d{9}(?!\d)/
const otherScripts = /(?!\p{Script=Latin}|\p{Script=Han}|\p{Script=Common}|\p{Script=Inherited}|[Ωμ])\p{L}/u
// What NFKC leaves: digits and numerals of other scripts.
const otherDigits = /(?![0-9])[\p{Nd}\p{Nl}\p{No}]/u
const han = /\p{Script=Han}/u
const control = /[\n\r\t\f\v]/

export type PlainTextFault = 'invisible-character' | 'markup' | 'identity' | 'language'

/**
 * Whether a sentence is plain words of the language asked for: no link, image, HTML, code or hidden character, nothing shaped like a VIN, a key or an address.
 *
 * @param names blanked before the language is told: an identifier has none.
 */
export const plainTextFault = (text: string, language: 'en' | 'zh', names: RegExp): PlainTextFault | null => {
  if (stripInvisible(text) !== text || control.test(text)) return 'invisible-character'
  const plain = text.normalize('NFKC')
  if (links.test(plain) || code.test(plain)) return 'markup'
  if (secrets.test(plain)) return 'identity'
  if (otherScripts.test(plain) || otherDigits.test(plain)) return 'language'
  return isIn(language, blankAll(plain, names)) ? null : 'language'
}

const isIn = (language: 'en' | 'zh', text: string): boolean => {
  if (language === 'en') return !han.test(text)
  const detected = detectLanguage(text)
  return detected === 'zh' || (detected === 'mixed' && (text.match(/\p{Script=Han}/gu)?.length ?? 0) >= 4)
}
