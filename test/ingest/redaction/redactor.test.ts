import { describe, expect, it } from 'vitest'
import { createRedactor } from '../../../src/ingest/redaction/index.ts'
import { isIdCardNumber, passesLuhn } from '../../../src/ingest/redaction/checks.ts'
import { kept, redacted } from './examples.ts'

const pseudonym = `veh_${'0123456789abcdef'.repeat(2)}`
const { redact } = createRedactor({ pseudonymOf: () => pseudonym })

describe('createRedactor', () => {
  it.each(redacted)('redacts %s', (text, expected) => {
    expect(redact(text).text.replaceAll(pseudonym, '…')).toBe(expected)
  })

  it.each(redacted)('changes nothing more in what became of %s', text => {
    const once = redact(text).text
    expect(redact(once)).toEqual({ text: once, counts: {}, vins: [] })
  })

  it.each(kept)('keeps %s', text => {
    expect(redact(text)).toEqual({ text, counts: {}, vins: [] })
  })

  it('counts by kind and hands the VINs out, each once, in upper case', () => {
    const found = redact('lj1eeauu0n7700001 and LJ1EEAUU0N7700001, LJ1EEAUU0N7700002; 13812345678')
    expect(found.counts).toEqual({ vin: 3, phone: 1 })
    expect(found.vins).toEqual(['LJ1EEAUU0N7700001', 'LJ1EEAUU0N7700002'])
  })

  it('asks for the pseudonym of the canonical VIN', () => {
    const asked: string[] = []
    createRedactor({ pseudonymOf: vin => (asked.push(vin), pseudonym) }).redact('VIN ｌｊ1 EEAUU 0N7 700001')
    expect(asked).toEqual(['LJ1EEAUU0N7700001'])
  })

  it('drops hidden characters and keeps the form of the rest', () => {
    expect(redact('充电\u200B失败，\u{E0041}温度－４℃').text).toBe('充电失败，温度－４℃')
  })
})

describe('isIdCardNumber', () => {
  it.each([['11010519491231002X', true], ['11010519491231002x', true], ['110105194912310021', false], ['1101051949123100', false], ['A1010519491231002X', false]])(
    '%s is %s',
    (text, expected) => {
      expect(isIdCardNumber(text)).toBe(expected)
    },
  )
})

describe('passesLuhn', () => {
  // 79927398713 is the usual worked example; 4111… the usual test card
  it.each([['79927398713', true], ['79927398710', false], ['4111 1111 1111 1111', true], ['4111111111111112', false], ['', false]])('%s is %s', (text, expected) => {
    expect(passesLuhn(text)).toBe(expected)
  })
})
