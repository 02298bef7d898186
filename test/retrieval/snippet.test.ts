import { expect, it } from 'vitest'
import { countTerms } from '../../src/retrieval/postings.ts'
import { bestSentence, splitSentences } from '../../src/retrieval/snippet.ts'
import { termsOf } from '../../src/retrieval/terms.ts'

const query = (text: string) => countTerms(termsOf(text))

it('shows the sentence that shares most with the query', () => {
  const prose = 'Certain vehicles were built in March. The front brake hose may crack and leak fluid. Dealers will be told.'
  expect(bestSentence(splitSentences(prose), query('brake fluid leaks'))).toBe('The front brake hose may crack and leak fluid.')
})

it('cuts Chinese at its own full stops', () => {
  expect(bestSentence(splitSentences('三月生产的车辆。前制动软管开裂漏油。'), query('制动软管漏油'))).toBe('前制动软管开裂漏油。')
})

it('shows the first sentence where nothing is shared, and nothing of nothing', () => {
  expect(bestSentence(splitSentences('First. Second.'), query('wiper'))).toBe('First.')
  expect(bestSentence(splitSentences(''), query('wiper'))).toBe('')
})

it('cuts what is long', () => {
  expect(bestSentence(splitSentences('brake '.repeat(200)), query('brake')).length).toBeLessThanOrEqual(281)
})
