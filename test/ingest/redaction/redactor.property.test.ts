import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createRedactor } from '../../../src/ingest/redaction/index.ts'
import { kept } from './examples.ts'

const runs = { seed: 20230109, numRuns: 500 }
const { redact } = createRedactor({ pseudonymOf: () => `veh_${'0123456789abcdef'.repeat(2)}` })

const fromAlphabet = (alphabet: string, length: number) =>
  fc.array(fc.constantFrom(...alphabet), { minLength: length, maxLength: length }).map(characters => characters.join(''))
const digits = (length: number) => fromAlphabet('0123456789', length)
const joined = (...parts: fc.Arbitrary<string>[]) => fc.tuple(...parts).map(values => values.join(''))

const mobile = joined(fc.constant('1'), fromAlphabet('3456789', 1), digits(9))
const writtenMobile = fc.tuple(fc.constantFrom('', '+86', '+86 ', '86-', '0086 '), mobile, fc.constantFrom('', '-', ' ')).map(
  ([country, number, gap]) => country + [number.slice(0, 3), number.slice(3, 7), number.slice(7)].join(gap),
)
const american = fc
  .tuple(fromAlphabet('23456789', 1), digits(2), fromAlphabet('23456789', 1), digits(2), digits(4), fc.constantFrom('-', '.', ' '))
  .map(([a, b, c, d, e, gap]) => [a + b, c + d, e].join(gap))
const landLine = joined(fc.constantFrom('010-', '021-', '0755-', '0571 '), fromAlphabet('2345678', 1), digits(7))

const vin = fromAlphabet('ABCDEFGHJKLMNPRSTUVWXYZ0123456789', 16).chain(head => digits(1).map(serial => `L${head.slice(1)}${serial}`))
const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
const idCard = digits(17).map(body => body + '10X98765432'.charAt([...body].reduce((sum, digit, place) => sum + Number(digit) * (weights[place] ?? 0), 0) % 11))
const card = digits(15).map(body => {
  const sum = [...body].reverse().reduce((total, digit, place) => {
    const value = Number(digit) * (place % 2 === 0 ? 2 : 1)
    return total + (value > 9 ? value - 9 : value)
  }, 0)
  return body + String((10 - (sum % 10)) % 10)
})
const plate = joined(
  fc.constantFrom(...'京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼'),
  fromAlphabet('ABCDEFGHJKLMNPQRSTUVWXYZ', 1),
  fc.constantFrom('', '·', ' '),
  digits(1),
  fromAlphabet('ABCDEFGHJKLMNPQRSTUVWXYZ0123456789', 4),
  fc.constantFrom('', 'D', '挂', '学', '7'),
)
const email = joined(fromAlphabet('abcxyz019', 4), fc.constantFrom('@qq.com', '@163.com', '@mail.example.org'))

/** The characters that must not survive: what is left of the secret when its separators are cut. */
const core = (text: string): string => text.normalize('NFKC').replace(/[^\p{L}\p{N}@]/gu, '').toUpperCase()

const fullWidth = (text: string): string => text.replace(/[!-~]/g, character => String.fromCharCode(character.charCodeAt(0) + 0xfee0))
const disguise = (text: fc.Arbitrary<string>): fc.Arbitrary<string> =>
  fc.tuple(text, fc.constantFrom('plain', 'full-width', 'zero-width'), fc.nat({ max: 40 })).map(([value, form, place]) => {
    if (form === 'full-width') return fullWidth(value)
    const cut = place % value.length
    return form === 'plain' ? value : `${value.slice(0, cut)}\u200B\u2060${value.slice(cut)}`
  })

const before = fc.constantFrom('', '充电到一半就停了，', '请联系', 'The car lost power. ', 'contact ', '行驶12034 km，', '(', '故障码P0AA6-00，', '😀', '\n')
const after = fc.constantFrom('', '，尽快处理', '的车', ' and it stalled', '. Lot 22W10.', '!', ')', '\n', '。2023-01-09')

const secrets = { mobile: writtenMobile, american, landLine, vin, idCard, card, plate, email }

