import { patternRule, type RedactionRule } from './rule.ts'

const gap = String.raw`[-\s.·_/]`
const one = String.raw`${gap}?`
const countryCn = String.raw`(?:(?:\((?:\+|00)?86\)|(?:\+|00)?86)${one})?`
// No digit before it, and no fraction (0.138…); other full stops and commas end a sentence: …P0AA6-00,138….
const before = String.raw`(?<!\d)(?<!(?<![\w.-])0\.)`
const after = String.raw`(?!\d)`

const mobileGroups = [
  String.raw`1[3-9]\d{9}`,
  String.raw`1[3-9]\d${gap}{1,3}\d{4}${gap}{1,3}\d{4}`,
  String.raw`1[3-9]\d{2}${gap}{1,3}\d{3}${gap}{1,3}\d{4}`,
  String.raw`1[3-9]\d${gap}\d{8}`,
  String.raw`1[3-9]\d${gap}\d{3}${gap}\d{5}`,
  String.raw`1[3-9]\d{5}${gap}\d{4}`,
  String.raw`1(?:${gap})[3-9](?:${gap}\d){9}`,
].join('|')

const chineseMobile = new RegExp(`${before}${countryCn}(?:${mobileGroups})${after}`, 'g')
const joinedMobiles = new RegExp(`${before}(?:1[3-9]\\d{9}){2,5}${after}`, 'g')
// Written out digit by digit, as speech recognition does it: 幺三八 …
const spokenMobile = /(?<![零〇一二三四五六七八九幺])[一幺][三四五六七八九][零〇一二三四五六七八九幺]{9}(?![零〇一二三四五六七八九幺])/g

const areaCode = String.raw`(?:010|02\d|0[3-9]\d{2})`
const landLine = new RegExp(
  `${before}(?:\\(${areaCode}\\)|${areaCode})${one}[2-9]\\d{2,3}${one}\\d{4}(?:\\s?(?:-|转|轉|ext\\.?)\\s?\\d{1,6})?${after}`,
  'gi',
)
const landLineFromAbroad = new RegExp(`${before}(?:\\+|00)86${one}\\(?0?[1-9]\\d{1,2}\\)?${one}\\d{3,4}${one}\\d{4}${after}`, 'g')
const serviceLine = new RegExp(`${before}(?:\\+?1${gap}?)?[48]00(?:${gap}?\\d{3}${gap}?\\d{4}|${gap}\\d{4}${gap}\\d{3})${after}`, 'g')

const extension = String.raw`(?:\s?(?:x|ext\.?|extension)\s?\d{1,6})?`
const american = new RegExp(
  `${before}(?:\\+?1${gap}?)?(?:\\(\\d{3}\\)\\s?${one}|[2-9]\\d{2}\\s?${gap}\\s?)\\d{3}\\s?${gap}?\\s?\\d{4}${extension}${after}`,
  'gi',
)
const withCountryCode = new RegExp(`${before}\\+(?:${gap}?\\(?\\d\\)?){8,15}${after}`, 'g')
const vanity = new RegExp(`${before}1${gap}8(?:00|33|44|55|66|77|88)${gap}[A-Z\\d](?:-?[A-Z\\d]){5,9}(?![A-Z\\d])`, 'gi')
const trunkAmerican = new RegExp(`${before}\\+?1[-\\s.]?[2-9]\\d{2}${gap}?[2-9]\\d{2}${gap}?\\d{4}${after}`, 'g')
const bareAmerican = new RegExp(`${before}(?<![A-Z\\d_-])[2-9]\\d{2}[2-9]\\d{6}(?![\\dA-Z])`, 'gi')

/** Ten digits in a row are a telephone number, unless something names them as a number of another sort. */
const numberOfAnotherSort =
  /(?:订单|訂單|工单|单号|單號|编号|編號|零件|件号|序列|批次|流水|案件|case|claim|order|part|ref(?:erence)?|ticket|invoice|serial|campaign|report|id|lot|vehicle|call|no'?s|#)\W{0,3}(?:号码?|號碼?|is|was|number|num|no|id)?\W{0,4}$/i
const isNoOtherNumber = (value: string, { text, start }: { text: string; start: number }): boolean =>
  /\D/.test(value) || !numberOfAnotherSort.test(text.slice(Math.max(0, start - 30), start))

const phoneWord = String.raw`(?:电话|電話|手机|手機|座机|热线|联系方式|tele?phone|\bphone|\btel\b|\bcell|\bmobile|\bfax|\bcall(?:ed)?(?: me| us)? (?:at|on)|\btext me(?: at| on)?|reach(?:ed)? (?:me )?at)`
const phoneLink = String.raw`(?:\s*(?:号码?|號碼?|number|no\.|is|是|为|為|at|[#:.]))*\s*`
const announced = new RegExp(`${phoneWord}${phoneLink}(?<value>\\+?(?:\\d{3,5}${gap}{1,3}\\d{4,8}|\\d{7,15})${after}(?!\\s?(?:km|mi|公里|元|\\$)))`, 'gi')
const numberAfterDate = /^\d{4}[-./]\d{4}$/

export const phoneRules: readonly RedactionRule[] = [
  patternRule({ kind: 'phone', pattern: joinedMobiles }),
  patternRule({ kind: 'phone', pattern: chineseMobile }),
  patternRule({ kind: 'phone', pattern: landLineFromAbroad }),
  patternRule({ kind: 'phone', pattern: landLine }),
  patternRule({ kind: 'phone', pattern: serviceLine, accept: isNoOtherNumber }),
  patternRule({ kind: 'phone', pattern: vanity }),
  patternRule({ kind: 'phone', pattern: american }),
  patternRule({ kind: 'phone', pattern: trunkAmerican }),
  patternRule({ kind: 'phone', pattern: withCountryCode }),
  patternRule({ kind: 'phone', pattern: spokenMobile }),
  patternRule({ kind: 'phone', pattern: bareAmerican, accept: isNoOtherNumber }),
  patternRule({ kind: 'phone', pattern: announced, accept: value => !numberAfterDate.test(value) || !/^(?:19|20)/.test(value) }),
]
