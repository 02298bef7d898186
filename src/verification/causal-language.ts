import { phrasePattern } from './phrase-pattern.ts'
import type { VerificationRules } from './verification-rules.ts'

/** How far a sentence may go: `none` says no causal verb at all, `modal` only as a possibility, `free` anything. */
export type CausalLicence = 'none' | 'modal' | 'free'

/** @returns a check that gives the causal verb a text may not say, null where all is well; its text is in NFKC form. */
export const createCausalCheck = (rules: VerificationRules) => {
  const verbs = phrasePattern([...rules.causalVerbs.en, ...rules.causalVerbs.zh])
  const modal = phrasePattern([...rules.modals.en, ...rules.modals.zh], 'iu')
  const negated = new RegExp(`(?:(?<![\\p{L}])(?:${rules.negators.en.join('|')})\\s+(?:\\p{L}+\\s+)?|(?:${rules.negators.zh.join('|')})[\\p{Script=Han}]?)$`, 'iu')
  const notOnly = phrasePattern(rules.notOnly, 'iu')
  // 因 by itself is "because" where a clause follows: 因批次…而…
  const bareBecause = /(?<![\p{Script=Han}]?[原诱成病])因(?![此素子果])[^，。；]{1,20}(?:而|发生|出现|失效|故障|损坏|异常|停)/u

  const verbOf = (sentence: string, licence: CausalLicence): string | null => {
    if (licence === 'modal' && modal.test(sentence)) return null
    for (const match of sentence.matchAll(verbs)) {
      const before = sentence.slice(Math.max(0, match.index - 24), match.index)
      if (negated.test(before) && !notOnly.test(before)) continue
      return match[0]
    }
    return bareBecause.exec(sentence)?.[0] ?? null
  }

  return (text: string, licence: CausalLicence): string | null => {
    if (licence === 'free') return null
    // A sentence ends at a full stop that no digit follows: 3.1 is one word.
    for (const sentence of text.split(/[;；。!！?？]|\.(?!\d)/u)) {
      const verb = verbOf(sentence, licence)
      if (verb !== null) return verb
    }
    return null
  }
}
