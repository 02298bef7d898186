import type { NamedVehicle } from '../graph/ports/case-store.ts'
import { wordsOf } from './terms.ts'

/** A vehicle whose names are already comparable: see `keyOfName`. */
export type KeyedVehicle = NamedVehicle

/**
 * How a case's affected vehicles answer a vehicle: 2 this model and year, 1 this model with the year unsaid on one side, 0 neither.
 * `model` and `modelYear` are null where the question did not say them.
 */
export type VehicleMatch = { tier: 2 | 1 | 0; model: boolean | null; modelYear: boolean | null }

/** Makes and models are compared without case, and without what is written between their parts: `IONIQ 5` is `Ioniq-5`. */
export const keyOfName = (name: string): string => wordsOf(name).join(' ') || name.trim().toLowerCase()

export const keyVehicle = ({ make, model, modelYear }: NamedVehicle): KeyedVehicle => ({
  make: make === null ? null : keyOfName(make),
  model: model === null ? null : keyOfName(model),
  modelYear,
})

type Tier = VehicleMatch['tier']

function tierOf(affected: KeyedVehicle, asked: KeyedVehicle): { tier: Tier; model: boolean } {
  const otherMake = asked.make !== null && affected.make !== null && asked.make !== affected.make
  if (otherMake || (asked.model !== null && asked.model !== affected.model)) return { tier: 0, model: false }
  // Only the make was asked for: what the make affected comes first.
  if (asked.model === null) return { tier: asked.make !== null && affected.make !== null ? 1 : 0, model: false }
  if (asked.modelYear === null || affected.modelYear === null) return { tier: 1, model: true }
  return { tier: asked.modelYear === affected.modelYear ? 2 : 0, model: true }
}

/** Best match over all affected vehicles of a case. A make counts only where both sides give one. */
export function matchVehicle(affected: readonly KeyedVehicle[], asked: KeyedVehicle): VehicleMatch {
  let best: Tier = 0
  let sameModel = false
  for (const vehicle of affected) {
    const { tier, model } = tierOf(vehicle, asked)
    sameModel ||= model
    if (tier > best) best = tier
    if (best === 2) break
  }
  return {
    tier: best,
    model: asked.model === null ? null : sameModel,
    modelYear: asked.model === null || asked.modelYear === null ? null : best === 2,
  }
}
