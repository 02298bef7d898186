import type { RankedCandidate, RankedCauses } from '../../../src/analysis/ranked-causes.ts'
import { readWording } from '../../../src/vocabulary-files.ts'
import { vocabulary } from '../../vocabulary/shipped-vocabulary.ts'
import { parseWording } from '../../../src/workflow/root-causes/wording.ts'

export { vocabulary }
export const words = { wording: parseWording(readWording('root-causes')), labelOf: (key: string, language?: 'en' | 'zh') => vocabulary.labelOf(key, language) }

type Changes = Partial<Omit<RankedCandidate, 'statistics'>> & { statistics?: Partial<RankedCandidate['statistics']> }

/** The lot of the API contract's example. */
export const rankedLot = ({ statistics, ...changes }: Changes = {}): RankedCandidate => ({
  kind: 'factor',
  factors: [{ dimension: 'lot', level: 'BAT-100-A/22W10', component: 'traction-battery' }],
  known: true, classIndex: 0, overlap: 1,
  statistics: {
    observed: 23, expected: 3.1, smr: 7.42, smrInterval: [4.7, 11.1], rateRatio: 15.6, rateRatioInterval: [8.1, 30.7], score: 26.2, evidenceNats: 32.7,
    pValue: 0.001, qValue: 0.004, vehiclesAtRisk: 412, oddsRatioCrude: 97.8, oddsRatioStratified: 91.2, confounded: false, ...statistics,
  },
  weighted: { observed: 20, expected: 2.8, evidenceNats: 28 },
  software: null, explainedAway: false, split: null, contrasts: [], eventReports: [0], unaffectedVehicles: [],
  ...changes,
})

export const rankedCauses = (changes: Partial<RankedCauses> = {}): RankedCauses => ({
  verdict: 'cause-found', reason: 'leads-clearly', claims: 41, affectedVehicles: 38, withoutExposure: 2, excludedDuplicates: 5, vehicles: 30214,
  vehicleMonths: 412345.4, margin: 6.5, powerShare: 0.92, s95: 2.6, replicates: 999, candidates: [rankedLot()], ...changes,
})
