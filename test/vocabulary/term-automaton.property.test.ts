import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createTermAutomaton } from '../../src/vocabulary/term-automaton.ts'

const word = fc.string({ unit: fc.constantFrom('a', 'b', '电', '池'), minLength: 1, maxLength: 5 })

function everyOccurrence(terms: readonly string[], text: string): string[] {
  return terms.flatMap((term, index) => Array.from(text, (_, at) => (text.startsWith(term, at) ? `${index}@${at}` : '')).filter(hit => hit !== ''))
}

describe('the automaton', () => {
  it('finds what a search of each term alone finds', () => {
    fc.assert(
      fc.property(fc.uniqueArray(word, { maxLength: 12 }), fc.string({ unit: fc.constantFrom('a', 'b', '电', '池'), maxLength: 40 }), (terms, text) => {
        const hits: string[] = []
        createTermAutomaton(terms).scan(text, (term, start, end) => {
          expect(text.slice(start, end)).toBe(terms[term])
          hits.push(`${term}@${start}`)
        })
        expect(hits.sort()).toEqual(everyOccurrence(terms, text).sort())
      }),
      { seed: 11, numRuns: 400 },
    )
  })
})
