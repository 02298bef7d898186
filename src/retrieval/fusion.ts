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
 * Where a text asks in one language for a case in the other, the words meet in a glossary: the more of them it knows, the more they count, and the
 * more the vector of the retelling counts beside that of the text itself. `keyword` and `retold` are the shares they come near to, and have half of
 * where the known words hold `halfHeard` nats. Shared keys count `keys` times.
 */
export const crossLanguageWeights = { keyword: 0.5, retold: 0.7, halfHeard: 60, keys: 3 } as const

/** How much of a text in the other language came through the glossary, in [0, 1), by the information of the words found (sum of their idf, in nats). */
export const heardShare = (information: number): number => information / (information + crossLanguageWeights.halfHeard)

/**
 * Half of the cases at this fused value were right; the slope is in units of z. A z of words alone means less than one that the vector shares: the mean of two
 * channels varies less than either. Chosen, with `tellingShare`, on 762 pieces (4 words to the whole) of 127 complaints and 452 short tellings.
 */
const evenOdds = { withVector: 3.25, wordsAlone: 4 } as const
const slope = 0.9
/** A question of I nats cannot tell a case by more than this many times √I deviations: see `believable`. */
const tellingShare = 0.4

/** `keywordShare` is the weight of the words beside the vector; that of one language where it is not given. */
export type TextChannels = { keyword: number | null; vector: number | null; keywordShare?: number }
export type Agreement = {
  component: 'same' | 'related' | 'none'
  symptom: boolean
  dtc: boolean
  /** The text itself names the model, or model and year, that the case affected. */
  namedVehicle: 'model-year' | 'model' | 'none'
}

/** Weighted mean of the channels there are; `NaN` is none. */
export function fuseScores(keyword: number, vector: number, keywordShare: number): number {
  if (Number.isNaN(keyword)) return vector
  if (Number.isNaN(vector)) return keyword
  return keywordShare * keyword + (1 - keywordShare) * vector
}

/** The same; 0 where neither is. */
export function fuseChannels({ keyword, vector, keywordShare = fusionWeights.keyword }: TextChannels): number {
  const fused = fuseScores(keyword ?? NaN, vector ?? NaN, keywordShare)
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

/**
 * What may be believed of a fused z. A few words are found whole in some case or other by chance: words of I nats stand in a case that has nothing to do with them
 * with probability e^−I at best, and a Gaussian z with that tail is √(2I). Words of one question come together, so that about a twelfth of their nats is news: the
 * bound is .4·√I. The order of the cases of one question stays; 0 nats can tell nothing.
 */
export const believable = (fused: number, information: number): number =>
  fused <= 0 || information === Infinity ? fused : fused / Math.hypot(1, fused / (tellingShare * Math.sqrt(Math.max(information, 1e-9))))

/** Fused z to a score in (0, 1), comparable between queries. */
export const toScore = (fused: number, hasVector = true): number => 1 / (1 + Math.exp(-(fused - (hasVector ? evenOdds.withVector : evenOdds.wordsAlone)) * slope))
