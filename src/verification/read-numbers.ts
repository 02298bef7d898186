import { chineseNumeralCharacters, englishNumberPattern, readChineseNumber, readEnglishNumber } from './number-words.ts'
import { blank, escapePattern, phrasePattern } from './phrase-pattern.ts'
import type { VerificationRules } from './verification-rules.ts'

export type NumberForm = 'plain' | 'share' | 'probability' | 'unreadable'
export type Comparator = '<' | '>' | '='

/** A number as a sentence shows it. The quantity meant is `shown` × `scale`, known to half a unit of its last decimal. */
export type NumberMention = {
  text: string
  start: number
  end: number
  shown: number
  decimals: number
  scale: number
  form: NumberForm
  /** Only with `probability`. */
  comparator: Comparator
  /** Units of values it may stand for; null where none is said. */
  accepts: readonly string[] | null
}

export type NumberReader = (text: string) => NumberMention[]

const digits = '(?:\\d{1,3}(?:,\\d{3})+(?!\\d)|\\d+)(?:\\.\\d+)?(?:[eE][-+]?\\d+)?'
const scaleAfter = /^(?: ?(百万|千万|十万|百亿|千亿|百|千|万|亿)| ?(thousand|million|billion)(?![a-z])| ?([kK]|bn)(?![A-Za-z]))/
const scaleOf: Record<string, number> = { 百: 100, 千: 1e3, 万: 1e4, 十万: 1e5, 百万: 1e6, 千万: 1e7, 亿: 1e8, 百亿: 1e10, 千亿: 1e11, thousand: 1e3, million: 1e6, billion: 1e9, k: 1e3, K: 1e3, bn: 1e9 }
const shareAfter = /^ ?(?:(%|percent(?!age)|per cent|pct)|(‰|per mille)|(ppm)(?![a-z])|(成)(?![为员本分品功立长都])|(percentage points?|个百分点|百分点|pp(?![a-z])|个点))/i
// A number with more, some or odd after it is no longer that number.
const vagueAfter = /^ ?(?:多|余|几|来(?=[起个辆台件次天周]))|^(?:\+|-odd| odd| or so)/
const probabilityBefore = /(?<![\p{L}\p{N}])[pq](?:\s*[-–]?\s*values?|\s*值)?\s*(?:is|was|of|为|是)?\s*(<=|>=|<|>|≤|≥|=|小于|低于|不到|大于|高于|below|under|less than|above|over|greater than)?\s*$/iu

const below = new Set(['<', '<=', '≤', '小于', '低于', '不到', 'below', 'under', 'less than'])
const above = new Set(['>', '>=', '≥', '大于', '高于', 'above', 'over', 'greater than'])

type Seen = Pick<NumberMention, 'start' | 'end' | 'shown' | 'decimals'>

const decimalsOf = (written: string): number => {
  const [mantissa = '', exponent = '0'] = written.toLowerCase().split('e')
  return (mantissa.split('.')[1]?.length ?? 0) - Number(exponent)
}

