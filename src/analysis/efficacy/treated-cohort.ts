import { daysOfBuildWeek } from '../../domain/dimension.ts'
import { never, toMinute, type Minute, type Projection } from '../projection.ts'
import { forEachCarriage, modelMask, type AffectedModel } from './affected-models.ts'

/**
 * When a car counts as treated: when an affected part was taken out, when an affected version gave way to another, by being built after the
 * change, or from the day on for every car.
 */
export type TreatmentRule = 'part-removed' | 'version-replaced' | 'built-since' | 'from-day'

/** What an action is about, spelled as the levels of the fleet; an empty list says nothing. */
export type ActionScope = {
  models: readonly AffectedModel[]
  lots: readonly string[]
  partNumbers: readonly string[]
  software: readonly string[]
  /** With what they contain. */
  components: readonly string[]
}

/**
 * Cars an action is about, each once: untreated from `from` to `treatedAt`, treated from then to `until`. `treatedAt` is `never` for a car that
 * is still to be treated, and not after `from` for one that was never otherwise.
 */
export type TreatedCohort = { vehicle: Int32Array; from: Int32Array; treatedAt: Int32Array; until: Int32Array }

type CohortCar = { from: Minute; treatedAt: Minute; until: Minute }

/**
 * The cars of an action with the instant of each car's own treatment.
 *
 * @param effectiveFrom what happened to a car earlier was not the action: a part that went before ends the car's time in the cohort.
 * @returns empty where no car is affected.
 */
export const treatedCohort = (options: { projection: Projection; scope: ActionScope; rule: TreatmentRule; effectiveFrom: Minute; cutOff: Minute }): TreatedCohort => {
  const { projection, scope, cutOff } = options
  const inModels = modelMask(projection, scope.models)
  const carried = carriedTimes(options)
  const cars: [number, CohortCar][] = []
  const take = (vehicle: number, carriedSpans: readonly Span[] | null): void => {
    const sold = projection.soldAt[vehicle]!
    if (inModels[vehicle] === 0 || sold === never || sold >= cutOff) return
    const car = carOf(options, vehicle, carriedSpans)
    if (car === null) return
    const clipped = { from: Math.max(car.from, sold), treatedAt: car.treatedAt, until: Math.min(car.until, cutOff) }
    if (clipped.from < clipped.until) cars.push([vehicle, clipped])
  }
  if (carried === null) projection.ids.forEach((_, vehicle) => take(vehicle, null))
  else for (const [vehicle, spans] of [...carried].sort(([a], [b]) => a - b)) take(vehicle, spans)
  const column = (of: (car: CohortCar) => number): Int32Array => Int32Array.from(cars, ([, car]) => of(car))
  return { vehicle: Int32Array.from(cars, ([vehicle]) => vehicle), from: column(car => car.from), treatedAt: column(car => car.treatedAt), until: column(car => car.until) }
}

/** Levels that make a car affected; null where every car of the models is. */
export const affectedLevels = ({ projection: { levels }, scope, rule }: { projection: Projection; scope: ActionScope; rule: TreatmentRule }): number[] | null => {
  const named = (dimension: string, names: readonly string[]): number[] => {
    const wanted = new Set(names)
    return levels.flatMap((level, i) => (level.dimension === dimension && wanted.has(level.level) ? [i] : []))
  }
  if (rule === 'version-replaced') return named('software', scope.software)
  const partNumbers = [...scope.partNumbers, ...(rule === 'built-since' ? scope.lots.map(lot => lot.slice(0, lot.indexOf('/'))) : [])]
  // A change of the process is about the part number: its earlier lots against its later ones.
  if (rule === 'built-since') return partNumbers.length > 0 ? named('part-number', partNumbers) : null
  if (scope.lots.length + partNumbers.length > 0) return [...named('lot', scope.lots), ...named('part-number', partNumbers)]
  if (rule === 'from-day') return scope.software.length > 0 ? named('software', scope.software) : null
  const components = new Set(scope.components)
  return levels.flatMap((level, i) => (level.dimension === 'part-number' && level.component !== null && components.has(level.component) ? [i] : []))
}

type Span = { from: Minute; to: Minute }

const carriedTimes = (options: { projection: Projection; scope: ActionScope; rule: TreatmentRule }): Map<number, Span[]> | null => {
  const levels = affectedLevels(options)
  if (levels === null) return null
  const carried = new Map<number, Span[]>()
  for (const level of levels)
    forEachCarriage(options.projection, level, (vehicle, from, to) => {
      const spans = carried.get(vehicle)
      if (spans) spans.push({ from, to })
      else carried.set(vehicle, [{ from, to }])
    })
  return carried
}

const carOf = (options: { projection: Projection; rule: TreatmentRule; effectiveFrom: Minute }, vehicle: number, spans: readonly Span[] | null): CohortCar | null => {
  const { projection, rule, effectiveFrom } = options
  const from = spans === null ? projection.soldAt[vehicle]! : Math.min(...spans.map(span => span.from))
  if (rule === 'built-since') return builtCar(projection, vehicle, effectiveFrom)
  const last = spans === null ? never : Math.max(...spans.map(span => span.to))
  if (rule === 'from-day') return { from, treatedAt: effectiveFrom, until: last }
  const removals = spans!.map(span => span.to).filter(to => to !== never && to >= effectiveFrom)
  if (removals.length > 0) return { from, treatedAt: Math.min(...removals), until: never }
  // Nothing affected is left since before the action: it is no longer the action's car.
  return { from, treatedAt: never, until: last }
}

/** The projection knows weeks: cars of the week in which the change came may be either and are left out. */
const builtCar = ({ week, weekNames, soldAt }: Projection, vehicle: number, effectiveFrom: Minute): CohortCar | null => {
  const name = weekNames[week[vehicle]!]
  if (name === undefined) return null
  const { from, to } = daysOfBuildWeek(name)
  const [sold, monday, nextMonday] = [soldAt[vehicle]!, toMinute(from, 0), toMinute(to, 0) + 1_440]
  if (monday >= effectiveFrom) return { from: sold, treatedAt: sold, until: never }
  return nextMonday <= effectiveFrom ? { from: sold, treatedAt: never, until: never } : null
}
