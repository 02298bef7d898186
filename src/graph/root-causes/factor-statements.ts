import type { FactorCondition } from '../ports/root-causes.ts'
import type { claimQueries } from './evidence-queries.ts'

export type StatementKind = keyof typeof claimQueries

/** Which statement reads some factors, and the parameters that are its own. */
export type FactorStatement = { kind: StatementKind; params: Record<string, unknown> }

/** Dimensions that are properties of the car, by the name of their parameter. */
const carParams: Record<string, string> = { plant: 'plant', model: 'model', 'model-year': 'modelYear', trim: 'trim', region: 'region', option: 'option' }

const ofOneCarrier = ({ dimension, nodeId, component }: FactorCondition): FactorStatement | null => {
  switch (dimension) {
    case 'lot': return { kind: 'lot', params: { lotId: nodeId } }
    case 'part-number': return { kind: 'part', params: { partId: nodeId } }
    case 'supplier': return { kind: 'supplier', params: { supplierId: nodeId, component } }
    case 'software': return { kind: 'release', params: { releaseId: nodeId } }
    default: return null
  }
}

const ofCars = (factors: readonly FactorCondition[]): FactorStatement | null => {
  const dimensions = factors.map(one => one.dimension)
  if (new Set(dimensions).size < dimensions.length || !dimensions.every(name => name === 'build-week' || name in carParams)) return null
  const params: Record<string, unknown> = { ...Object.fromEntries(Object.values(carParams).map(name => [name, null])), builtFrom: null, builtTo: null }
  for (const { dimension, value, from, to } of factors) {
    if (dimension === 'build-week') Object.assign(params, { builtFrom: from, builtTo: to })
    else params[carParams[dimension]!] = value
  }
  return { kind: 'cars', params }
}

/** The narrowest statement for some factors: it says what is asked, and is planned in a fraction of the time of the one for any combination. */
export const factorStatement = (factors: readonly FactorCondition[]): FactorStatement => {
  const [only, ...more] = factors
  const narrow = only && more.length === 0 ? ofOneCarrier(only) : null
  return narrow ?? ofCars(factors) ?? { kind: 'factors', params: { factors: [...factors] } }
}