/** The reader of numbers for one set of words; its text is in NFKC form, with names and dates blanked. */
export const createNumberReader = (rules: VerificationRules): NumberReader => {
  const exempt = phrasePattern(rules.exemptNumberPhrases)
  const multiples = phrasePattern(Object.keys(rules.multiples))
  const common = new Set(rules.commonWords)
  const unitAfter = createUnitReader(rules)

  const complete = (text: string, seen: Seen): NumberMention => {
    const sign = isSigned(text, seen.start) ? -1 : 1
    const before = text.slice(0, seen.start)
    let end = seen.end
    const scaled = scaleAfter.exec(text.slice(end))
    const scale = scaled ? (scaleOf[scaled[1] ?? scaled[2] ?? scaled[3] ?? ''] ?? 1) : 1
    if (scaled) end += scaled[0].length
    const base = { ...seen, shown: sign * seen.shown, scale, comparator: '=' as const, accepts: null }
    const told = (more: Partial<NumberMention>): NumberMention => ({ form: 'plain', text: text.slice(seen.start, end), ...base, end, ...more })
    const rest = text.slice(end)
    if (vagueAfter.test(rest)) return told({ form: 'unreadable' })
    const probability = probabilityBefore.exec(before)
    if (probability) return told({ form: 'probability', comparator: below.has(probability[1]?.toLowerCase() ?? '') ? '<' : above.has(probability[1]?.toLowerCase() ?? '') ? '>' : '=' })
    if (/百分之 ?$/.test(before)) return told({ form: 'share', scale: 0.01 })
    const share = shareAfter.exec(rest)
    if (share) {
      end += share[0].length
      if (share[5]) return told({ form: 'unreadable' })
      return told({ form: 'share', scale: share[1] ? 0.01 : share[2] ? 0.001 : share[3] ? 1e-6 : 0.1 })
    }
    const unit = unitAfter(rest)
    if (unit) return told({ accepts: unit })
    return told(isUncounted(rest, common) ? { form: 'unreadable' } : {})
  }

  return text => {
    const mentions: NumberMention[] = []
    let rest = text.replace(exempt, match => ' '.repeat(match.length))
    const take = (mention: NumberMention, from = mention.start) => {
      mentions.push(mention)
      rest = blank(rest, from, mention.end)
    }
    for (const match of rest.matchAll(multiples)) {
      const value = rules.multiples[match[0].toLowerCase().replace(/\s+/g, ' ')] ?? Number.NaN
      const seen = { text: match[0], start: match.index, end: match.index + match[0].length, form: 'plain', comparator: '=' } as const
      take({ ...seen, accepts: ['ratio', 'share'], ...(value < 1 ? { shown: value * 100, decimals: 0, scale: 0.01 } : { shown: value, decimals: 0, scale: 1 }) })
    }
    for (const seen of digitNumbers(rest)) take(complete(rest, seen))
    for (const seen of chineseFractions(rest)) take({ ...seen, text: rest.slice(seen.start, seen.end), scale: 0.01, form: 'share', comparator: '=', accepts: null })
    for (const seen of chineseNumbers(rest, unitAfter)) take(complete(rest, seen))
    for (const seen of englishNumbers(rest, unitAfter)) take(complete(rest, seen))
    return inheritInRanges(text, mentions.toSorted((a, b) => a.start - b.start))
  }
}

