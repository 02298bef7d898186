/**
 * Weights chosen by leave-one-family-out on 36 public complaint–recall pairs of 9 families (docs/decisions/2026-11-22-similar-case-ranking.md).
 * Channels are z-scores per case; agreements are added in the same unit.
 */
export const fusionWeights = {
  keyword: 0.5,
  vector: 0.5,
  component: 0.2,
  relatedComponent: 0.1,
  symptom: 0.2,
  dtc: 1,
  namedModel: 1,
  namedModelYear: 1,
  /** Of the walk over the graph, beside the text. */
  graph: 0.1,
} as const

/**
 * Where a text asks in one language for a case in the other: the words meet in a glossary only, so the vector and the keys carry it.
 */
export const crossLanguageWeights = { keyword: 0.25, vector: 0.75, keys: 3 } as const

/** Half of the cases at this fused value were right on the same pairs; the slope is in units of z. */
const evenOdds = 3
const slope = 0.9

export type TextChannels = { keyword: number | null; vector: number | null; isOtherLanguage?: boolean }
export type Agreement = {
  component: 'same' | 'related' | 'none'
  symptom: boolean
  dtc: boolean
  /** The text itself names the model, or model and year, that the case affected. */
  namedVehicle: 'model-year' | 'model' | 'none'
}

/** Weighted mean of the channels there are; `NaN` is none. */
export function fuseScores(keyword: number, vector: number, isOtherLanguage: boolean): number {
  if (Number.isNaN(keyword)) return vector
  if (Number.isNaN(vector)) return keyword
  const weights = isOtherLanguage ? crossLanguageWeights : fusionWeights
  return weights.keyword * keyword + weights.vector * vector
}

/** The same; 0 where neither is. */
export function fuseChannels({ keyword, vector, isOtherLanguage }: TextChannels): number {
  const fused = fuseScores(keyword ?? NaN, vector ?? NaN, isOtherLanguage === true)
  return Number.isNaN(fused) ? 0 : fused
}

// Tables, not objects made in the call: it runs once for every case of the graph.
const componentBonus = { same: fusionWeights.component, related: fusionWeights.relatedComponent, none: 0 } as const
const vehicleBonus = { 'model-year': fusionWeights.namedModel + fusionWeights.namedModelYear, model: fusionWeights.namedModel, none: 0 } as const

/** What shared keys add, in units of z. */
export const agreementBonus = ({ component, symptom, dtc, namedVehicle }: Agreement, isOtherLanguage = false): number =>
  (componentBonus[component] + (symptom ? fusionWeights.symptom : 0) + (dtc ? fusionWeights.dtc : 0)) * (isOtherLanguage ? crossLanguageWeights.keys : 1)
  + vehicleBonus[namedVehicle]

/** A walk that comes to a case hardly oftener than usual says nothing; beyond the upper end more says no more. */
const walkLimits = { from: 1, to: 12 } as const

/** What the walk over the graph adds. */
export const walkBonus = (graphZ: number | null): number =>
  graphZ === null ? 0 : fusionWeights.graph * Math.max(0, Math.min(walkLimits.to, graphZ) - walkLimits.from)

/** Fused z to a score in (0, 1), comparable between queries. */
export const toScore = (fused: number): number => 1 / (1 + Math.exp(-(fused - evenOdds) * slope))
