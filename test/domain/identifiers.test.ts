import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { escapeLevel, lotLevel, modelYearKey, nodeId, parseSoftwareLevel, softwareLevel, unescapeLevel } from '../../src/domain/identifiers.ts'

describe('identifiers', () => {
  it.each([
    ['BAT/100@A', 'BAT%2F100%40A'],
    ['50%', '50%'],
    ['BAT%2F100', 'BAT%252F100'],
  ])('writes %s in a level as %s', (identifier, written) => {
    expect(escapeLevel(identifier)).toBe(written)
  })

  it('spells levels of lots and software', () => {
    expect(lotLevel('BAT-100-A', '22W10')).toBe('BAT-100-A/22W10')
    expect(lotLevel('BAT/100', null)).toBe('BAT%2F100/unknown')
    expect(softwareLevel('BMS', '3.1.4@rc1')).toBe('BMS@3.1.4%40rc1')
    expect(parseSoftwareLevel('BMS@3.1.4%40rc1')).toEqual({ module: 'BMS', version: '3.1.4@rc1' })
    expect(parseSoftwareLevel('3.1.4')).toBeNull()
  })

  it('writes model years in lower case, a star for what is not given', () => {
    expect(modelYearKey('NIO', 'ES8', 2022)).toBe('nio/es8/2022')
    expect(modelYearKey(null, 'ES8', null)).toBe('*/es8/*')
  })

  it('keeps short clean keys and hashes the others, apart by label', () => {
    expect(nodeId('Part', 'BAT-100-A')).toBe('BAT-100-A')
    expect(nodeId('Part', '电池')).toMatch(/^h_[0-9a-f]{32}$/)
    expect(nodeId('Part', '电池')).not.toBe(nodeId('Supplier', '电池'))
    expect(nodeId('Part', 'x'.repeat(121))).toMatch(/^h_/)
    // A key that looks like a hash is hashed, or it could stand for another key.
    expect(nodeId('Part', nodeId('Part', '电池'))).not.toBe(nodeId('Part', '电池'))
  })

  it('never makes one level of two identifiers', () => {
    const identifier = fc.stringMatching(/^[%2F405@/a]{0,8}$/)
    fc.assert(fc.property(identifier, text => { expect(unescapeLevel(escapeLevel(text))).toBe(text) }), { seed: 7, numRuns: 2_000 })
  })
})
