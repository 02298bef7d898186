import { describe, expect, it } from 'vitest'
import { expandParts, expandPattern } from '../../src/vocabulary/expand-pattern.ts'

const files = { macros: { wont: ["won't", 'fail~ to'] }, irregular: { stick: ['stick', 'stuck'] } }
const expand = (pattern: string): string[] => expandPattern(pattern, files)

describe('patterns', () => {
  it.each([
    ['plain', ['plain']],
    ['a {b|c} d', ['a b d', 'a c d']],
    ['{a|}b', ['ab', 'b']],
    ['充{不上|不进}电', ['充不上电', '充不进电']],
    ['{a|{b|c}}', ['a', 'b', 'c']],
    ['leak~', ['leak', 'leaks', 'leaked', 'leaking']],
    ['stick~', ['stick', 'stuck']],
    ['stop~', ['stop', 'stops', 'stopped', 'stopping']],
    ['@wont go', ["won't go", 'fail to go', 'fails to go', 'failed to go', 'failing to go']],
    ['light … on', ['light … on']],
  ])('%s', (pattern, forms) => {
    expect(expand(pattern)).toEqual(forms)
  })

  it('refuses braces that do not close, and a slip that would fill the memory', () => {
    expect(() => expand('a {b|c')).toThrow(RangeError)
    expect(() => expand(Array.from({ length: 11 }, () => '{a|b}').join(''))).toThrow(/too many/)
  })
})

describe('patterns with a gap, part by part', () => {
  it.each([
    ['plain', [[['plain']]]],
    ['{a|b} … {c|d}', [[['a', 'b'], ['c', 'd']]]],
    ['a … b … c', [[['a'], ['b'], ['c']]]],
    // The part that may be empty is said, or left out.
    ['a … {b|}', [[['a'], ['b']], [['a']]]],
    ['x{…|}y', [[['x'], ['y']], [['xy']]]],
  ])('%s', (pattern, readings) => {
    expect(expandParts(pattern, files)).toEqual(readings)
  })

  it('costs the sum of its parts, not their product', () => {
    const many = `{${Array.from({ length: 60 }, (_, at) => `w${at}`).join('|')}}`
    expect(expandParts(`${many} … ${many}`, files)[0]?.map(part => part.length)).toEqual([60, 60])
  })
})
