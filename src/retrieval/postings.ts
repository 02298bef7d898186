const maxFrequency = 255

/** A growing list of 32-bit values: a number in the upper 24 bits, a frequency in the lower 8. */
type PackedList = { values: Uint32Array; length: number }

const append = (list: PackedList, value: number): void => {
  if (list.length === list.values.length) {
    const larger = new Uint32Array(list.values.length * 2)
    larger.set(list.values)
    list.values = larger
  }
  list.values[list.length++] = value
}

/** Inverted and forward index over numbered documents: four bytes a posting each way, up to 16 million documents and terms. */
export type Postings = {
  /** A number is added once; a document that changed is added under a new one, and its owner ignores the old. */
  add(document: number, terms: readonly string[]): void
  /** Documents that hold the term, each packed as `document << 8 | frequency`; the first `length` values count. */
  holders(term: string): { readonly values: Uint32Array; readonly length: number }
  /** Terms that a document holds. */
  termsIn(document: number, visit: (term: string, frequency: number) => void): void
  /** How many documents hold the term, withdrawn ones included. */
  documentFrequency(term: string): number
}

/** Counts repetitions; the map keeps the order of first appearance. */
export const countTerms = (terms: readonly string[]): Map<string, number> => {
  const counts = new Map<string, number>()
  for (const term of terms) counts.set(term, (counts.get(term) ?? 0) + 1)
  return counts
}

const nothing: PackedList = { values: new Uint32Array(0), length: 0 }

export function createPostings(): Postings {
  const numbers = new Map<string, number>()
  const spellings: string[] = []
  const lists: PackedList[] = []
  const forward: (Uint32Array | undefined)[] = []

  const numberOf = (term: string): number => {
    const known = numbers.get(term)
    if (known !== undefined) return known
    numbers.set(term, spellings.length)
    lists.push({ values: new Uint32Array(1), length: 0 })
    return spellings.push(term) - 1
  }

  return {
    add(document, terms) {
      const counts = countTerms(terms)
      const own = new Uint32Array(counts.size)
      let at = 0
      for (const [term, count] of counts) {
        const number = numberOf(term)
        const frequency = Math.min(count, maxFrequency)
        append(lists[number]!, ((document << 8) | frequency) >>> 0)
        own[at++] = ((number << 8) | frequency) >>> 0
      }
      forward[document] = own
    },
    holders: term => lists[numbers.get(term) ?? -1] ?? nothing,
    termsIn(document, visit) {
      for (const packed of forward[document] ?? []) visit(spellings[packed >>> 8]!, packed & 0xff)
    },
    documentFrequency: term => lists[numbers.get(term) ?? -1]?.length ?? 0,
  }
}
