import type { Minute, Projection } from '../projection.ts'

/** Make and model in lower case; null is any. */
export type AffectedModel = { make: string | null; model: string | null; modelYear: number | null }

/** A byte a car: 1 where it is of one of the models; all ones where none is named. */
export const modelMask = (projection: Projection, models: readonly AffectedModel[]): Uint8Array => {
  const vehicles = projection.ids.length
  if (models.length === 0) return new Uint8Array(vehicles).fill(1)
  const mask = new Uint8Array(vehicles)
  const years = new Map(models.flatMap(({ modelYear }) => (modelYear === null ? [] : [[modelYear, yearMask(projection, modelYear)] as const])))
  for (const affected of models) {
    const isNamed = projection.models.map(name => isModel(name.toLowerCase(), affected))
    const inYear = affected.modelYear === null ? null : years.get(affected.modelYear)!
    for (let v = 0; v < vehicles; v++) if (isNamed[projection.model[v]!] && (inYear === null || inYear[v] === 1)) mask[v] = 1
  }
  return mask
}

/** The projection names a model `Make Model`, or `Model` where the make is not known; a make may be of several words. */
const isModel = (name: string, { make, model }: AffectedModel): boolean => {
  if (make !== null && model !== null) return name === `${make} ${model}` || name === model
  if (model !== null) return name === model || name.endsWith(` ${model}`)
  return make === null || name.startsWith(`${make} `)
}

const yearMask = (projection: Projection, modelYear: number): Uint8Array => {
  const mask = new Uint8Array(projection.ids.length)
  projection.levels.forEach(({ dimension, level }, index) => {
    if (dimension === 'model-year' && level === String(modelYear)) forEachCarriage(projection, index, vehicle => (mask[vehicle] = 1))
  })
  return mask
}

/** Calls back with each car and interval on a level. */
export const forEachCarriage = (projection: Projection, level: number, visit: (vehicle: number, from: Minute, to: Minute) => void): void => {
  const { levelBundles, bundleEntryOffsets, bundleEntries, entryVehicle, entryFrom, entryTo } = projection
  for (const bundle of levelBundles[level]!)
    for (let i = bundleEntryOffsets[bundle]!; i < bundleEntryOffsets[bundle + 1]!; i++) {
      const entry = bundleEntries[i]!
      visit(entryVehicle[entry]!, entryFrom[entry]!, entryTo[entry]!)
    }
}