// A minute: the machine may be busy with other suites.
describe('redaction properties', { timeout: 60_000 }, () => {
  it.each(Object.entries(secrets))('leaves no %s, wherever and however it is written', (_, secret) => {
    fc.assert(
      fc.property(before, secret, after, fc.constantFrom('plain', 'full-width', 'zero-width'), fc.nat({ max: 40 }), (head, value, tail, form, place) => {
        const cut = place % value.length
        const hidden = form === 'full-width' ? fullWidth(value) : form === 'plain' ? value : `${value.slice(0, cut)}\u200B${value.slice(cut)}`
        const { text } = redact(head + hidden + tail)
        expect(core(text)).not.toContain(core(value))
        expect(text.startsWith(head.slice(0, 8).trim().slice(0, 4))).toBe(true)
        expect(text.endsWith(tail)).toBe(true)
      }),
      runs,
    )
  })

  it('finds several that stand side by side', () => {
    const any = disguise(fc.oneof(writtenMobile, american, vin, plate, email))
    fc.assert(
      fc.property(fc.array(any, { minLength: 2, maxLength: 4 }), fc.constantFrom('，', ', ', ' / ', '和', '\n'), (values, gap) => {
        const { text, counts } = redact(values.join(gap))
        expect(Object.values(counts).reduce((sum, count) => sum + count, 0)).toBeGreaterThanOrEqual(values.length)
        for (const value of values) expect(core(text)).not.toContain(core(value.replace(/[\u200B\u2060]/g, '')))
      }),
      runs,
    )
  })

  it('changes nothing the second time, whatever the text', () => {
    const anything = fc.array(
      fc.oneof(
        fc.constantFrom('我叫', '张', '伟', '先生', '微信', 'QQ', '路', '号', '3', '12', '路8号', '[phone]', '[name]', 'Mr. ', 'Smith ', 'my name is ', 'Street ', 'VIN ', '@', 'x.com', '京A', '\u200B', '-', ' '),
        fc.oneof(mobile, vin, digits(5), digits(10)),
        fc.string({ unit: 'binary', maxLength: 3 }),
      ),
      { maxLength: 14 },
    )
    fc.assert(
      fc.property(anything, parts => {
        const once = redact(parts.join('')).text
        expect(redact(once)).toEqual({ text: once, counts: {}, vins: [] })
      }),
      runs,
    )
  })

  it('leaves typed identifiers, dates, mileages and prices alone, in any order', () => {
    const two = (value: number): string => String(value).padStart(2, '0')
    const typed = fc.oneof(
      fc.tuple(fc.constantFrom(...'PCBU'), fc.constantFrom('0', '1', '2', '3'), fromAlphabet('0123456789ABCDEF', 3), fc.constantFrom('', '-00', '-87')).map(parts => parts.join('')),
      fc.tuple(fc.constantFrom('BAT', 'MOT', 'BMS'), fc.integer({ min: 100, max: 999 }), fc.constantFrom('A', 'B')).map(parts => parts.join('-')),
      fc.tuple(fc.integer({ min: 18, max: 26 }), fc.integer({ min: 1, max: 53 })).map(([year, week]) => `${year}W${two(week)}`),
      fc.tuple(fc.constantFrom('BMS', 'VCU', 'ADC'), fc.nat(9), fc.nat(20), fc.nat(20)).map(([module, ...version]) => `${module}@${version.join('.')}`),
      fc.tuple(fc.integer({ min: 2000, max: 2030 }), fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 28 })).map(([year, month, day]) => `${year}-${two(month)}-${two(day)}`),
      fc.integer({ min: 10, max: 399_999 }).chain(value => fc.constantFrom(`${value} km`, `${value}公里`, `¥${value}`, `$${value.toLocaleString('en-US')}`, `${value} miles`)),
      fc.tuple(fc.integer({ min: 10, max: 26 }), fc.constantFrom('V', 'C', 'E'), fc.integer({ min: 100, max: 999 })).map(([year, letter, serial]) => `${year}${letter}-${serial}`),
      fc.constantFrom(...kept),
    )
    fc.assert(
      fc.property(fc.array(typed, { minLength: 1, maxLength: 5 }), fc.constantFrom('，', '; ', '。', '\n'), (parts, gap) => {
        const text = parts.join(gap)
        expect(redact(text).text).toBe(text)
      }),
      runs,
    )
  })
})
