import { clopperPearson } from '../../src/analysis/exact-intervals.ts'
import type { Report } from '../../src/analysis/class-events.ts'
import { judgeAction } from '../../src/analysis/efficacy/judge-action.ts'
import type { ActionScope } from '../../src/analysis/efficacy/treated-cohort.ts'
import { createLagWeight } from '../../src/analysis/exposure.ts'
import { createProjectionBuilder } from '../../src/analysis/projection.ts'
import type { FleetVehicle } from '../../src/domain/fleet.ts'
import { delayCdf } from '../../src/workflow/root-causes/delay-cdf.ts'
import type { Car } from '../../simulator/vehicles.ts'
import { day, instant, monthMs, type World } from '../../simulator/world.ts'
import type { SimulatedAction } from './simulated-action.ts'

const minute = (ms: number): number => Math.floor(ms / 60_000)
const scopeOf = (rule: SimulatedAction['rule']): ActionScope => {
  const none = { models: [], lots: [], partNumbers: [], software: [], components: [] }
  if (rule === 'version-replaced') return { ...none, software: ['BMS@bad'] }
  return rule === 'built-since' ? { ...none, partNumbers: ['P-1'] } : { ...none, lots: ['P-1/bad'] }
}

/** A car as the graph would give it. */
const vehicleOf = (car: Car, index: number, action: SimulatedAction): FleetVehicle => {
  const [isAffected, treatedAt] = [action.isAffected[index]!, action.treatedAt[index]!]
  const end = treatedAt === null ? null : instant(treatedAt)
  const isPart = action.rule !== 'version-replaced'
  const part = { component: 'inverter', partNo: isAffected ? 'P-1' : 'P-2', lot: isAffected ? 'bad' : 'good', supplier: null, condition: null, from: null, to: action.rule === 'part-removed' ? end : null }
  return {
    id: String(index).padStart(6, '0'), make: 'Synthetic', model: car.model, modelYear: car.modelYear, trim: null, plant: car.plant, builtOn: day(car.builtAt),
    soldOn: car.soldAt === null ? null : day(car.soldAt), region: car.region.key, options: [], excluded: false, serviceCenters: [],
    parts: isPart ? [part] : [],
    software: isPart ? [] : [
      { module: 'BMS', version: isAffected ? 'bad' : 'good', from: null, to: end },
      ...(end === null ? [] : [{ module: 'BMS', version: 'fixed', from: end, to: null }]),
    ],
  }
}

export const judgeSimulated = (world: World, cars: readonly Car[], action: SimulatedAction) => {
  const builder = createProjectionBuilder()
  cars.forEach((car, i) => builder.add(vehicleOf(car, i, action)))
  const projection = builder.build()
  const cutOff = minute(world.cutOff)
  const reports = action.events.map((event): Report => ({ vehicle: event.car, at: minute(event.at), receivedAt: minute(event.receivedAt), linkWeight: 1, repairResult: null }))
  const population = { projection, mask: new Uint8Array(cars.length).fill(1), cutOff, lag: createLagWeight(cutOff, delayCdf(reports, cutOff)) }
  return judgeAction({ population, reports, scope: scopeOf(action.rule), rule: action.rule, effectiveFrom: minute(action.effectiveFrom) })
}

/** The yardstick: treated cars alone, events a month before and after their treatment, with no fleet to compare with. True where it would call the action effective. */
export const isNaivelyEffective = (world: World, cars: readonly Car[], action: SimulatedAction): boolean => {
  const [months, events] = [[0, 0], [0, 0]] as [[number, number], [number, number]]
  cars.forEach((car, i) => {
    const treatedAt = action.treatedAt[i]!
    if (car.soldAt === null || (action.rule !== 'built-since' && treatedAt === null) || !action.isAffected[i]) return
    const split = Math.min(Math.max(treatedAt ?? Infinity, car.soldAt), world.cutOff)
    months[0] += (split - car.soldAt) / monthMs
    months[1] += (world.cutOff - split) / monthMs
  })
  for (const { car, at } of action.events) {
    const treatedAt = action.treatedAt[car]!
    if (!action.isAffected[car] || (action.rule !== 'built-since' && treatedAt === null)) continue
    events[treatedAt !== null && at >= treatedAt ? 1 : 0]++
  }
  const [before, after] = events
  if (before + after === 0 || months[1] === 0) return false
  const high = clopperPearson(after, before + after)[1]
  return high < 1 && ((high / (1 - high)) * months[0]) / months[1] < 1
}
