import { expect, it } from 'vitest'
import { attainable, comparableNats, inverseDocumentFrequency, keywordScores, saturation, type Corpus } from '../../src/retrieval/bm25.ts'
import { countTerms, createPostings } from '../../src/retrieval/postings.ts'

const documents = [['brake', 'hose', 'leak'], ['brake', 'brake'], ['screen']]

const corpusOf = (): Corpus => {
  const postings = createPostings()
  documents.forEach((terms, document) => postings.add(document, terms))
  return { postings, examples: createPostings(), lengths: documents.map(terms => terms.length), size: 3, meanLength: 2 }
}

it('weighs rare words more: ln(1 + (N − n + ½) / (n + ½))', () => {
  // brake stands in 2 of 3: ln(1 + 1.5 / 2.5); hose in 1 of 3: ln(1 + 2.5 / 1.5)
  expect(inverseDocumentFrequency(corpusOf(), 'brake')).toBeCloseTo(Math.log(1.6), 12)
  expect(inverseDocumentFrequency(corpusOf(), 'hose')).toBeCloseTo(Math.log(8 / 3), 12)
})

it('makes the nats of small and large collections compare', () => {
  // The rarest word of N cases has ln(1 + (N + ½) / ½) nats: 6.27 of 263, ln 12 of five, ln 20,002 of ten thousand.
  expect(comparableNats(263)).toBeCloseTo(1, 3)
  expect(comparableNats(5) * Math.log(12)).toBeCloseTo(6.27, 9)
  expect(comparableNats(10_000) * Math.log(20_002)).toBeCloseTo(6.27, 9)
})

it('saturates with frequency and length', () => {
  // 1 × 2.2 / (1 + 1.2 × 1) = 1 at mean length; twice in two words: 2 × 2.2 / (2 + 1.2) = 1.375
  expect(saturation(corpusOf(), 1, 1)).toBeCloseTo(1, 12)
  expect(saturation(corpusOf(), 1, 2)).toBeCloseTo(1.375, 12)
  // three words where two are usual: 2.2 / (1 + 1.2 × (0.25 + 0.75 × 1.5)) = 2.2 / 2.65
  expect(saturation(corpusOf(), 0, 1)).toBeCloseTo(2.2 / 2.65, 12)
})

it('gives each document its share of what the query could reach', () => {
  const corpus = corpusOf()
  const query = countTerms(['brake', 'hose'])
  const unit = Math.log(1.6) + Math.log(8 / 3)
  expect(attainable(corpus, query)).toBeCloseTo(unit, 12)
  const scores = keywordScores(corpus, query, 3)
  expect(scores[0]).toBeCloseTo(2.2 / 2.65, 12)
  expect(scores[1]).toBeCloseTo((1.375 * Math.log(1.6)) / unit, 12)
  expect(scores[2]).toBe(0)
})

it('scores nothing for words that stand nowhere, and for no words', () => {
  expect([...keywordScores(corpusOf(), new Map(), 3)]).toEqual([0, 0, 0])
  expect([...keywordScores(corpusOf(), countTerms(['wiper']), 3)]).toEqual([0, 0, 0])
})

it('gives back the terms of a document', () => {
  const seen: [string, number][] = []
  corpusOf().postings.termsIn(1, (term, frequency) => seen.push([term, frequency]))
  expect(seen).toEqual([['brake', 2]])
})

it('scores an example like a document, and counts it in no idf', () => {
  const corpus = corpusOf()
  corpus.examples.add(3, ['screen', 'black'])
  const lengths = [...Array.from(corpus.lengths), 2]
  const scores = keywordScores({ ...corpus, lengths }, countTerms(['screen']), 4)
  expect(inverseDocumentFrequency(corpus, 'screen')).toBeCloseTo(Math.log(8 / 3), 12)
  // One word of two is mean length: saturation 1.
  expect(scores[3]).toBeCloseTo(1, 12)
})
