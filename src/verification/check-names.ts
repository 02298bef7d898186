import { findDtcMentions } from '../domain/dtc.ts'
import type { Linker, Vocabulary } from '../vocabulary/index.ts'
import { isKnownDate, readDates } from './dates.ts'
import { folded } from './evidence-index.ts'
import type { CitedFacts } from './evidence-index.ts'
import { englishNumberPattern } from './number-words.ts'
import { blank, escapePattern, phrasePattern } from './phrase-pattern.ts'
import type { VerificationRules } from './verification-rules.ts'

export type NameFault = { reason: 'name' | 'date' | 'component' | 'unknown-id'; detail: string }

type Readers = { linker: Linker; vocabulary: Vocabulary; rules: VerificationRules; knownNames: ReadonlySet<string> }

export type NameQuestion = {
  /** NFKC form. */
  text: string
  facts: CitedFacts
  /** Ids that may stand in the sentence itself. */
  ids: ReadonlySet<string>
  /** Names of the whole pack: said without being cited they are refused. */
  allNames: ReadonlySet<string>
}

const disciplines = /(?<![\p{L}\p{N}])(?:D[0-8](?!\d)|8D|4M|5M|6M|ISO ?\d{4,5}(?:-\d+)?|IATF ?16949|\(?[1-9][.)](?=\s))(?![\p{L}\p{N}]|[-/@]\p{N})/gu
const tokens = /[A-Za-z0-9]+(?:[._/@%+:'-]+[A-Za-z0-9]+)*/g
const numberWithUnit = /^-?\d[\d,]*(?:\.\d+)?(?:[eE][-+]?\d+)?(?:[kKx%]|bn|fold|-fold|-odd|V|mV|kV|A|km|kWh?|kPa|Nm|rpm|bar|s|h|min|d|C|F)?$/
const plainRange = /^\d+(?:\.\d+)?(?:-\d+(?:\.\d+)?)+[A-Za-z%]{0,3}$/
const numberWord = new RegExp(`^${englishNumberPattern}$`)

/** Names, codes and dates of a sentence against those it may say; `rest` is the text with all of them blanked, for the numbers. */
export const createNameCheck = (readers: Readers) => {
  const common = new Set(readers.rules.commonWords)
  const capitals = new Set(readers.rules.allowedCapitals)
  const vocabularyWords = new Set(
    [...readers.vocabulary.components.keys(), ...readers.vocabulary.symptoms.keys(), ...readers.vocabulary.hazards.keys()]
      .flatMap(key => [readers.vocabulary.labelOf(key, 'en'), ...readers.vocabulary.formsOf(key, 'en')])
      .flatMap(label => label.toLowerCase().match(/[a-z]+/g) ?? []),
  )
  const cueCheck = createCueCheck(readers.rules, common)
  const ordinary = phrasePattern(readers.rules.ordinaryTerms)
  const { vague, multiples } = readers.rules
  const quantityWords = new Set([...Object.values(vague).flat(), ...Object.keys(multiples)].flatMap(phrase => phrase.toLowerCase().match(/[a-z]+/g) ?? []))
  const isPlainWord = (word: string) => common.has(word) || vocabularyWords.has(word) || quantityWords.has(word) || numberWord.test(word)

  // A supplier called by an ordinary word cannot be told from that word.
  const fleetNames = [...readers.knownNames].filter(name => !isPlainWord(name))

  return ({ text, facts, ids, allNames }: NameQuestion): { fault: NameFault | null; rest: string } => {
    // Names first: `8D-2021-044` is a case and no discipline with a number behind it.
    let rest = blankNames(text, facts.names).replace(disciplines, match => ' '.repeat(match.length))
    const refused = (reason: NameFault['reason'], detail: string) => ({ fault: { reason, detail }, rest })

    for (const match of rest.matchAll(/(?<![\p{L}\p{N}.@/-])[ECA]\d{1,3}(?![\p{L}\p{N}@/-])/gu)) {
      if (facts.names.has(folded(match[0]))) continue
      if (!ids.has(match[0])) return refused('unknown-id', match[0])
      rest = blank(rest, match.index, match.index + match[0].length)
    }
    for (const mention of findDtcMentions(rest)) {
      const code = mention.failureType === null ? mention.code : `${mention.code}-${mention.failureType}`
      if (!facts.dtcs.has(code)) return refused('name', code)
      rest = blank(rest, mention.start, mention.end)
    }
    const read = readDates(rest)
    const wrong = read.dates.find(date => !isKnownDate(date, facts.dates))
    if (wrong) return refused('date', rest.slice(wrong.start, wrong.end))
    rest = read.rest
    for (const match of rest.matchAll(tokens)) {
      const token = match[0]
      if (!/\d/.test(token) || !/[A-Za-z]/.test(token) || numberWithUnit.test(token) || plainRange.test(token)) continue
      return refused('name', token)
    }
    const stranger = strangeCapital(rest, facts, { capitals, isPlainWord }) ?? cueCheck(rest, facts)
    if (stranger !== null) return refused('name', stranger)
    const uncited = uncitedName(rest, facts, [...allNames]) ?? uncitedName(rest, facts, fleetNames, { isFleetName: true })
    if (uncited !== null) return refused('name', uncited)
    const component = strangeComponent(text.replace(ordinary, ' '), facts, readers)
    return component === null ? { fault: null, rest } : refused('component', component)
  }
}

/** Blanks cited names that hold a digit or a joint, longest first; one that is a bare number stays, as it may be meant as a number. */
const blankNames = (text: string, names: ReadonlySet<string>): string => {
  let rest = text
  for (const name of [...names].filter(one => /\d/.test(one) && !/^[\d.,]+$/.test(one)).toSorted((a, b) => b.length - a.length)) {
    const whole = new RegExp(`(?<![A-Za-z0-9]|[A-Za-z0-9][._/@%+:-])${escapePattern(name)}(?![A-Za-z0-9]|[._/@%+:-][A-Za-z0-9])`, 'giu')
    // Not by blanks: what follows a name is no part of the words before it.
    rest = rest.replace(whole, match => '·'.repeat(match.length))
  }
  return rest
}

/** A word with a capital that is neither a word of the evidence nor of the language: a supplier, a plant, a person. */
const strangeCapital = (text: string, facts: CitedFacts, { capitals, isPlainWord }: { capitals: ReadonlySet<string>; isPlainWord: (word: string) => boolean }): string | null => {
  for (const match of text.matchAll(/(?<![\p{L}\p{N}'’])\p{Lu}[\p{L}'’]*/gu)) {
    const word = match[0].replace(/['’]s?$/u, '')
    const lower = word.toLowerCase()
    if (capitals.has(word) || facts.words.has(lower) || facts.names.has(lower)) continue
    const isStart = /(?:^|[.!?:;。！？：；"“(（]\s*)$/u.test(text.slice(0, match.index))
    // Inside a sentence a plain word in capitals is no name either, unless it is all capitals.
    if (isPlainWord(lower) && (isStart || word !== word.toUpperCase() || word.length > 3)) continue
    return word
  }
  return null
}

/** Names of the pack hold ordinary words too: without a digit or a joint only those of the fleet are told in Latin letters. */
const uncitedName = (text: string, facts: CitedFacts, names: readonly string[], { isFleetName = false } = {}): string | null => {
  const lower = text.toLowerCase()
  const own = [...facts.names]
  return (
    names.find(name => {
      if (name.length < 3 || facts.names.has(name) || /^[\d.,]+$/.test(name) || own.some(mine => mine.includes(name)) || facts.words.has(name)) return false
      const at = lower.indexOf(name)
      if (at < 0) return false
      const isHan = /\p{Script=Han}/u.test(name)
      return isHan ? !facts.sources.some(source => source.includes(name)) : (isFleetName || /[\d@/-]/.test(name)) && isWhole(lower, at, name.length)
    }) ?? null
  )
}

const isWhole = (text: string, at: number, length: number): boolean => !/[a-z0-9]/.test(text[at - 1] ?? ' ') && !/[a-z0-9]/.test(text[at + length] ?? ' ')

/** Components and symptoms by key, so that a synonym in either language is the same name; the whole of a cited part may be said. */
const strangeComponent = (text: string, facts: CitedFacts, { linker, vocabulary }: Readers): string | null => {
  const links = linker.link(text)
  const isKnown = (key: string, known: ReadonlySet<string>) => known.has(key) || [...known].some(one => vocabulary.isWithin(one, key))
  // What only resembles a wording was not said; what was named was, however unlikely it is that it failed.
  const isSaid = ({ method }: { method: string }): boolean => method === 'alias'
  const component = links.components.find(link => isSaid(link) && !isKnown(link.key, facts.components))
  if (component) return component.key
  const named = [...links.symptoms.filter(isSaid).map(({ key }) => key), ...links.doubted.flatMap(({ symptom }) => symptom ?? [])]
  return named.find(key => !isKnown(key, facts.symptoms)) ?? null
}

/** After `supplier`, `供应商` and the like a name is expected: what follows is a word of the evidence or an ordinary word. */
const createCueCheck = (rules: VerificationRules, common: ReadonlySet<string>) => {
  const english = new RegExp(`(?<![\\p{L}\\p{N}-])(?:${rules.nameCues.en.join('|')})\\s+["“'(]?([\\p{L}][\\p{L}'’-]*)`, 'giu')
  const chinese = new RegExp(`(?:${rules.nameCues.zh.join('|')})\\s*(?:[“"「]\\s*)?(?=([\\p{Script=Han}]{1,8}))`, 'gu')
  const followers = rules.nameFollowers
  return (text: string, facts: CitedFacts): string | null => {
    for (const match of text.matchAll(english)) {
      const word = (match[1] ?? '').toLowerCase().replace(/['’]s$/, '')
      if (word.split('-').every(part => common.has(part) || facts.words.has(part) || facts.names.has(part))) continue
      return match[0]
    }
    for (const match of text.matchAll(chinese)) {
      const next = match[1] ?? ''
      if (followers.some(follower => next.startsWith(follower)) || rules.nameCues.zh.some(cue => next.startsWith(cue))) continue
      if ([...facts.names].some(name => /\p{Script=Han}/u.test(name) && next.startsWith(name.slice(0, next.length)))) continue
      return `${match[0]}${next}`
    }
    return null
  }
}
