import type { SearchCasesReply, SearchCasesRequest, SimilarCase } from '../domain/case-search.ts'
import { endOfAsOf } from '../domain/instant.ts'
import type { CaseDetails, CaseFilter, CaseStore, NamedVehicle } from '../graph/ports/case-store.ts'
import type { Embedder } from '../llm/ports.ts'
import { keyVehicle, type KeyedVehicle } from './affected-vehicles.ts'
import { findCandidates, isVisible, type CandidateQuery } from './candidates.ts'
import { createCaseMemory, type CaseSnapshot } from './case-memory.ts'
import { askedKeys } from './key-agreement.ts'
import { findVehicleMentions } from './named-vehicles.ts'
import { readSubject, type Glossary, type LinkText, type QuerySubject } from './query-subject.ts'
import { rememberGlossary } from './remembered-glossary.ts'
import { rankCases, type RankedCase } from './rank-cases.ts'
import { toSimilarCase } from './similar-case.ts'
import { createStopwatch } from './stopwatch.ts'

export type SearchCases = (request: SearchCasesRequest, options?: { signal?: AbortSignal | undefined }) => Promise<SearchCasesReply>

export type SearchCasesServices = {
  caseStore: CaseStore
  /** Null where no model could be had: keyword and graph do the work alone. */
  embedder: Embedder | null
  linker: { link: LinkText }
  glossary: Glossary
  /** Replaces personal data in the text asked about, before it is linked, searched for or handed to an embedding service. */
  redact?: (text: string) => string
  /** The car behind a VIN; null where it is not known. Without it a VIN narrows nothing. */
  vehicleOfVin?: (vin: string) => Promise<NamedVehicle | null>
  /** Called when the embedder could not answer and the search went on without it. */
  onEmbedderFailure?: (error: unknown) => void
  /** Milliseconds of any steady clock. */
  now?: () => number
  /** Up to this many visible cases are all scored exactly; beyond it the indexes of the graph propose candidates. */
  exactLimit?: number
  backgroundSize?: number
}

const defaultLimit = 10
/** A scan of so many cases takes about 10 ms on one core: no index is faster, and none is exact. */
const defaultExactLimit = 20_000
/** What each candidate list of a large graph is asked for. */
const candidatesPerList = 300

/**
 * Past cases that resemble a complaint: by words, by meaning, by shared component, symptom and fault code, each score measured against what is
 * usual for that case. With a vehicle, cases that affected its model and year come first. The same graph and request give the same answer.
 *
 * @returns `searchCases`, and `warmUp`, which loads the cases ahead of the first search.
 * @throws FB_NO_SUBJECT, FB_GRAPH_UNAVAILABLE (retryable)
 */
export function createSearchCases(services: SearchCasesServices): SearchCases & { warmUp(): Promise<void> } {
  const { caseStore, embedder, now = () => performance.now(), redact = text => text } = services
  const memory = createCaseMemory({ caseStore, embedder, now, ...(services.backgroundSize && { backgroundSize: services.backgroundSize }) })
  const exactLimit = services.exactLimit ?? defaultExactLimit
  const glossary = rememberGlossary(services.glossary)

  const searchCases: SearchCases = async (request, { signal } = {}) => {
    const watch = createStopwatch(now)
    const subject = watch.time('read', () => readSubject(request, { link: services.linker.link, glossary, redact }))
    const [snapshot, vector, vehicle] = await Promise.all([
      watch.wait('refresh', memory.refresh()),
      watch.wait('embed', embedText(services, subject, signal)),
      vehicleOf(services, request.vehicle),
    ])
    signal?.throwIfAborted()
    const filter = toFilter(request)
    const candidates = await watch.wait('candidates', candidatesOf(snapshot, { subject, vector, vehicle, filter }))
    const ranked = watch.time('rank', () => rankCases(candidates, snapshot, {
      subject, vehicle, vector: vector?.embedding ?? null,
      asked: askedKeys(subject, key => glossary.ancestorsOf(key)),
      mentions: vehicle?.model ? [] : findVehicleMentions(subject.text, snapshot.index.models),
      limit: request.limit ?? defaultLimit,
    }))
    const items = await watch.wait('details', describe(ranked, subject))
    return { items, timings: watch.readings() }
  }

  const candidatesOf = async (snapshot: CaseSnapshot, query: CandidateQuery) => {
    const visible = [...snapshot.index.all()].filter(candidate => isVisible(candidate, query.filter))
    if (visible.length <= exactLimit) return visible
    const found = await findCandidates(caseStore, snapshot.index, query)
    // Words that stand in no case and no vector: any cases are better than none, and the ranking says that they are far.
    return found.length > 0 ? found : visible.slice(0, candidatesPerList)
  }

  const describe = async (ranked: readonly RankedCase[], subject: QuerySubject): Promise<SimilarCase[]> => {
    if (ranked.length === 0) return []
    const details = new Map((await caseStore.details(ranked.map(({ candidate }) => candidate.caseId))).map(row => [row.caseId, row]))
    // A case that was removed since the last refresh has no details and is left out.
    return ranked
      .map(one => ({ one, shown: details.get(one.candidate.caseId) }))
      .filter((pair): pair is { one: RankedCase; shown: CaseDetails } => pair.shown !== undefined)
      .map(({ one, shown }, at) => toSimilarCase(one, shown, { rank: at + 1, terms: subject.terms }))
  }

  return Object.assign(searchCases, { warmUp: async () => void (await memory.refresh()) })
}

const toFilter = ({ asOf, kinds }: SearchCasesRequest): CaseFilter => ({
  asOf: asOf === undefined ? null : endOfAsOf(asOf),
  kinds: kinds && kinds.length > 0 ? kinds : null,
  limit: candidatesPerList,
})

async function embedText(
  { embedder, onEmbedderFailure }: SearchCasesServices,
  { text }: QuerySubject,
  signal: AbortSignal | undefined,
): Promise<CandidateQuery['vector']> {
  if (embedder === null || text === '') return null
  try {
    const [embedding] = await embedder.embed([text], 'query', signal && { signal })
    return embedding ? { embedding, embeddingModel: embedder.modelId } : null
  } catch (error) {
    signal?.throwIfAborted()
    onEmbedderFailure?.(error)
    return null
  }
}

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

