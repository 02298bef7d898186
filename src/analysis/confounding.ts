import type { ClassEvents } from './class-events.ts'
import type { ExposureGroups } from './exposure.ts'
import { forEachCar, holds, type LevelSet } from './level-sets.ts'
import type { Projection } from './projection.ts'
import { crudeOddsRatio, isConfounded, mantelHaenszel, type Stratum } from './stratified-odds.ts'

/** Build weeks of a stratum: a quarter of a year. */
const weeksOfStratum = 13

/**
 * Cars with and without an event, on and off a set, by model and quarter of build.
 *
 * @returns one stratum a model and quarter that holds cars; sums are the crude table.
 */
export const strataOf = (projection: Projection, groups: ExposureGroups, events: ClassEvents, set: LevelSet): Stratum[] => {
  const quarters = Math.ceil(projection.weekNames.length / weeksOfStratum) + 1
  const cells = new Map<number, [number, number, number, number]>()
  const isOn = new Uint8Array(projection.ids.length)
  forEachCar(set, vehicle => (isOn[vehicle] = 1))
  const isAffected = new Uint8Array(projection.ids.length)
  for (let i = 0; i < events.claims; i++) {
    const vehicle = events.vehicle[i]!
    if (isOn[vehicle] === 0 || holds(set, vehicle, events.at[i]!)) isAffected[vehicle] = 1
  }
  for (let v = 0; v < isOn.length; v++) {
    if (groups.groupOf[v]! < 0) continue
    const quarter = projection.week[v]! < 0 ? quarters - 1 : Math.floor(projection.week[v]! / weeksOfStratum)
    const key = projection.model[v]! * quarters + quarter
    let cell = cells.get(key)
    if (!cell) cells.set(key, (cell = [0, 0, 0, 0]))
    cell[(isOn[v] === 1 ? 0 : 2) + (isAffected[v] === 1 ? 0 : 1)]!++
  }
  return [...cells.values()]
}

/** Crude and stratified odds ratio, and whether stratifying takes the association away. NaN where a side is empty. */
export const oddsOf = (strata: readonly Stratum[]): { oddsRatioCrude: number; oddsRatioStratified: number; confounded: boolean } => {
  const crude = crudeOddsRatio(strata)
  const oddsRatioCrude = Number.isFinite(crude.ratio) && crude.ratio > 0 ? crude.ratio : crudeOddsRatio(strata, true).ratio
  const oddsRatioStratified = mantelHaenszel(strata).ratio
  return { oddsRatioCrude, oddsRatioStratified, confounded: Number.isFinite(oddsRatioStratified) && oddsRatioStratified > 0 && isConfounded(strata) }
}

/**
 * Whether nothing is left of an association among cars of the same model and build quarter. Stricter than the flag `confounded`, which also marks
 * true causes whose odds ratio falls from 100 to 50.
 */
export const vanishesInStrata = ({ oddsRatioStratified, confounded }: ReturnType<typeof oddsOf>): boolean => confounded && oddsRatioStratified <= 1
