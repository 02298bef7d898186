const units: Record<string, number> = Object.fromEntries(
  ['zero', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten', 'eleven', 'twelve', 'thirteen', 'fourteen', 'fifteen', 'sixteen',
    'seventeen', 'eighteen', 'nineteen'].map((word, value) => [word, value]),
)
const tens: Record<string, number> = Object.fromEntries(
  ['twenty', 'thirty', 'forty', 'fifty', 'sixty', 'seventy', 'eighty', 'ninety'].map((word, at) => [word, 20 + 10 * at]),
)
const scales: Record<string, number> = { hundred: 100, thousand: 1_000, million: 1e6, billion: 1e9, dozen: 12 }

const anyWord = [...Object.keys(units), ...Object.keys(tens), ...Object.keys(scales)].join('|')

/** Source of a pattern for a number in English words: `twenty-three`, `a hundred and five`, `seven point four`. Plurals (`dozens`) are none. */
export const englishNumberPattern = `\\b(?:an?\\s+(?=hundred|thousand|million|billion|dozen))?(?:${anyWord})(?:(?:[\\s-]+and[\\s-]+|[\\s-]+point[\\s-]+|[\\s-]+)(?:${anyWord}))*\\b`

/** Value of a text that `englishNumberPattern` matched, with the decimals that were spoken. */
export const readEnglishNumber = (text: string): { value: number; decimals: number } => {
  const [whole = '', fraction] = text.toLowerCase().split(/[\s-]+point[\s-]+/)
  let total = 0
  let group = 0
  for (const word of whole.split(/[\s-]+/)) {
    if (word in units) group += units[word] as number
    else if (word in tens) group += tens[word] as number
    else if (word in scales) {
      const scale = scales[word] as number
      group = Math.max(1, group) * scale
      if (scale >= 1_000) {
        total += group
        group = 0
      }
    }
  }
  const digits = fraction === undefined ? '' : fraction.split(/[\s-]+/).map(word => String(units[word] ?? '')).join('')
  return { value: total + group + (digits === '' ? 0 : Number(`0.${digits}`)), decimals: digits.length }
}

const chineseDigits: Record<string, number> = {
  零: 0, 〇: 0, 一: 1, 壹: 1, 二: 2, 两: 2, 贰: 2, 三: 3, 叁: 3, 四: 4, 肆: 4, 五: 5, 伍: 5, 六: 6, 陆: 6, 七: 7, 柒: 7, 八: 8, 捌: 8, 九: 9, 玖: 9,
}
const chineseScales: Record<string, number> = { 十: 10, 拾: 10, 廿: 20, 卅: 30, 百: 100, 佰: 100, 千: 1_000, 仟: 1_000, 万: 1e4, 亿: 1e8 }

/** Characters a Chinese numeral is written with. */
export const chineseNumeralCharacters = [...Object.keys(chineseDigits), ...Object.keys(chineseScales)].join('')

/** Value of a Chinese numeral: `二十三` 23, `一百零五` 105, `三点五` 3.5, and digit by digit `二〇二四` 2024. */
export const readChineseNumber = (text: string): { value: number; decimals: number } => {
  const [whole = '', fraction = ''] = text.split('点')
  const decimals = [...fraction].map(character => chineseDigits[character] ?? 0)
  return { value: chineseWhole(whole) + (decimals.length > 0 ? Number(`0.${decimals.join('')}`) : 0), decimals: decimals.length }
}

const chineseWhole = (text: string): number => {
  if ([...text].every(character => character in chineseDigits)) return Number([...text].map(character => chineseDigits[character]).join(''))
  let total = 0
  let section = 0
  let digit: number | null = null
  for (const character of text) {
    const scale = chineseScales[character]
    if (scale === undefined) digit = chineseDigits[character] ?? 0
    else if (scale >= 1e4) {
      total = (total + section + (digit ?? (total + section === 0 ? 1 : 0))) * scale
      section = 0
      digit = null
    } else {
      section += scale === 20 || scale === 30 ? scale : (digit ?? 1) * scale
      digit = null
    }
  }
  return total + section + (digit ?? 0)
}
