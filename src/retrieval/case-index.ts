import type { NamedVehicle, SearchableCase } from '../graph/ports/case-store.ts'
import { endOfAsOf } from '../domain/instant.ts'
import { keyVehicle, type KeyedVehicle } from './affected-vehicles.ts'
import type { Corpus } from './bm25.ts'
import { comparableProse } from './case-prose.ts'
import { createPostings } from './postings.ts'
import { termsOf } from './terms.ts'
import { createVectorBlock, type VectorBlock } from './vector-block.ts'

/** A case in memory: keys, dates and vehicles; its prose stays in the graph. */
export type IndexedCase = {
  document: number
  caseId: string
  version: string
  kind: string | null
  /** From when on it may be seen, canonical UTC; null where no date was given. */
  knownFrom: string | null
  components: readonly string[]
  symptoms: readonly string[]
  dtcs: readonly string[]
  affected: readonly KeyedVehicle[]
}

export type CaseIndex = {
  readonly corpus: Corpus
  readonly vectors: VectorBlock
  /** Length that an array by document number must have. */
  readonly capacity: number
  readonly size: number
  /** Documents that were replaced or removed and still take room. */
  readonly withdrawn: number
  readonly models: ReadonlyMap<string, ReadonlySet<string>>
  get(caseId: string): IndexedCase | undefined
  all(): Iterable<IndexedCase>
  /** Adds a case or replaces it. `embeddingModel` is the model in use: a vector of another is left out. */
  put(record: SearchableCase, embeddingModel: string | null): IndexedCase
  remove(caseId: string): void
}

export const versionOf = (record: { contentSha256: string; embeddingModel: string | null }): string =>
  `${record.contentSha256}|${record.embeddingModel ?? ''}`

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

/** The cases of the graph in memory, compact enough for 100,000: postings, vectors, keys, vehicles, dates. */
export function createCaseIndex({ dimensions }: { dimensions: number }): CaseIndex {
  const postings = createPostings()
  const vectors = createVectorBlock(dimensions)
  const vehicles = createVehicleTable()
  const word = createWords()
  const cases = new Map<string, IndexedCase>()
  const lengths: number[] = []
  let totalLength = 0
  let withdrawn = 0

  const remove = (caseId: string): void => {
    const old = cases.get(caseId)
    if (!old) return
    cases.delete(caseId)
    vectors.clear(old.document)
    totalLength -= lengths[old.document]!
    withdrawn++
  }

  const put = (record: SearchableCase, embeddingModel: string | null): IndexedCase => {
    remove(record.caseId)
    const document = lengths.length
    const terms = [...termsOf(comparableProse(record)), ...record.dtcs.map(code => code.toLowerCase())]
    postings.add(document, terms)
    lengths.push(terms.length)
    totalLength += terms.length
    if (record.embedding && record.embeddingModel === embeddingModel) vectors.set(document, record.embedding)
    const indexed: IndexedCase = {
      document,
      caseId: record.caseId,
      version: versionOf(record),
      kind: record.kind,
      knownFrom: knownFromOf(record),
      components: [...new Set([...record.components, ...record.mentionedComponents])].map(word),
      symptoms: record.symptoms.map(word),
      dtcs: record.dtcs.map(word),
      affected: [...new Set(record.affected.map(vehicles.intern))],
    }
    cases.set(record.caseId, indexed)
    return indexed
  }

  return {
    get corpus() {
      return { postings, lengths, size: cases.size, meanLength: Math.max(1, totalLength / Math.max(1, cases.size)) }
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
    models: vehicles.models,
    get: caseId => cases.get(caseId),
    all: () => cases.values(),
    put,
    remove,
  }
}
