import { matchVehicle, type KeyedVehicle, type VehicleMatch } from './affected-vehicles.ts'
import { matchIdentifiers, type AskedIdentifiers, type IdentifierMatch } from './asked-identifiers.ts'
import type { CaseColumns } from './case-columns.ts'
import type { IndexedCase } from './case-index.ts'
import type { CaseSnapshot } from './case-memory.ts'
import { diversify } from './diversify.ts'
import { believable, toScore, walkBonus, type Agreement, type TextChannels } from './fusion.ts'
import { agreementOf, bonusTable, isKeyed, markAgreement, type AskedKeys } from './key-agreement.ts'
import type { WalkKeys } from './key-graph.ts'
import type { VehicleMention } from './named-vehicles.ts'
import type { QuerySubject } from './query-subject.ts'
import { comparableNats, inverseDocumentFrequencyOf } from './bm25.ts'
import { countOf, scoreTexts, textShare, type Places, type QuestionVectors, type TextScores } from './score-texts.ts'
import { createBestFirst } from './best-first.ts'
import { createNearest, walkSeeds, type NearCase } from './walk-seeds.ts'

export type Channel = 'keyword' | 'vector' | 'graph'

/**
 * One case with what places it. `textZ` is the fused z of keyword and vector, `fused` adds the shared keys and the walk over the graph. `score` says how far that can be
 * believed, `textScore` the same of the text alone (0 where nothing can be said of it).
 */
export type RankedCase = {
  candidate: IndexedCase
  score: number
  textScore: number
  fused: number
  z: TextChannels
  textZ: number | null
  agreement: Agreement
  /** Null where no vehicle was asked about. */
  vehicle: VehicleMatch | null
  channels: Channel[]
  identifiers: IdentifierMatch
  /** The confirmed complaint that is closer to the question than the case's own prose. */
  matchedComplaint: string | null
}

export type RankingQuery = QuestionVectors & {
  subject: QuerySubject
  asked: AskedKeys
  identifiers: AskedIdentifiers
  vehicle: KeyedVehicle | null
  mentions: readonly VehicleMention[]
  asOf: string | null
  /** Whether the walk over the graph may go through a case; all may where it is not given. */
  isVisible?: ((candidate: IndexedCase) => boolean) | undefined
  /** How many are wanted, best first. */
  limit: number
  /** Behind the best, near twins of what stands above make room. */
  diverse: boolean
}

/** A channel found a case when the case is this unusually close for it; about one unrelated text in six is. */
const findingZ = 1
/** Of so many of the best, those shown are chosen where they are to be unlike each other. */
const diversityPool = 50

/** Sums in another order differ in the last bits: what is equal but for them is a tie, and ties go by id. */
const withoutNoise = (fused: number): number => Math.round(fused * 1e9) / 1e9
const orNull = (z: number): number | null => (Number.isNaN(z) ? null : z)

/** Where the walk over the graph ends: the strength of each case reached in the scratch, 0 elsewhere. False where nothing of the question is in the graph. */
function walkGraph({ graph, columns }: CaseSnapshot, { subject, identifiers, isVisible }: RankingQuery, near: readonly NearCase[]): boolean {
  const keys: WalkKeys = {
    component: subject.components, symptom: subject.symptoms, dtc: subject.dtcs,
    part: [...identifiers.parts], lot: [...identifiers.lots], release: [...identifiers.releases], supplier: [...identifiers.suppliers],
  }
  const seeds = walkSeeds(graph, keys, near)
  const { walked } = columns.scratch
  walked.fill(0)
  if (seeds.length === 0) return false
  graph.walk(seeds, (place, strength) => { walked[place] = strength }, isVisible && (place => isVisible(columns.cases[place]!)))
  return true
}

/** The cases that the words resemble most. */
function nearestOf(columns: CaseColumns, places: Places): readonly NearCase[] {
  const { textZ } = columns.scratch
  const nearest = createNearest(1)
  for (let at = 0; at < countOf(columns, places); at++) {
    const place = places ? places[at]! : at
    if (textZ[place]! > nearest.least(0)) nearest.offer(0, { caseId: columns.cases[place]!.caseId, z: textZ[place]! })
  }
  return nearest.of(0)
}

/** How the cases that affected the car's model answer the car; all others do not. */
function markVehicle({ cases, places, scratch: { tier } }: CaseColumns, vehicle: KeyedVehicle | null): void {
  tier.fill(0)
  if (vehicle === null) return
  const candidates = vehicle.model !== null ? places.models.get(vehicle.model) : places.makes.get(vehicle.make ?? '')
  for (const place of candidates ?? []) tier[place] = matchVehicle(cases[place]!.affected, vehicle).tier
}

type Placed = { place: number; fused: number }

