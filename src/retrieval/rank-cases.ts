import { matchVehicle, type KeyedVehicle, type VehicleMatch } from './affected-vehicles.ts'
import { keywordScores } from './bm25.ts'
import type { IndexedCase } from './case-index.ts'
import type { CaseSnapshot } from './case-memory.ts'
import { agreementBonus, fuseChannels, toScore, type Agreement } from './fusion.ts'
import { agreeOnKeys, type AskedKeys } from './key-agreement.ts'
import { matchMentions, type VehicleMention } from './named-vehicles.ts'
import type { QuerySubject } from './query-subject.ts'

export type Channel = 'keyword' | 'vector' | 'graph'

/** One case with everything that placed it. `textZ` is the fused z of keyword and vector, `fused` adds the shared keys. */
export type RankedCase = {
  candidate: IndexedCase
  fused: number
  textZ: number | null
  score: number
  agreement: Agreement
  /** Null where no vehicle was asked about. */
  vehicle: VehicleMatch | null
  channels: Channel[]
}

export type RankingQuery = {
  subject: QuerySubject
  vector: Float32Array | null
  asked: AskedKeys
  vehicle: KeyedVehicle | null
  mentions: readonly VehicleMention[]
}

/** A channel found a case when the case is this unusually close for it; about one unrelated text in six is. */
const findingZ = 1

const isKeyed = ({ component, symptom, dtc }: Omit<Agreement, 'namedVehicle'>): boolean => component !== 'none' || symptom || dtc

function channelsOf(z: { keyword: number | null; vector: number | null }, agreement: Agreement): Channel[] {
  return [
    ...(z.keyword !== null && z.keyword >= findingZ ? ['keyword' as const] : []),
    ...(z.vector !== null && z.vector >= findingZ ? ['vector' as const] : []),
    ...(isKeyed(agreement) ? ['graph' as const] : []),
  ]
}

const byRank = (a: RankedCase, b: RankedCase): number =>
  (b.vehicle?.tier ?? 0) - (a.vehicle?.tier ?? 0) || b.fused - a.fused || (a.candidate.caseId < b.candidate.caseId ? -1 : 1)

/**
 * Scores candidates exactly and puts them in order: first those that affected the vehicle's model and year, then by fused z, ties by id.
 * Where a request has keys or codes but no text, only cases that carry one of them, or name it, are kept.
 */
export function rankCases(candidates: readonly IndexedCase[], { index, calibrator }: CaseSnapshot, query: RankingQuery): RankedCase[] {
  const { subject, vector, asked, vehicle, mentions } = query
  const keyword = subject.terms.size > 0 ? keywordScores(index.corpus, subject.terms, index.capacity) : null
  const saysNothing = subject.text === ''
  const rankOne = (candidate: IndexedCase): RankedCase | null => {
    const { document, affected } = candidate
    const keys = agreeOnKeys(candidate, asked)
    if (saysNothing && !isKeyed(keys) && !keyword?.[document]) return null
    const z = {
      keyword: keyword && calibrator.keyword(document, keyword[document]!),
      vector: vector && index.vectors.has(document) ? calibrator.vector(document, index.vectors.cosine(document, vector)) : null,
    }
    const textZ = z.keyword === null && z.vector === null ? null : fuseChannels(z)
    const agreement: Agreement = { ...keys, namedVehicle: matchMentions(affected, mentions) }
    const fused = (textZ ?? 0) + agreementBonus(agreement)
    return {
      candidate, fused, textZ, score: toScore(fused), agreement,
      vehicle: vehicle && matchVehicle(affected, vehicle), channels: channelsOf(z, agreement),
    }
  }
  return candidates.map(rankOne).filter(ranked => ranked !== null).sort(byRank)
}
