import { isIdCardNumber, passesLuhn } from './checks.ts'
import { patternRule, type RedactionRule } from './rule.ts'

// A word of 17 lower-case letters is no VIN, nor is the XXXXXXXXXXXXXXXXX of a form letter; other capitals may be one.
const looksLikeVin = (value: string): boolean => /\d/.test(value) || (value === value.toUpperCase() && new Set(value).size > 1)

export const vinRules: readonly RedactionRule[] = [
  patternRule({ kind: 'vin', pattern: /(?<![A-Z\d])[A-HJ-NPR-Z\d]{17}(?![A-Z\d])/gi, accept: value => /[A-Z]/i.test(value) && looksLikeVin(value) }),
  // Read out or typed in groups: only after its own name, and a serial number ends in digits.
  patternRule({
    kind: 'vin',
    pattern: /(?:\bVIN|车架号码?|車架號碼?|车辆识别(?:代)?码)(?:\s*(?:number|no\.?|code|码|是|为|is|[#:]))*\s*(?<value>(?:[A-HJ-NPR-Z\d][ -]?){13}\d{4}(?![A-Z\d]))/gi,
    accept: value => /[A-Z]/i.test(value),
  }),
]

export const idCardRules: readonly RedactionRule[] = [
  patternRule({ kind: 'id', pattern: /(?<![A-Z\d])\d{6}[ -]?\d{8}[ -]?\d{3}[\dX](?![A-Z\d])/gi, accept: isIdCardNumber }),
  patternRule({ kind: 'id', pattern: /(?:身份证|身分證|身份證)(?:号码?|號碼?)?\s*(?:是|为|為|[:#])?\s*(?<value>\d{14}(?:\d{3})?[\dX](?![A-Z\d]))/gi }),
  patternRule({ kind: 'id', pattern: /(?:护照|護照|驾照|驾驶证|passport)(?:号码?|號碼?|\s*(?:number|no\.?|#))?\s*(?:是|为|is|[:#])?\s*(?<value>(?=[A-Z\d]*\d{5})[A-Z\d]{7,18}(?![A-Z\d]))/gi }),
  patternRule({ kind: 'id', pattern: /(?:\bSSN|social security)(?:\s*(?:number|no\.?|#|is|:))*\s*(?<value>\d{3}[- ]?\d{2}[- ]?\d{4}(?!\d))/gi }),
  patternRule({ kind: 'id', pattern: /driver'?s? licen[cs]e\s*(?:(?:number|no\.?|is|#|:)\s*)+(?<value>(?=[A-Z\d-]*\d{4})[A-Z\d-]{5,20}(?![A-Z\d]))/gi }),
]

export const cardRules: readonly RedactionRule[] = [
  patternRule({
    kind: 'card',
    pattern: /(?<![A-Z\d])(?:\d{16,19}|\d{4}([ -])\d{4}\1\d{4}\1\d{4}(?:\1\d{1,3})?)(?![A-Z\d])/gi,
    accept: passesLuhn,
  }),
  patternRule({ kind: 'card', pattern: /(?:银行卡|銀行卡|信用卡|储蓄卡|credit card|debit card|card number)(?:号码?|號碼?)?(?:\s*(?:number|no\.?|is|是|为|为|[#:]))*\s*(?<value>\d(?:[ -]?\d){11,18}(?![A-Z\d]))/gi }),
]

const unambiguousProvinces = /^[京津沪渝冀豫辽黑湘皖鲁苏浙赣鄂桂晋蒙陕吉闽粤琼滬遼魯蘇贛晉陝閩粵瓊]/
/** 新, 云, 青, 贵 … begin ordinary words too: 更新SYSTEM is no plate. */
const isPlausibleChinesePlate = (value: string): boolean => /\d/.test(value) || unambiguousProvinces.test(value)

export const plateRules: readonly RedactionRule[] = [
  patternRule({
    kind: 'plate',
    pattern:
      /[京津沪滬渝冀豫云雲辽遼黑湘皖鲁魯新苏蘇浙赣贛鄂桂甘晋晉蒙陕陝吉闽閩贵貴粤粵青藏川宁寧琼瓊使领領]\s?[A-HJ-NP-Z][\s·•・‧.-]?[A-HJ-NP-Z\d挂掛学學警港澳]{5,6}(?![A-Z\d])/gi,
    accept: isPlausibleChinesePlate,
  }),
  patternRule({
    kind: 'plate',
    pattern:
      /(?:licen[cs]e plate|plate number|number plate|\bplate|tag number)(?:'s)?(?:\s*(?:number|no\.|is|was|of|[#:]))*\s*(?<value>(?=[A-Z\d -]{0,8}\d)(?:[A-Z\d]{1,4}-[A-Z\d]{2,5}|[A-Z\d]{5,8})(?![A-Z\d-]))/gi,
    accept: value => /[A-Z]/i.test(value),
  }),
  patternRule({
    kind: 'plate',
    pattern: /[Pp](?:late|LATE)(?:\s*(?:[Nn]umber|NUMBER|[Nn]o\.|is|IS|was|WAS|[#:]))*\s*(?<value>(?=[A-Z\d ]{0,8}\d)(?:[A-Z]{1,4} \d{2,5}|\d{1,4} [A-Z]{2,4}|\d[A-Z]{3}\d{2,3}|[A-Z]{2}\d{2} [A-Z]{3}|[A-Z]{1,3}\d{1,4})(?![A-Z\d-]))/g,
  }),
  patternRule({
    kind: 'plate',
    pattern: /(?:车牌|車牌|牌照)(?:号码?|號碼?)?\s*(?:是|为|為|[:#])?\s*(?<value>(?=[A-Z\d· -]{0,9}\d)[A-Z\d]{1,4}[· -]?[A-Z\d]{3,6}(?![A-Z\d]))/gi,
  }),
]
