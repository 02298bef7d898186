import type { Usual } from './calibration.ts'
import type { CaseIndex, IndexedCase } from './case-index.ts'
import type { Calibrator } from './calibrator.ts'
import type { WalkCalibrator } from './walk-calibrator.ts'

/** What is usual for each case, by its place. */
export type UsualColumn = { readonly mean: Float64Array; readonly deviation: Float64Array }

/**
 * The cases of one snapshot side by side: what a search reads of every case, by the place of the case in `cases`. Made anew when a case changes and
 * never changed itself, so that a search goes on with what it began with.
 */
export type CaseColumns = {
  readonly cases: readonly IndexedCase[]
  /** Number of each case's own prose. */
  readonly documents: Int32Array
  readonly isChinese: Uint8Array
  /** Places of cases with confirmed complaints. */
  readonly taught: readonly number[]
  readonly usual: { readonly keyword: UsualColumn; readonly vector: UsualColumn; readonly walk: UsualColumn }
  /** Places of the cases that carry a key, or affected a model or make (by its comparable name). */
  readonly places: Readonly<Record<'components' | 'symptoms' | 'dtcs' | 'models' | 'makes', ReadonlyMap<string, readonly number[]>>>
  /** Rank of each case's id among all ids: ties go by it. */
  readonly idRank: Int32Array
  placeOf(caseId: string): number | undefined
  /** Arrays to work in, one number a case. What a search leaves in them the next one overwrites; a search does not pause while it uses them. */
  readonly scratch: Scratch
}
export type Scratch = {
  readonly cosine: Float64Array
  readonly keywordZ: Float64Array
  readonly vectorZ: Float64Array
  readonly textZ: Float64Array
  readonly walked: Float64Array
  readonly agreement: Uint8Array
  readonly tier: Uint8Array
}

const createScratch = (size: number): Scratch => ({
  cosine: new Float64Array(size), keywordZ: new Float64Array(size), vectorZ: new Float64Array(size), textZ: new Float64Array(size), walked: new Float64Array(size),
  agreement: new Uint8Array(size), tier: new Uint8Array(size),
})

const usualColumn = (cases: readonly IndexedCase[], usualOf: (one: IndexedCase) => Usual): UsualColumn => {
  const column = { mean: new Float64Array(cases.length), deviation: new Float64Array(cases.length) }
  cases.forEach((one, place) => {
    const { mean, deviation } = usualOf(one)
    column.mean[place] = mean
    column.deviation[place] = deviation
  })
  return column
}

const placesBy = (cases: readonly IndexedCase[], keysOf: (one: IndexedCase) => Iterable<string | null>): Map<string, number[]> => {
  const places = new Map<string, number[]>()
  cases.forEach((one, place) => {
    for (const key of keysOf(one)) {
      if (key === null) continue
      const own = places.get(key)
      if (own === undefined) places.set(key, [place])
      else if (own.at(-1) !== place) own.push(place)
    }
  })
  return places
}

function rankIds(cases: readonly IndexedCase[]): Int32Array {
  const rank = new Int32Array(cases.length)
  const sorted = cases.map((_, place) => place).sort((a, b) => (cases[a]!.caseId < cases[b]!.caseId ? -1 : 1))
  sorted.forEach((place, at) => (rank[place] = at))
  return rank
}

export function createCaseColumns(index: Pick<CaseIndex, 'all'>, calibrator: Pick<Calibrator, 'usual'>, walks: Pick<WalkCalibrator, 'usual'>): CaseColumns {
  const cases = [...index.all()]
  const placeOf = new Map(cases.map(({ caseId }, place) => [caseId, place]))
  return {
    cases,
    documents: Int32Array.from(cases, ({ document }) => document),
    isChinese: Uint8Array.from(cases, ({ texts }) => Number(texts[0]!.language === 'zh')),
    taught: cases.flatMap(({ texts }, place) => (texts.length > 1 ? [place] : [])),
    usual: {
      keyword: usualColumn(cases, ({ document }) => calibrator.usual('keyword', document)),
      vector: usualColumn(cases, ({ document }) => calibrator.usual('vector', document)),
      walk: usualColumn(cases, ({ caseId }) => walks.usual(caseId)),
    },
    places: {
      components: placesBy(cases, one => one.components), symptoms: placesBy(cases, one => one.symptoms), dtcs: placesBy(cases, one => one.dtcs),
      models: placesBy(cases, one => one.affected.map(({ model }) => model)), makes: placesBy(cases, one => one.affected.map(({ make }) => make)),
    },
    idRank: rankIds(cases),
    placeOf: caseId => placeOf.get(caseId),
    scratch: createScratch(cases.length),
  }
}
