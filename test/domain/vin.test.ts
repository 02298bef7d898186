import { describe, expect, it } from 'vitest'
import { checkVin, isVinShaped } from '../../src/domain/vin.ts'

describe('checkVin', () => {
  it.each([
    ['LJ1EEAUU0N7700001', 'LJ1EEAUU0N7700001'],
    [' lj1eeauu0n7700001 ', 'LJ1EEAUU0N7700001'],
    ['ＬＪ1EEAUU0N7700001', 'LJ1EEAUU0N7700001'],
    ['LJ1EEAUU0N77\u200B00001', 'LJ1EEAUU0N7700001'],
  ])('accepts %s', (text, vin) => {
    expect(checkVin(text)).toEqual({ ok: true, vin })
    expect(isVinShaped(text)).toBe(true)
  })

  it.each([
    ['LJ1EEAUU0N770000', '16'],
    ['LJ1EEAUU0N77000011', '18'],
    ['', '0'],
    ['LJ1EEAUU0N77O0001', 'I, O or Q'],
    ['LJ1EEAUU0N77-0001', 'A–Z'],
  ])('refuses %s', (text, reason) => {
    const checked = checkVin(text)
    expect(checked.ok).toBe(false)
    expect(checked.ok ? '' : checked.reason).toContain(reason)
    expect(isVinShaped(text)).toBe(false)
  })
})
