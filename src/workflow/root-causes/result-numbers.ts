import type { CandidateStatistics, SoftwareCheck } from '../../analysis/ranked-causes.ts'
import type { AnalysisCandidate, AnalysisStatistics } from '../../domain/root-cause-analysis.ts'

/** JSON knows no infinity: null says that there is no limit, or nothing to compare with. */
const finite = (value: number | null): number | null => (value !== null && Number.isFinite(value) ? value : null)
const limits = (interval: readonly [number, number]): [number | null, number | null] => [finite(interval[0]), finite(interval[1])]

export const toStatistics = (statistics: CandidateStatistics): AnalysisStatistics => ({
  ...statistics,
  smr: finite(statistics.smr),
  smrInterval: limits(statistics.smrInterval),
  rateRatio: finite(statistics.rateRatio),
  rateRatioInterval: limits(statistics.rateRatioInterval),
  oddsRatioCrude: finite(statistics.oddsRatioCrude),
  oddsRatioStratified: finite(statistics.oddsRatioStratified),
})

export const toSoftware = (check: SoftwareCheck | null): AnalysisCandidate['software'] =>
  check && { ...check, incidenceRatio: finite(check.incidenceRatio), incidenceInterval: check.incidenceInterval && limits(check.incidenceInterval) }
