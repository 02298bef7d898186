import type { SimilarCase } from '../domain/case-search.ts'
import type { ShownCase } from './case-details.ts'
import type { RankedCase } from './rank-cases.ts'
import { bestSentence } from './snippet.ts'

const rounded = (score: number): number => Math.round(score * 10_000) / 10_000

/** A ranked case as the API shows it. `facets.text` is the score that words and meaning alone would give. */
export function toSimilarCase(
  { candidate, score, textScore, agreement, vehicle, channels, identifiers, matchedComplaint }: RankedCase,
  { details: shown, sentences }: ShownCase,
  { rank, terms }: { rank: number; terms: ReadonlyMap<string, number> },
): SimilarCase {
  return {
    caseId: candidate.caseId,
    title: shown.title,
    kind: shown.kind,
    score: rounded(score),
    rank,
    facets: {
      text: rounded(textScore),
      component: agreement.component !== 'none',
      symptom: agreement.symptom,
      dtc: agreement.dtc,
      model: vehicle && vehicle.model,
      modelYear: vehicle && vehicle.modelYear,
      ...identifiers,
      channels,
    },
    matchedComplaint,
    rootCause: shown.rootCause,
    containment: shown.containment,
    corrective: shown.corrective,
    snippet: bestSentence(sentences(), terms),
    dates: { openedAt: shown.openedAt, closedAt: shown.closedAt },
  }
}
