import { readingCopy } from './reading-copy.ts'
import type { Vocabulary } from './vocabulary.ts'

/** A symptom whose wordings a clause resembles, by TF-IDF cosine of character and word n-grams, in [0, 1]. */
export type Neighbour = { key: string; cosine: number }

/** Symptoms that resemble a clause, best first: the channel for typing errors and wordings nobody listed. */
export type TermNeighbours = (clause: string, limit: number) => Neighbour[]

const isHan = (unit: number): boolean => unit >= 0x3400 && unit <= 0x9fff

/** Characters one by one and in pairs for Chinese; words, pairs of words and beginnings of long words for the rest. */
function* gramsOf(text: string): Generator<string> {
  for (let at = 0; at < text.length; at++) {
    if (!isHan(text.charCodeAt(at))) continue
    yield text.charAt(at)
    if (isHan(text.charCodeAt(at + 1))) yield text.slice(at, at + 2)
  }
  // A word with a digit in it is an identifier: those are compared whole, elsewhere.
  const words = text.match(/(?<![a-z0-9])[a-z][a-z']+(?![a-z0-9])/g) ?? []
  for (const [index, word] of words.entries()) {
    yield word
    // "brakng" and "braking" share most of their trigrams: a slip of the finger costs little.
    if (word.length >= 5) for (let at = 0; at + 3 <= word.length; at++) yield `~${word.slice(at, at + 3)}`
    if (index > 0) yield `${words[index - 1]} ${word}`
  }
}

function countGrams(text: string): Map<string, number> {
  const counts = new Map<string, number>()
  for (const gram of gramsOf(text)) counts.set(gram, (counts.get(gram) ?? 0) + 1)
  return counts
}

type Document = { key: string; counts: Map<string, number> }

/** Rarest wordings say most: of a pattern with hundreds of forms a few stand for all. */
const formsPerKey = 120

function documentsOf(vocabulary: Vocabulary): Document[] {
  return [...vocabulary.symptoms].filter(([key]) => key !== 'not-a-quality-issue' && key !== 'other-symptom').flatMap(([key, term]) =>
    (['en', 'zh'] as const).map(language => {
      const forms = vocabulary.formsOf(key, language)
      const step = Math.max(1, Math.floor(forms.length / formsPerKey))
      const spoken = vocabulary.files.spoken[key]?.[language] ?? []
      const told = [...forms.filter((_, index) => index % step === 0), term.label[language], term.definition[language], ...spoken]
      return { key, counts: countGrams(readingCopy(told.join('\n')).text) }
    }))
}

/** Builds the index at first use: it costs as much as the automaton. */
export function createTermNeighbours(vocabulary: Vocabulary): TermNeighbours {
  let index: { postings: Map<string, { document: number; weight: number }[]>; keys: string[]; idf: Map<string, number> } | undefined
  const build = () => {
    const documents = documentsOf(vocabulary)
    const frequency = new Map<string, number>()
    for (const { counts } of documents) for (const gram of counts.keys()) frequency.set(gram, (frequency.get(gram) ?? 0) + 1)
    const idf = new Map(Array.from(frequency, ([gram, count]) => [gram, Math.log(1 + documents.length / count)]))
    const postings = new Map<string, { document: number; weight: number }[]>()
    documents.forEach(({ counts }, document) => {
      const weights = Array.from(counts, ([gram, count]) => ({ gram, weight: (1 + Math.log(count)) * (idf.get(gram) ?? 0) }))
      const norm = Math.hypot(...weights.map(({ weight }) => weight)) || 1
      for (const { gram, weight } of weights) {
        const list = postings.get(gram)
        if (list) list.push({ document, weight: weight / norm })
        else postings.set(gram, [{ document, weight: weight / norm }])
      }
    })
    return { postings, keys: documents.map(({ key }) => key), idf }
  }
  return (clause, limit) => {
    const { postings, keys, idf } = (index ??= build())
    const grams = Array.from(countGrams(readingCopy(clause).text), ([gram, count]) => ({ gram, weight: (1 + Math.log(count)) * (idf.get(gram) ?? 0) }))
    const norm = Math.hypot(...grams.map(({ weight }) => weight)) || 1
    const cosines = new Float64Array(keys.length)
    for (const { gram, weight } of grams) for (const posting of postings.get(gram) ?? []) cosines[posting.document]! += (weight / norm) * posting.weight
    const best = new Map<string, number>()
    keys.forEach((key, document) => best.set(key, Math.max(best.get(key) ?? 0, cosines[document] as number)))
    return Array.from(best, ([key, cosine]) => ({ key, cosine })).filter(({ cosine }) => cosine > 0).sort((a, b) => b.cosine - a.cosine).slice(0, limit)
  }
}
