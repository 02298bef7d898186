import { matchVehicle, type KeyedVehicle, type VehicleMatch } from './affected-vehicles.ts'
import { matchIdentifiers, type AskedIdentifiers, type IdentifierMatch } from './asked-identifiers.ts'
import type { IndexedCase } from './case-index.ts'
import type { CaseSnapshot } from './case-memory.ts'
import { diversify } from './diversify.ts'
import { agreementBonus, toScore, walkBonus, type Agreement, type TextChannels } from './fusion.ts'
import { agreeOnKeys, type AskedKeys } from './key-agreement.ts'
import type { WalkKeys } from './key-graph.ts'
import { matchMentions, type VehicleMention } from './named-vehicles.ts'
import type { QuerySubject } from './query-subject.ts'
import { createTextScorer, type QuestionVectors, type TextScore } from './score-texts.ts'
import { createNearest, walkSeeds, type NearCase } from './walk-seeds.ts'

export type Channel = 'keyword' | 'vector' | 'graph'

/** One case with what places it. `textZ` is the fused z of keyword and vector, `fused` adds the shared keys and the walk over the graph. */
type PlacedCase = {
  candidate: IndexedCase
  z: TextChannels
  textZ: number | null
  /** Of the walk over the graph; null where it had nowhere to start. */
  graphZ: number | null
  agreement: Agreement
  fused: number
  /** Null where no vehicle was asked about. */
  vehicle: VehicleMatch | null
  /** The confirmed complaint that is closer to the question than the case's own prose. */
  matchedComplaint: string | null
}
export type RankedCase = PlacedCase & { score: number; channels: Channel[]; identifiers: IdentifierMatch }

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

const isKeyed = ({ component, symptom, dtc }: Agreement): boolean => component !== 'none' || symptom || dtc

function channelsOf({ z, agreement, graphZ }: PlacedCase): Channel[] {
  return [
    ...(z.keyword !== null && z.keyword >= findingZ ? ['keyword' as const] : []),
    ...(z.vector !== null && z.vector >= findingZ ? ['vector' as const] : []),
    ...(isKeyed(agreement) || (graphZ !== null && graphZ >= findingZ) ? ['graph' as const] : []),
  ]
}

/** Sums in another order differ in the last bits: what is equal but for them is a tie, and ties go by id. */
const withoutNoise = (fused: number): number => Math.round(fused * 1e9) / 1e9

const byRank = (a: PlacedCase, b: PlacedCase): number =>
  (b.vehicle?.tier ?? 0) - (a.vehicle?.tier ?? 0) || b.fused - a.fused || (a.candidate.caseId < b.candidate.caseId ? -1 : 1)

/** The best few in order, without sorting all: nearly every case falls to one comparison with the worst of the best. */
function takeBest(candidates: readonly IndexedCase[], place: (candidate: IndexedCase, at: number) => PlacedCase | null, limit: number): PlacedCase[] {
  const best: PlacedCase[] = []
  candidates.forEach((candidate, index) => {
    const placed = place(candidate, index)
    const worst = best[limit - 1]
    if (placed === null || (worst && byRank(worst, placed) < 0)) return
    let at = best.length
    while (at > 0 && byRank(placed, best[at - 1]!) < 0) at--
    best.splice(at, 0, placed)
    if (best.length > limit) best.pop()
  })
  return best
}

/** Where the walk over the graph ends, in z per case; null where nothing of the question is in the graph. */
function walkGraph({ graph, walks }: CaseSnapshot, { subject, identifiers, isVisible }: RankingQuery, near: readonly NearCase[]): ((caseId: string) => number) | null {
  const keys: WalkKeys = {
    component: subject.components, symptom: subject.symptoms, dtc: subject.dtcs,
    part: [...identifiers.parts], lot: [...identifiers.lots], release: [...identifiers.releases], supplier: [...identifiers.suppliers],
  }
  const seeds = walkSeeds(graph, keys, near)
  if (seeds.length === 0) return null
  const reached = graph.walk(seeds, isVisible)
  return caseId => walks.z(caseId, reached.get(caseId) ?? 0)
}

const nearestOf = (candidates: readonly IndexedCase[], texts: readonly TextScore[]): NearCase[] => {
  const nearest = createNearest(1)
  texts.forEach(({ textZ }, at) => textZ !== null && textZ > 1 && nearest.offer(0, { caseId: candidates[at]!.caseId, z: textZ }))
  return [...nearest.of(0)]
}

/** Diversity never lifts a case over those that affected the car asked about. */
function showBest(ranked: readonly (PlacedCase & { score: number })[], { index }: CaseSnapshot, { limit, diverse }: RankingQuery) {
  if (!diverse) return ranked.slice(0, limit)
  const ofTier = (tier: number) => ranked.filter(({ vehicle }) => (vehicle?.tier ?? 0) === tier)
  return [2, 1, 0].flatMap(tier => diversify(ofTier(tier), index.vectors, limit)).slice(0, limit)
}

/**
 * Scores candidates exactly and puts them in order: first those that affected the vehicle's model and year, then by fused z, ties by id.
 * Where a request has keys or codes but no text, only cases that carry one of them, or name it, or that the graph leads to, are kept.
 */
export function rankCases(candidates: readonly IndexedCase[], snapshot: CaseSnapshot, query: RankingQuery): RankedCase[] {
  const { subject, asked, identifiers, vehicle, mentions, limit, diverse } = query
  const scoreTexts = createTextScorer(candidates, snapshot, query)
  const texts = candidates.map(scoreTexts)
  const graphZ = walkGraph(snapshot, query, nearestOf(candidates, texts))
  const saysNothing = subject.text === ''
  const place = (candidate: IndexedCase, at: number): PlacedCase | null => {
    const { z, textZ, feedbackId, hasWord } = texts[at]!
    const agreement = agreeOnKeys(candidate, asked, mentions.length === 0 ? 'none' : matchMentions(candidate.affected, mentions))
    if (saysNothing && !isKeyed(agreement) && !hasWord) return null
    const walked = graphZ && graphZ(candidate.caseId)
    const fused = withoutNoise((textZ ?? 0) + agreementBonus(agreement, z.isOtherLanguage) + walkBonus(walked))
    return { candidate, z, textZ, graphZ: walked, agreement, fused, vehicle: vehicle && matchVehicle(candidate.affected, vehicle), matchedComplaint: feedbackId }
  }
  const best = takeBest(candidates, place, diverse ? Math.max(limit, diversityPool) : limit).map(placed => ({ ...placed, score: toScore(placed.fused) }))
  return showBest(best, snapshot, query).map(placed => ({ ...placed, channels: channelsOf(placed), identifiers: matchIdentifiers(placed.candidate, identifiers) }))
}
