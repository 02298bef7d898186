import type { SearchCasesReply, SearchCasesRequest, SimilarCase } from '../domain/case-search.ts'
import type { TextLinks } from '../domain/finding.ts'
import { endOfAsOf } from '../domain/instant.ts'
import type { CarKeys, CaseFilter, CaseStore, NamedVehicle } from '../graph/ports/case-store.ts'
import type { Embedder } from '../llm/ports.ts'
import { keyVehicle, type KeyedVehicle } from './affected-vehicles.ts'
import { askedIdentifiers, createIdentifierTable, type IdentifierTable } from './asked-identifiers.ts'
import { findCandidates, isVisible, type CandidateQuery } from './candidates.ts'
import { createCaseDetails } from './case-details.ts'
import { createCaseMemory, type CaseSnapshot } from './case-memory.ts'
import { askedKeys } from './key-agreement.ts'
import { findVehicleMentions } from './named-vehicles.ts'
import { readSubject, type Glossary, type LinkText, type QuerySubject } from './query-subject.ts'
import { rememberGlossary } from './remembered-glossary.ts'
import { rankCases, type RankedCase } from './rank-cases.ts'
import type { Places } from './score-texts.ts'
import { toSimilarCase } from './similar-case.ts'
import { createStopwatch } from './stopwatch.ts'
import { otherLanguage } from './text-language.ts'
import type { WordGlossary } from './word-glossary.ts'

export type SearchOptions = {
  signal?: AbortSignal | undefined
  /** What the linker found in the text of the request, where the caller has asked it already. */
  links?: TextLinks | undefined
}
export type SearchCases = (request: SearchCasesRequest, options?: SearchOptions) => Promise<SearchCasesReply>

export type SearchCasesServices = {
  caseStore: CaseStore
  /** Null where no model could be had: keyword and graph do the work alone. */
  embedder: Embedder | null
  linker: { link: LinkText }
  glossary: Glossary
  /** Replaces personal data in the text asked about, before it is linked, searched for or handed to an embedding service. */
  redact?: (text: string) => string
  /** Tells a text word by word in the other language; without it only the keys and the embedding cross languages. */
  words?: WordGlossary | undefined
  /** What the car behind a VIN carries at an instant (canonical UTC; null: now); null where it is not known. Without it no lot or version is matched by VIN. */
  carOfVin?: ((vin: string, at: string | null) => Promise<CarKeys | null>) | undefined
  /** The car behind a VIN; null where it is not known. Without it a VIN narrows nothing. */
  vehicleOfVin?: (vin: string) => Promise<NamedVehicle | null>
  /** Called when the embedder could not answer and the search went on without it. */
  onEmbedderFailure?: (error: unknown) => void
  /** Milliseconds of any steady clock. */
  now?: () => number
  /** Up to this many visible cases are all scored exactly; beyond it the indexes of the graph propose candidates. */
  exactLimit?: number
  backgroundSize?: number
  /** What was looked at in the graph within so many milliseconds is taken as it is (0: asked before every search); see `expire`. */
  lookEveryMs?: number
}

const defaultLimit = 10
/** A scan of so many cases takes about 20 ms on one core: no index is faster, and none is exact. */
const defaultExactLimit = 50_000
/** What each candidate list of a large graph is asked for. */
const candidatesPerList = 300

/**
 * Past cases that resemble a complaint: by words, by meaning, by shared component, symptom and fault code, each score measured against what is
 * usual for that case. With a vehicle, cases that affected its model and year come first. The same graph and request give the same answer.
 *
 * @returns `searchCases`; `warmUp`, which loads the cases and what is shown of them ahead of the first search; `expire`, to be called where this process has written a case or a
 * confirmation, so that the next search sees it however short ago the graph was looked at.
 * @throws FB_NO_SUBJECT, FB_GRAPH_UNAVAILABLE (retryable)
 */
