import type { KeyedVehicle } from './affected-vehicles.ts'
import { wordsOf } from './terms.ts'

/** A model that a text names, with the model years said beside it. */
export type VehicleMention = { model: string; modelYears: ReadonlySet<number> }

/** Models known from cases, by key, with the makes that built one of that name. */
export type KnownModels = ReadonlyMap<string, ReadonlySet<string>>

const longestName = 4
/** A year further away than this belongs to another sentence. */
const yearDistance = 3

const yearOf = (word: string): number | null => (/^(19[89]|20[0-4])\d$/.test(word) ? Number(word) : null)

function yearsAround(words: readonly string[], from: number, to: number): Set<number> {
  const near = [...words.slice(Math.max(0, from - yearDistance), from), ...words.slice(to, to + yearDistance)]
  return new Set(near.map(yearOf).filter(year => year !== null))
}

/**
 * Vehicles named in running text: `my 2021 Taycan`. Many model names are everyday words (Focus, Escape, Soul), so a name counts only beside a
 * model year or where the text also names its make.
 */
export function findVehicleMentions(text: string, known: KnownModels): VehicleMention[] {
  const words = wordsOf(text)
  const spoken = ` ${words.join(' ')} `
  const mentions: VehicleMention[] = []
  for (let from = 0; from < words.length; from++) {
    let model = ''
    for (let to = from + 1; to <= Math.min(words.length, from + longestName); to++) {
      model += `${to > from + 1 ? ' ' : ''}${words[to - 1]!}`
      const makes = known.get(model)
      if (!makes) continue
      const modelYears = yearsAround(words, from, to)
      if (modelYears.size > 0 || [...makes].some(make => spoken.includes(` ${make} `))) mentions.push({ model, modelYears })
    }
  }
  return mentions
}

/** Whether a case affected one of the vehicles named, and in which detail. */
export function matchMentions(affected: readonly KeyedVehicle[], mentions: readonly VehicleMention[]): 'model-year' | 'model' | 'none' {
  let best: 'model' | 'none' = 'none'
  for (const { model, modelYears } of mentions) {
    for (const vehicle of affected) {
      if (vehicle.model !== model) continue
      if (vehicle.modelYear !== null && modelYears.has(vehicle.modelYear)) return 'model-year'
      best = 'model'
    }
  }
  return best
}
