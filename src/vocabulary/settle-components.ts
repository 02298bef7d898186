import type { Clause } from './clauses.ts'
import { clauseIndexAt } from './clauses.ts'
import type { Mention } from './find-mentions.ts'
import type { AmbiguousComponent } from './vocabulary-files.ts'

/** A component said in the text; `isSettled` is false for a word that only probably means this component. */
export type ComponentMention = { key: string; start: number; end: number; weight: number; isWeak: boolean; isSettled: boolean }

/** Decides what an ambiguous word means, from the sentence first and the whole text after. */
export type AmbiguityRules = readonly { choices: { component: string; cues: RegExp | null; symptoms: ReadonlySet<string> }[]; otherwise: string | null }[]

const escape = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')

/** @param cues words, matched whole where they are Latin. */
function cuePattern(cues: readonly string[]): RegExp | null {
  if (cues.length === 0) return null
  const words = cues.map(cue => {
    const escaped = escape(cue.toLowerCase())
    return `${/^[a-z0-9]/i.test(cue) ? '(?<![a-z0-9])' : ''}${escaped}${/[a-z0-9]$/i.test(cue) ? '(?![a-z0-9])' : ''}`
  })
  return new RegExp(words.join('|'))
}

export const createAmbiguityRules = (ambiguous: readonly AmbiguousComponent[]): AmbiguityRules =>
  ambiguous.map(({ choices, otherwise }) => ({
    otherwise,
    choices: choices.map(choice => ({
      component: choice.component,
      cues: cuePattern(choice.cues ?? []),
      symptoms: new Set(choice.symptoms ?? []),
    })),
  }))

type Scene = { text: string; clauses: readonly Clause[]; symptoms: readonly Mention[] }

function sentenceAround({ text, clauses }: Scene, at: number): { start: number; end: number; words: string } {
  const sentence = clauses[clauseIndexAt(clauses, at)]?.sentence ?? 0
  const own = clauses.filter(clause => clause.sentence === sentence)
  const start = own[0]?.start ?? 0
  const end = own.at(-1)?.end ?? text.length
  return { start, end, words: text.slice(start, end) }
}

function settle(mention: Mention, rule: AmbiguityRules[number], scene: Scene): { key: string | null; isSettled: boolean } {
  const sentence = sentenceAround(scene, mention.start)
  const near = scene.symptoms.filter(symptom => symptom.start >= sentence.start && symptom.end <= sentence.end)
  const bySymptom = rule.choices.find(choice => near.some(symptom => choice.symptoms.has(symptom.meaning.key)))
  const chosen =
    rule.choices.find(choice => choice.cues?.test(sentence.words)) ?? bySymptom ?? rule.choices.find(choice => choice.cues?.test(scene.text))
  return chosen ? { key: chosen.component, isSettled: true } : { key: rule.otherwise, isSettled: false }
}

/** 黑屏 holds 屏: the word inside a symptom names nothing new where the clause names the same component outside of it. */
function isEcho(mention: Mention, key: string, mentions: readonly Mention[], { clauses, symptoms }: Scene): boolean {
  if (!symptoms.some(({ start, end }) => start <= mention.start && mention.end <= end)) return false
  const clause = clauseIndexAt(clauses, mention.start)
  return mentions.some(other => other.meaning.key === key && clauseIndexAt(clauses, other.start) === clause)
}

/** Component mentions with every ambiguous word decided; a word that stays open (`otherwise: null`) names nothing. */
export function settleComponents(mentions: readonly Mention[], rules: AmbiguityRules, scene: Scene): ComponentMention[] {
  return mentions.flatMap(mention => {
    const { meaning, start, end, weight } = mention
    if (!meaning.key.startsWith('?')) return [{ key: meaning.key, start, end, weight, isWeak: meaning.weak, isSettled: true }]
    const rule = rules[Number(meaning.key.slice(1))]
    const { key, isSettled } = rule ? settle(mention, rule, scene) : { key: null, isSettled: false }
    return key === null || isEcho(mention, key, mentions, scene) ? [] : [{ key, start, end, weight, isWeak: meaning.weak, isSettled }]
  })
}
