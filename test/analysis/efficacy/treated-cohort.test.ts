import { describe, expect, it } from 'vitest'
import { treatedCohort, type ActionScope, type TreatmentRule } from '../../../src/analysis/efficacy/treated-cohort.ts'
import { never, toMinute } from '../../../src/analysis/projection.ts'
import type { FleetVehicle } from '../../../src/domain/fleet.ts'
import { carOf, partOf, populationOf } from './fleet-double.ts'

const nothing: ActionScope = { models: [], lots: [], partNumbers: [], software: [], components: [] }
const dayOf = (minute: number) => (minute === never ? 'never' : new Date(minute * 60_000).toISOString().slice(0, 10))

const cohortOf = (cars: FleetVehicle[], rule: TreatmentRule, scope: Partial<ActionScope>) => {
  const { population, idOf } = populationOf(cars, '2023-04-01')
  const cohort = treatedCohort({ projection: population.projection, scope: { ...nothing, ...scope }, rule, effectiveFrom: toMinute('2023-02-01', 0), cutOff: population.cutOff })
  return Array.from(cohort.vehicle, (vehicle, i) => [idOf(vehicle), dayOf(cohort.from[i]!), dayOf(cohort.treatedAt[i]!), dayOf(cohort.until[i]!)])
}

describe('a part is taken out', () => {
  const cars = [
    carOf('other-lot', { parts: [partOf('22W11')] }),
    carOf('removed', { parts: [partOf('22W10', '2023-02-14T09:00:00Z'), { ...partOf('23W05'), from: '2023-02-14T09:00:00Z' }] }),
    carOf('removed-before', { parts: [partOf('22W10', '2023-01-20T09:00:00Z')] }),
    carOf('still-in', { parts: [partOf('22W10')] }),
    carOf('unsold', { soldOn: null, parts: [partOf('22W10')] }),
  ]

  it('treats the cars of the lot that lost it since the action; who lost it earlier leaves', () => {
    expect(cohortOf(cars, 'part-removed', { lots: ['CP-1/22W10'] })).toEqual([
      ['removed', '2023-01-01', '2023-02-14', '2023-04-01'],
      ['removed-before', '2023-01-01', 'never', '2023-01-20'],
      ['still-in', '2023-01-01', 'never', '2023-04-01'],
    ])
  })

  it('goes by the component where neither lot nor part number is named', () => {
    const ids = cohortOf(cars, 'part-removed', { components: ['charge-port'] }).map(([id, , treatedAt]) => [id, treatedAt])
    expect(ids).toEqual([['other-lot', 'never'], ['removed', '2023-02-14'], ['removed-before', 'never'], ['still-in', 'never']])
  })
})

it('treats the cars whose affected version gave way', () => {
  const run = (version: string, from: string, to: string | null) => ({ module: 'BMS', version, from, to })
  const cars = [
    carOf('updated', { software: [run('3.1', '2022-12-05', '2023-02-20T00:00:00Z'), run('3.2', '2023-02-20T00:00:00Z', null)] }),
    carOf('waiting', { software: [run('3.1', '2023-01-10T00:00:00Z', null)] }),
    carOf('born-later', { software: [run('3.2', '2022-12-05', null)] }),
  ]
  expect(cohortOf(cars, 'version-replaced', { software: ['BMS@3.1'] })).toEqual([
    ['updated', '2023-01-01', '2023-02-20', '2023-04-01'], ['waiting', '2023-01-10', 'never', '2023-04-01'],
  ])
})

it('compares cars built since with cars built before, and leaves out the week of the change', () => {
  // 2023-02-01 is the Wednesday of W05.
  const built = (id: string, builtOn: string) => carOf(id, { builtOn, soldOn: '2023-02-20', parts: [partOf('any')] })
  expect(cohortOf([built('a', '2023-01-29'), built('b', '2023-01-30'), built('c', '2023-02-06'), carOf('other part', { builtOn: '2023-02-06' })], 'built-since', { lots: ['CP-1/22W10'] }))
    .toEqual([['a', '2023-02-20', 'never', '2023-04-01'], ['c', '2023-02-20', '2023-02-20', '2023-04-01']])
})

it('treats every car of the named models from the day on', () => {
  const cars = [carOf('es8'), carOf('es8 of 2021', { modelYear: 2021 }), carOf('et5', { model: 'ET5' }), carOf('no make', { make: null })]
  expect(cohortOf(cars, 'from-day', { models: [{ make: 'nio', model: 'es8', modelYear: 2022 }] })).toEqual([
    ['es8', '2023-01-01', '2023-02-01', '2023-04-01'], ['no make', '2023-01-01', '2023-02-01', '2023-04-01'],
  ])
  expect(cohortOf(cars, 'from-day', { models: [{ make: null, model: 'et5', modelYear: null }] }).map(([id]) => id)).toEqual(['et5'])
})