const isSigned = (text: string, start: number): boolean => /(?:^|[\s(（,，:：约])[-−]$/.test(text.slice(0, start)) && !/\d\s*[-−]$/.test(text.slice(0, start))

const digitNumbers = (text: string): Seen[] =>
  Array.from(text.matchAll(new RegExp(`(?<![\\d.])${digits}`, 'g')), match => ({
    start: match.index, end: match.index + match[0].length, shown: Number(match[0].replaceAll(',', '')), decimals: decimalsOf(match[0]),
  }))

// 零件 and 零部件 are parts, 零售 is retail; before a noun that is counted, 零件 is none of it.
const numeral = `(?:(?!零(?:件(?!报告|投诉|案例|故障|事故|索赔)|部件|配件|售))[${chineseNumeralCharacters}])`
const chineseFraction = new RegExp(`(${numeral}+)分之(${numeral}+)`, 'gu')
const chineseNumber = new RegExp(`${numeral}+(?:点${numeral}+)?`, 'gu')

const chineseFractions = (text: string): Seen[] =>
  Array.from(text.matchAll(chineseFraction)).filter(match => match[1] !== '百').map(match => ({
    start: match.index, end: match.index + match[0].length, decimals: 0,
    shown: (100 * readChineseNumber(match[2] ?? '').value) / readChineseNumber(match[1] ?? '').value,
  }))

// 一 before these is an article; 一起 is "together" unless a report follows.
const articleAfterOne = /^(?:[个种项条件家批次位处份名些度日月]|起(?!报告|投诉|案例|事件|故障|索赔))/

const chineseNumbers = (text: string, unitAfter: (rest: string) => readonly string[] | null): Seen[] =>
  Array.from(text.matchAll(chineseNumber)).flatMap(match => {
    const written = match[0]
    const [start, end] = [match.index, match.index + written.length]
    const rest = text.slice(end)
    if (written === '一' && (articleAfterOne.test(rest) && !/^个(?:月|小时|星期)/.test(rest))) return []
    const isOrdinal = text[start - 1] === '第'
    const isNumber = isOrdinal ? written !== '一' : written.length > 1 || /百分之 ?$/.test(text.slice(0, start)) || shareAfter.test(rest) || unitAfter(rest) !== null
    if (!isNumber) return []
    const { value, decimals } = readChineseNumber(written)
    return [{ start, end, shown: value, decimals }]
  })

const englishNumbers = (text: string, unitAfter: (rest: string) => readonly string[] | null): Seen[] =>
  Array.from(text.matchAll(new RegExp(englishNumberPattern, 'gi'))).flatMap(match => {
    const end = match.index + match[0].length
    if (/^one$/i.test(match[0]) && unitAfter(text.slice(end)) === null) return []
    const { value, decimals } = readEnglishNumber(match[0])
    return [{ start: match.index, end, shown: value, decimals }]
  })

/** A plural after a bare number counts something that the evidence has no unit for. */
const isUncounted = (rest: string, common: ReadonlySet<string>): boolean => {
  const next = /^ ?(?:[a-z]+[ -])?([a-z]{3,}s)(?![a-z])/i.exec(rest)?.[1]?.toLowerCase()
  return next !== undefined && !next.endsWith('ss') && !common.has(next)
}

const createUnitReader = ({ units }: VerificationRules) => {
  const english = new Map(units.flatMap(unit => unit.en.map(word => [word.length <= 3 ? word : word.toLowerCase(), unit.accepts] as const)))
  const signs = [...english.keys()].filter(word => word.length <= 5).toSorted((a, b) => b.length - a.length)
  const sign = new RegExp(`^ ?(${signs.map(escapePattern).join('|')})(?![A-Za-z])`)
  const chinese = units.flatMap(unit => unit.zh.map(word => [word, unit.accepts] as const)).toSorted((a, b) => b[0].length - a[0].length)
  return (rest: string): readonly string[] | null => {
    const attached = sign.exec(rest)?.[1]
    if (attached !== undefined) return english.get(attached) ?? null
    const trimmed = rest.replace(/^ /, '')
    const counter = chinese.find(([word]) => trimmed.startsWith(word))
    if (counter) return counter[1]
    for (const [word] of Array.from(/^[- ]?(?:[a-z]+[ -]?){0,3}/i.exec(rest)?.[0].matchAll(/[a-z]+/gi) ?? [])) {
      const accepts = english.get(word.toLowerCase())
      if (accepts && word.length > 2) return accepts
    }
    return null
  }
}

const between = /^\s*(?:(-|–|—|~|～|to|至|到|and|through)|(,|、|\/|or|或|和|与))\s*$/i

/** The first of two numbers takes what is said of the second: `2.1 to 9.8 times`, `23 and 41 claims`. */
const inheritInRanges = (text: string, mentions: NumberMention[]): NumberMention[] => {
  for (let at = mentions.length - 2; at >= 0; at -= 1) {
    const [mention, next] = [mentions[at] as NumberMention, mentions[at + 1] as NumberMention]
    if (mention.form !== 'plain' || mention.accepts !== null || mention.scale !== 1) continue
    const joint = between.exec(text.slice(mention.end, next.start))
    if (!joint || next.form === 'probability' || next.form === 'unreadable') continue
    // A scale belongs to both ends of a range (2–3 万), not to a list.
    const scale = next.form === 'share' || joint[1] ? next.scale : 1
    mentions[at] = { ...mention, form: next.form, accepts: next.accepts, scale }
  }
  return mentions
}
