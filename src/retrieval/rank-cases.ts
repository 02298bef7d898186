import { matchVehicle, type KeyedVehicle, type VehicleMatch } from './affected-vehicles.ts'
import { keywordScores } from './bm25.ts'
import type { IndexedCase } from './case-index.ts'
import type { CaseSnapshot } from './case-memory.ts'
import { agreementBonus, fuseChannels, toScore, type Agreement, type Channels } from './fusion.ts'
import { agreeOnKeys, type AskedKeys } from './key-agreement.ts'
import { matchMentions, type VehicleMention } from './named-vehicles.ts'
import type { QuerySubject } from './query-subject.ts'

export type Channel = 'keyword' | 'vector' | 'graph'

/** One case with what places it. `textZ` is the fused z of keyword and vector, `fused` adds the shared keys. */
type PlacedCase = {
  candidate: IndexedCase
  z: Channels
  textZ: number | null
  agreement: Agreement
  fused: number
  /** Null where no vehicle was asked about. */
  vehicle: VehicleMatch | null
}
export type RankedCase = PlacedCase & { score: number; channels: Channel[] }

export type RankingQuery = {
  subject: QuerySubject
  vector: Float32Array | null
  asked: AskedKeys
  vehicle: KeyedVehicle | null
  mentions: readonly VehicleMention[]
  /** How many are wanted, best first. */
  limit: number
}

/** A channel found a case when the case is this unusually close for it; about one unrelated text in six is. */
const findingZ = 1

const isKeyed = ({ component, symptom, dtc }: Agreement): boolean => component !== 'none' || symptom || dtc

function channelsOf({ z, agreement }: PlacedCase): Channel[] {
  return [
    ...(z.keyword !== null && z.keyword >= findingZ ? ['keyword' as const] : []),
    ...(z.vector !== null && z.vector >= findingZ ? ['vector' as const] : []),
    ...(isKeyed(agreement) ? ['graph' as const] : []),
  ]
}

/** Sums in another order differ in the last bits: what is equal but for them is a tie, and ties go by id. */
const withoutNoise = (fused: number): number => Math.round(fused * 1e9) / 1e9

const byRank = (a: PlacedCase, b: PlacedCase): number =>
  (b.vehicle?.tier ?? 0) - (a.vehicle?.tier ?? 0) || b.fused - a.fused || (a.candidate.caseId < b.candidate.caseId ? -1 : 1)

/** The best few in order, without sorting all: nearly every case falls to one comparison with the worst of the best. */
function takeBest(candidates: readonly IndexedCase[], place: (candidate: IndexedCase) => PlacedCase | null, limit: number): PlacedCase[] {
  const best: PlacedCase[] = []
  for (const candidate of candidates) {
    const placed = place(candidate)
    const worst = best[limit - 1]
    if (placed === null || (worst && byRank(worst, placed) < 0)) continue
    let at = best.length
    while (at > 0 && byRank(placed, best[at - 1]!) < 0) at--
    best.splice(at, 0, placed)
    if (best.length > limit) best.pop()
  }
  return best
}

/**
 * Scores candidates exactly and puts them in order: first those that affected the vehicle's model and year, then by fused z, ties by id.
 * Where a request has keys or codes but no text, only cases that carry one of them, or name it, are kept.
 */
export function rankCases(candidates: readonly IndexedCase[], { index, calibrator }: CaseSnapshot, query: RankingQuery): RankedCase[] {
  const { subject, vector, asked, vehicle, mentions, limit } = query
  const keyword = subject.terms.size > 0 ? keywordScores(index.corpus, subject.terms, index.capacity) : null
  const saysNothing = subject.text === ''
  const place = (candidate: IndexedCase): PlacedCase | null => {
    const { document, affected } = candidate
    const agreement = agreeOnKeys(candidate, asked, matchMentions(affected, mentions))
    if (saysNothing && !isKeyed(agreement) && !keyword?.[document]) return null
    const z = {
      keyword: keyword && calibrator.keyword(document, keyword[document]!),
      vector: vector && index.vectors.has(document) ? calibrator.vector(document, index.vectors.cosine(document, vector)) : null,
    }
    const textZ = z.keyword === null && z.vector === null ? null : fuseChannels(z)
    const fused = withoutNoise((textZ ?? 0) + agreementBonus(agreement))
    return { candidate, z, textZ, agreement, fused, vehicle: vehicle && matchVehicle(affected, vehicle) }
  }
  return takeBest(candidates, place, limit).map(placed => ({ ...placed, score: toScore(placed.fused), channels: channelsOf(placed) }))
}