/** The best by tier, fused z and id. Where a request has no text, only cases that carry one of its keys, or name it, are kept. */
function takeBest(columns: CaseColumns, query: RankingQuery, { texts, hasWalked, places }: { texts: TextScores; hasWalked: boolean; places: Places }): readonly Placed[] {
  const { idRank, usual: { walk }, scratch: { textZ, walked, agreement, tier } } = columns
  const bonus = bonusTable()
  const saysNothing = query.subject.text === ''
  const best = createBestFirst(query.diverse ? Math.max(query.limit, diversityPool) : query.limit)
  for (let at = 0; at < countOf(columns, places); at++) {
    const place = places ? places[at]! : at
    const marks = agreement[place]!
    const ofText = Number.isNaN(textZ[place]!) ? 0 : textZ[place]!
    // Most cases share no key, and then it does not matter what the keys weigh in their language.
    const ofKeys = marks === 0 ? 0 : bonus[Number(texts.isOtherLanguage(place))]![marks]!
    const ofWalk = hasWalked && walked[place]! > 0 ? walkBonus((walked[place]! - walk.mean[place]!) / walk.deviation[place]!) : 0
    const fused = ofText + ofKeys + ofWalk
    if (!best.isWorth(tier[place]!, fused)) continue
    if (saysNothing && !isKeyed(marks) && !texts.hasWord(place)) continue
    best.offer({ place, tier: tier[place]!, fused: withoutNoise(fused), idRank: idRank[place]! })
  }
  return best.list()
}

const channelsOf = ({ keyword, vector }: TextChannels, graphZ: number | null, marks: number): Channel[] => [
  ...(keyword !== null && keyword >= findingZ ? ['keyword' as const] : []),
  ...(vector !== null && vector >= findingZ ? ['vector' as const] : []),
  ...(isKeyed(marks) || (graphZ !== null && graphZ >= findingZ) ? ['graph' as const] : []),
]

/** Diversity never lifts a case over those that affected the car asked about. */
function showBest(ranked: readonly RankedCase[], { index }: CaseSnapshot, { limit, diverse }: RankingQuery): RankedCase[] {
  if (!diverse) return ranked.slice(0, limit)
  const ofTier = (tier: number) => ranked.filter(({ vehicle }) => (vehicle?.tier ?? 0) === tier)
  return [2, 1, 0].flatMap(tier => diversify(ofTier(tier), index.vectors, { limit, scoreOf: ({ fused }) => toScore(fused) })).slice(0, limit)
}

/** What the keys and codes say that the request gave beside the text, in nats. */
const informationGiven = ({ places, cases }: CaseColumns, { given }: QuerySubject): number =>
  (['components', 'symptoms', 'dtcs'] as const).flatMap(kind => given[kind].map(key => inverseDocumentFrequencyOf(places[kind].get(key)?.length ?? 0, cases.length)))
    .reduce((sum, nats) => sum + nats, 0) * comparableNats(cases.length)

/** How a fused z becomes a score: no more than the question can tell. Keys and codes alone are exact, whatever they are few. */
function scorerOf(columns: CaseColumns, query: RankingQuery, texts: TextScores): (z: number, place: number) => number {
  const { subject, vector } = query
  const share = textShare(query)
  const given = subject.text === '' ? Infinity : informationGiven(columns, subject)
  return (z, place) => toScore(believable(z / share, texts.information(place) + given), vector !== null)
}

/**
 * Scores cases exactly and puts them in order: first those that affected the vehicle's model and year, then by fused z, ties by id.
 *
 * @param places of the cases looked at; null: all of the snapshot.
 */
export function rankCases(places: Places, snapshot: CaseSnapshot, query: RankingQuery): RankedCase[] {
  const { columns } = snapshot
  const { scratch, usual: { walk } } = columns
  const texts = scoreTexts(snapshot, query, places)
  const hasWalked = walkGraph(snapshot, query, nearestOf(columns, places))
  markAgreement(columns, query.asked, query.mentions)
  markVehicle(columns, query.vehicle)
  const scoreOf = scorerOf(columns, query, texts)
  const ranked = takeBest(columns, query, { texts, hasWalked, places }).map(({ place, fused }): RankedCase => {
    const candidate = columns.cases[place]!
    const z = { keyword: orNull(scratch.keywordZ[place]!), vector: orNull(scratch.vectorZ[place]!) }
    const graphZ = hasWalked ? (scratch.walked[place]! - walk.mean[place]!) / walk.deviation[place]! : null
    return {
      candidate, fused, z, score: scoreOf(fused, place), textZ: orNull(scratch.textZ[place]!), textScore: Number.isNaN(scratch.textZ[place]!) ? 0 : scoreOf(scratch.textZ[place]!, place), agreement: agreementOf(scratch.agreement[place]!),
      vehicle: query.vehicle && matchVehicle(candidate.affected, query.vehicle), channels: channelsOf(z, graphZ, scratch.agreement[place]!),
      identifiers: matchIdentifiers(candidate, query.identifiers), matchedComplaint: texts.matchedComplaint(place),
    }
  })
  return showBest(ranked, snapshot, query)
}