export function createSearchCases(services: SearchCasesServices): SearchCases & { warmUp(): Promise<void>; expire(): void } {
  const { caseStore, embedder, now = () => performance.now(), redact = text => text } = services
  const memory = createCaseMemory({
    caseStore, embedder, now, lookEveryMs: services.lookEveryMs ?? 0, ...(services.backgroundSize && { backgroundSize: services.backgroundSize }),
  })
  const readDetails = createCaseDetails(caseStore)
  const exactLimit = services.exactLimit ?? defaultExactLimit
  const glossary = rememberGlossary(services.glossary)

  const searchCases: SearchCases = async (request, { signal, links } = {}) => {
    const watch = createStopwatch(now)
    const subject = watch.time('read', () => readSubject(request, { link: links ? () => links : services.linker.link, glossary, redact, words: services.words }))
    const filter = toFilter(request)
    const refreshed = memory.refresh()
    const [snapshot, embedded, vehicle, car] = await Promise.all([
      watch.wait('refresh', refreshed),
      watch.wait('embed', embedQuestion(services, subject, { refreshed, signal })),
      vehicleOf(services, request.vehicle),
      carOf(services, request.vehicle?.vin, filter.asOf),
    ])
    signal?.throwIfAborted()
    const places = await watch.wait('candidates', placesOf(snapshot, { subject, vector: embedded.text, vehicle, filter }))
    const ranked = watch.time('rank', () => rankCases(places, snapshot, {
      subject, vehicle, vector: embedded.text?.embedding ?? null, retoldVector: embedded.retold,
      asked: askedKeys(subject, key => glossary.ancestorsOf(key)),
      identifiers: askedIdentifiers(subject.text, identifiersOf(snapshot), car),
      mentions: vehicle?.model ? [] : findVehicleMentions(subject.text, snapshot.index.models),
      asOf: filter.asOf,
      isVisible: filter.asOf === null && filter.kinds === null ? undefined : candidate => isVisible(candidate, filter),
      limit: request.limit ?? defaultLimit, diverse: request.diverse ?? true,
    }))
    const items = await watch.wait('details', describe(ranked, subject))
    return { items, timings: watch.readings() }
  }

  // Made anew with every graph: the table of a snapshot is asked many times.
  const tables = new WeakMap<CaseSnapshot['graph'], IdentifierTable>()
  const identifiersOf = ({ graph, index }: CaseSnapshot): IdentifierTable => {
    const table = tables.get(graph) ?? createIdentifierTable(index.all())
    tables.set(graph, table)
    return table
  }

  const placesOf = async ({ index, columns }: CaseSnapshot, query: CandidateQuery): Promise<Places> => {
    const { filter } = query
    const isOpen = filter.asOf === null && filter.kinds === null
    if (isOpen && columns.cases.length <= exactLimit) return null
    const visible = [...columns.cases.keys()].filter(place => isOpen || isVisible(columns.cases[place]!, filter))
    if (visible.length <= exactLimit) return visible
    const found = (await findCandidates(caseStore, index, query)).map(({ caseId }) => columns.placeOf(caseId)).filter(place => place !== undefined)
    // Words that stand in no case and no vector: any cases are better than none, and the ranking says that they are far.
    return found.length > 0 ? found : visible.slice(0, candidatesPerList)
  }

  const describe = async (ranked: readonly RankedCase[], subject: QuerySubject): Promise<SimilarCase[]> => {
    const shown = await readDetails(ranked.map(({ candidate }) => candidate))
    // A case that was removed since the last refresh has no details and is left out.
    return ranked.filter(({ candidate }) => shown.has(candidate.caseId))
      .map((one, at) => toSimilarCase(one, shown.get(one.candidate.caseId)!, { rank: at + 1, terms: subject.terms }))
  }

  const warmUp = async (): Promise<void> => readDetails.preload((await memory.refresh()).index.all())
  return Object.assign(searchCases, { warmUp, expire: () => memory.expire() })
}

const toFilter = ({ asOf, kinds }: SearchCasesRequest): CaseFilter => ({
  asOf: asOf === undefined ? null : endOfAsOf(asOf),
  kinds: kinds && kinds.length > 0 ? kinds : null,
  limit: candidatesPerList,
})

type EmbeddedQuestion = { text: CandidateQuery['vector']; retold: Float32Array | null }

/** The question's vector, and that of its words in the other language where they say something to a case of that language. */
async function embedQuestion(
  { embedder, onEmbedderFailure }: SearchCasesServices,
  { text, retold, language }: QuerySubject,
  { refreshed, signal }: { refreshed: Promise<CaseSnapshot>; signal: AbortSignal | undefined },
): Promise<EmbeddedQuestion> {
  if (embedder === null || text === '') return { text: null, retold: null }
  const embedOne = async (said: string): Promise<Float32Array | null> => (await embedder.embed([said], 'query', signal && { signal }))[0] ?? null
  const hasOther = async (): Promise<boolean> => retold !== '' && (await refreshed).index.languages.has(otherLanguage(language))
  try {
    const [embedding, ofRetold] = await Promise.all([embedOne(text), hasOther().then(wanted => (wanted ? embedOne(retold) : null))])
    return { text: embedding && { embedding, embeddingModel: embedder.modelId }, retold: ofRetold }
  } catch (error) {
    signal?.throwIfAborted()
    onEmbedderFailure?.(error)
    return { text: null, retold: null }
  }
}

const carOf = async ({ carOfVin }: SearchCasesServices, vin: string | undefined, asOf: string | null): Promise<CarKeys | null> =>
  vin !== undefined && carOfVin ? carOfVin(vin, asOf) : null

/** The vehicle asked about; what the request says itself counts more than what the VIN's record says. */
async function vehicleOf(
  { vehicleOfVin }: SearchCasesServices,
  asked: SearchCasesRequest['vehicle'],
): Promise<KeyedVehicle | null> {
  if (asked === undefined) return null
  const known = asked.vin && vehicleOfVin ? await vehicleOfVin(asked.vin) : null
  const vehicle = {
    make: asked.make ?? known?.make ?? null,
    model: asked.model ?? known?.model ?? null,
    modelYear: asked.modelYear ?? known?.modelYear ?? null,
  }
  return vehicle.make === null && vehicle.model === null ? null : keyVehicle(vehicle)
}

