import { type Clause, clausesBySentence } from './clauses.ts'
import { gramsOfWord, wordingOf } from './text-grams.ts'
import type { WordingWeights } from './vocabulary-files.ts'

/** Shares of belief over the classes of a model, in their order; they sum to 1. */
export type Shares = Float64Array

/** What a text sounds like, clause by clause, sentence by sentence and as a whole. */
export type WordingReading = { ofClause: (clause: number) => Shares; ofSentence: (sentence: number) => Shares; whole: () => Shares }

export type WordingModel = {
  /** Symptom keys, in the order of the shares. */
  readonly classes: readonly string[]
  readonly indexOf: ReadonlyMap<string, number>
  /** @param text a reading copy, with its clauses. */
  read(text: string, clauses: readonly Clause[]): WordingReading
}

/** Sum of the weights of the grams met, not yet divided by the length of the vector they make. */
type Tally = { logits: Float64Array; squares: number }

/** Softmax of `bias + tally / length`: a text twice as long is not twice as sure. */
export function sharesOf({ logits, squares }: Tally, bias: Float64Array): Shares {
  const length = Math.sqrt(squares) || 1
  const shares = new Float64Array(bias.length)
  let highest = -Infinity
  for (let index = 0; index < shares.length; index++) {
    const logit = (shares[index] = (bias[index] as number) + (logits[index] as number) / length)
    if (logit > highest) highest = logit
  }
  let sum = 0
  for (let index = 0; index < shares.length; index++) sum += shares[index] = Math.exp((shares[index] as number) - highest)
  for (let index = 0; index < shares.length; index++) shares[index]! /= sum
  return shares
}

/** Words whose sums are kept, under a kilobyte each; strangers' texts must not fill the memory. */
const mostWords = 12_000

/** Where each gram stands; pairs of words by their first, so that no text has to be put together to ask for one. */
function indexGrams(grams: readonly string[]): { numbers: Map<string, number>; pairs: Map<string, Map<string, number>> } {
  const numbers = new Map<string, number>()
  const pairs = new Map<string, Map<string, number>>()
  for (const [number, gram] of grams.entries()) {
    const space = gram.indexOf(' ')
    if (space < 0) {
      numbers.set(gram, number)
      continue
    }
    const [first, second] = [gram.slice(0, space), gram.slice(space + 1)]
    const followers = pairs.get(first)
    if (followers) followers.set(second, number)
    else pairs.set(first, new Map([[second, number]]))
  }
  return { numbers, pairs }
}

const remember = <K, T>(make: (key: K) => T, most = Infinity): ((key: K) => T) => {
  const made = new Map<K, T>()
  return key => {
    const known = made.get(key)
    if (known !== undefined) return known
    const fresh = make(key)
    if (made.size >= most) made.clear()
    made.set(key, fresh)
    return fresh
  }
}

/**
 * A multinomial logistic regression over n-grams: which symptom a stretch of words sounds like. It tells words nobody listed by those that
 * resemble them, and doubts a form that stands in a sentence about something else.
 */
export function createWordingModel({ classes, grams, idf, bias, scale, weights }: WordingWeights): WordingModel {
  const width = classes.length
  const { numbers, pairs } = indexGrams(grams.split('\n'))
  const packed = Buffer.from(weights, 'base64')
  const levels = new Int8Array(packed.buffer, packed.byteOffset, packed.length)
  const biases = Float64Array.from(bias)

  /** Adds the weights of a gram to a tally; one that was never fitted adds nothing. */
  const addTo = (tally: Tally, number: number | undefined): void => {
    if (number === undefined) return
    const weight = idf[number] as number
    tally.squares += weight * weight
    const { logits } = tally
    for (let index = 0, from = number * width; index < width; index++) logits[index]! += weight * (levels[from + index] as number)
  }

  // Most words come again and again: their grams are looked up and added up once.
  const ofWord = remember((own: string): Tally => {
    const tally = { logits: new Float64Array(width), squares: 0 }
    for (const gram of gramsOfWord(own)) addTo(tally, numbers.get(gram))
    return tally
  }, mostWords)

  const tallyOf = (text: string): Tally => {
    const tally = { logits: new Float64Array(width), squares: 0 }
    const { logits } = tally
    const { han, words } = wordingOf(text)
    for (const gram of han) addTo(tally, numbers.get(gram))
    let before: string | undefined
    for (const own of words) {
      const { logits: known, squares } = ofWord(own)
      tally.squares += squares
      const pair = before === undefined ? undefined : pairs.get(before)?.get(own)
      if (pair === undefined) {
        if (squares > 0) for (let index = 0; index < width; index++) logits[index]! += known[index] as number
      } else {
        const weight = idf[pair] as number
        tally.squares += weight * weight
        for (let index = 0, from = pair * width; index < width; index++) logits[index] = (logits[index] as number) + (known[index] as number) + weight * (levels[from + index] as number)
      }
      before = own
    }
    for (let index = 0; index < width; index++) logits[index]! *= scale[index] as number
    return tally
  }
  const together = (tallies: readonly Tally[]): Tally => {
    if (tallies.length === 1) return tallies[0] as Tally
    const logits = new Float64Array(width)
    let squares = 0
    for (const tally of tallies) {
      squares += tally.squares
      for (let index = 0; index < width; index++) logits[index]! += tally.logits[index] as number
    }
    return { logits, squares }
  }

  return {
    classes,
    indexOf: new Map(classes.map((key, index) => [key, index])),
    read(text, clauses) {
      const tally = remember((clause: number) => tallyOf(text.slice(clauses[clause]?.start, clauses[clause]?.end)))
      const bySentence = clausesBySentence(clauses)
      const whole = remember((_: null) => sharesOf(together(clauses.map((_, index) => tally(index))), biases))
      const ofClause = remember((clause: number) => sharesOf(tally(clause), biases))
      return {
        ofClause,
        ofSentence: remember((sentence: number) => {
          const own = bySentence.get(sentence) ?? []
          return own.length === 1 ? ofClause(own[0] as number) : sharesOf(together(own.map(tally)), biases)
        }),
        whole: () => whole(null),
      }
    },
  }
}
