import type { NamedVehicle, SearchableCase } from '../graph/ports/case-store.ts'
import { endOfAsOf } from '../domain/instant.ts'
import { keyVehicle, type KeyedVehicle } from './affected-vehicles.ts'
import type { Corpus } from './bm25.ts'
import { comparableProse } from './case-prose.ts'
import type { CaseText } from './case-texts.ts'
import { createPostings } from './postings.ts'
import { termsOf } from './terms.ts'
import { languageOf, type SearchLanguage } from './text-language.ts'
import { createVectorBlock, type VectorBlock } from './vector-block.ts'

/** A case in memory: keys, dates and vehicles; its prose stays in the graph. */
export type IndexedCase = {
  /** Number of its own prose, the first of `texts`. */
  document: number
  texts: readonly CaseText[]
  caseId: string
  version: string
  kind: string | null
  /** From when on it may be seen, canonical UTC; null where no date was given. */
  knownFrom: string | null
  components: readonly string[]
  symptoms: readonly string[]
  dtcs: readonly string[]
  affected: readonly KeyedVehicle[]
  parts: readonly string[]
  lots: readonly string[]
  releases: readonly string[]
  causes: readonly string[]
  failureModes: readonly string[]
}

export type CaseIndex = {
  readonly corpus: Corpus
  readonly vectors: VectorBlock
  /** Length that an array by document number must have. */
  readonly capacity: number
  readonly size: number
  /** Documents that were replaced or removed and still take room. */
  readonly withdrawn: number
  /** Languages of the texts that are or were in it. */
  readonly languages: ReadonlySet<SearchLanguage>
  readonly models: ReadonlyMap<string, ReadonlySet<string>>
  get(caseId: string): IndexedCase | undefined
  all(): Iterable<IndexedCase>
  /** Adds a case or replaces it. `embeddingModel` is the model in use: a vector of another is left out. */
  put(record: SearchableCase, embeddingModel: string | null): IndexedCase
  remove(caseId: string): void
}

export const versionOf = (record: { contentSha256: string; embeddingModel: string | null; confirmations: readonly string[] }): string =>
  [record.contentSha256, record.embeddingModel ?? '', ...record.confirmations].join('|')

/** As the graph lists them: which complaints, since when, with which text and vector. */
const confirmationsOf = ({ confirmed }: SearchableCase): string[] =>
  confirmed.map(one => `${one.feedbackId}|${one.confirmedAt}|${one.textSha256}|${one.embeddingModel ?? ''}`)

/** The later of closing and receipt; a day stands for its end. An open or undated closing is decided by the receipt alone. */
function knownFromOf(record: SearchableCase): string | null {
  const instants = [record.closedAt, record.receivedAt].filter(instant => instant !== null)
  const told = instants.length > 0 ? instants : [record.openedAt].filter(instant => instant !== null)
  return told.map(endOfAsOf).sort().at(-1) ?? null
}

const createVehicleTable = () => {
  const table = new Map<string, KeyedVehicle>()
  const models = new Map<string, Set<string>>()
  const intern = (vehicle: NamedVehicle): KeyedVehicle => {
    const raw = `${vehicle.make}|${vehicle.model}|${vehicle.modelYear}`
    const known = table.get(raw)
    if (known) return known
    const keyed = keyVehicle(vehicle)
    table.set(raw, keyed)
    if (keyed.model !== null) {
      const makes = models.get(keyed.model) ?? new Set()
      models.set(keyed.model, keyed.make === null ? makes : makes.add(keyed.make))
    }
    return keyed
  }
  return { intern, models }
}

const createWords = () => {
  const words = new Map<string, string>()
  return (word: string): string => words.get(word) ?? (words.set(word, word), word)
}

/** Numbered texts: words of the cases' prose and of confirmed complaints apart, so that idf and mean length are those of the prose alone. */
const createTextTable = (dimensions: number) => {
  const postings = createPostings()
  const examples = createPostings()
  const vectors = createVectorBlock(dimensions)
  const lengths: number[] = []
  const languages = new Set<SearchLanguage>()
  const add = (text: string, terms: readonly string[], { isProse, vector }: { isProse: boolean; vector: number[] | null }) => {
    const document = lengths.length
    ;(isProse ? postings : examples).add(document, terms)
    lengths.push(terms.length)
    if (vector) vectors.set(document, vector)
    const language = languageOf(text)
    languages.add(language)
    return { document, language }
  }
  return { postings, examples, vectors, lengths, languages, add }
}

/** The cases of the graph in memory, compact enough for 100,000: postings, vectors, keys, vehicles, dates. */
export function createCaseIndex({ dimensions }: { dimensions: number }): CaseIndex {
  const { postings, examples, vectors, lengths, languages, add } = createTextTable(dimensions)
  const vehicles = createVehicleTable()
  const word = createWords()
  const cases = new Map<string, IndexedCase>()
  let totalLength = 0
  let withdrawn = 0

  const remove = (caseId: string): void => {
    const old = cases.get(caseId)
    if (!old) return
    cases.delete(caseId)
    for (const { document } of old.texts) vectors.clear(document)
    totalLength -= lengths[old.document]!
    withdrawn += old.texts.length
  }

  const textsOf = (record: SearchableCase, embeddingModel: string | null): CaseText[] => {
    const vectorOf = (of: { embedding: number[] | null; embeddingModel: string | null }) => (of.embeddingModel === embeddingModel ? of.embedding : null)
    const prose = comparableProse(record)
    const terms = [...termsOf(prose), ...record.dtcs.map(code => code.toLowerCase())]
    const own = { ...add(prose, terms, { isProse: true, vector: vectorOf(record) }), feedbackId: null, knownFrom: null }
    return [own, ...record.confirmed.map(one => ({
      ...add(one.text, termsOf(one.text), { isProse: false, vector: vectorOf(one) }), feedbackId: one.feedbackId, knownFrom: endOfAsOf(one.confirmedAt),
    }))]
  }

  const put = (record: SearchableCase, embeddingModel: string | null): IndexedCase => {
    remove(record.caseId)
    const texts = textsOf(record, embeddingModel)
    const { document } = texts[0]!
    totalLength += lengths[document]!
    const indexed: IndexedCase = {
      document,
      texts,
      caseId: record.caseId,
      version: versionOf({ ...record, confirmations: confirmationsOf(record) }),
      kind: record.kind,
      knownFrom: knownFromOf(record),
      components: [...new Set([...record.components, ...record.mentionedComponents])].map(word),
      symptoms: record.symptoms.map(word),
      dtcs: record.dtcs.map(word),
      affected: [...new Set(record.affected.map(vehicles.intern))],
      parts: record.parts.map(word),
      lots: record.lots.map(word),
      releases: record.releases.map(word),
      causes: record.causes,
      failureModes: record.failureModes,
    }
    cases.set(record.caseId, indexed)
    return indexed
  }

  return {
    get corpus() {
      return { postings, examples, lengths, size: cases.size, meanLength: Math.max(1, totalLength / Math.max(1, cases.size)) }
    },
    vectors,
    get capacity() {
      return lengths.length
    },
    get size() {
      return cases.size
    },
    get withdrawn() {
      return withdrawn
    },
    languages,
    models: vehicles.models,
    get: caseId => cases.get(caseId),
    all: () => cases.values(),
    put,
    remove,
  }
}
