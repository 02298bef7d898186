import { expect, it } from 'vitest'
import { isConfirmed, mergeDtcs, nameDtcs, withEvidence } from '../../src/workflow/named-dtcs.ts'

it.each([
  [47, true], // 0x2F: confirmed, its test complete
  [0x18, false], // confirmed bit, but the test has not run since the last clear
  [0x20, false], // failed since the last clear, never confirmed
  [0x04, false],
  [null, null],
])('reads status %s as confirmed %s', (status, confirmed) => {
  expect(isConfirmed(status)).toBe(confirmed)
})

it('counts a code that the text quotes and the car recorded once', () => {
  const recorded = [{ code: 'P0AA6', failureType: '00', status: 47 }]
  const quoted = [{ code: 'P0AA6', failureType: null }, { code: 'P0300', failureType: null }, { code: 'P0AA6', failureType: '1A' }]
  expect(mergeDtcs(recorded, quoted)).toEqual([
    { code: 'P0AA6', failureType: '00', status: 47 },
    { code: 'P0300', failureType: null, status: null },
    { code: 'P0AA6', failureType: '1A', status: null },
  ])
})

it('keeps the stronger status where two control units recorded one code', () => {
  const dtc = (status: number | null) => ({ code: 'U0100', failureType: '87', status })
  expect(mergeDtcs([dtc(0x10), dtc(0x04), dtc(0x2f)], [])).toEqual([dtc(0x2f)])
})

it('lets a code whose test has not run since the last clear say nothing', () => {
  expect(withEvidence([{ code: 'P0AA6', failureType: null, status: 0x50 }, { code: 'P0300', failureType: null, status: null }]).map(dtc => dtc.code)).toEqual(['P0300'])
})

it('names a code nobody explains without a meaning', () => {
  const dtcs = [{ code: 'P0AA6', failureType: '00', status: 47 }, { code: 'P3FFF', failureType: null, status: null }]
  expect(nameDtcs(dtcs, new Map([['P0AA6', 'isolation fault']]))).toEqual([
    { code: 'P0AA6', failureType: '00', confirmed: true, meaning: 'isolation fault' },
    { code: 'P3FFF', failureType: null, confirmed: null, meaning: null },
  ])
})
