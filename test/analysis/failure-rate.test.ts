import { expect, it } from 'vitest'
import { failureRateByMonths } from '../../src/analysis/failure-rate.ts'
import { carOf, populationOf } from './efficacy/fleet-double.ts'

it('counts events of the cars that are old enough, per 1,000, with exact intervals', () => {
  // Up to 2023-04-15: A and B were sold 104 days ago (3.42 months), C 45 days ago (1.48), D never, E after.
  const cars = [carOf('A'), carOf('B'), carOf('C', { soldOn: '2023-03-01' }), carOf('D', { soldOn: null }), carOf('E', { soldOn: '2023-05-01' })]
  const { population, report } = populationOf(cars, '2023-04-15')
  // A in its months 1 and 2 (a third report within thirty days of the first is the same event), C in its month 1; D was not in the field.
  const reports = [report('A', '2023-01-11'), report('A', '2023-01-20'), report('A', '2023-02-20'), report('C', '2023-03-06'), report('D', '2023-03-06')]
  const { months, vehicles, events, withoutExposure } = failureRateByMonths(population, reports)
  expect({ vehicles, events, withoutExposure }).toEqual({ vehicles: 3, events: 3, withoutExposure: 1 })
  expect(months.map(({ monthsInService, vehicles, events, eventsInMonth }) => [monthsInService, vehicles, events, eventsInMonth])).toEqual([[1, 3, 2, 2], [2, 2, 2, 1], [3, 2, 2, 0]])
  // Poisson, 2 events: [0.2422, 7.2247] (Garwood); of 3 and of 2 cars.
  expect(months[0]!.per1000).toBeCloseTo(666.67, 1)
  expect(months[0]!.per1000Interval.map(Math.round)).toEqual([81, 2408])
  expect(months[1]!.per1000Interval.map(Math.round)).toEqual([121, 3612])
  // 45 days of C are 1.478 months: 0.478 of its second.
  expect(months.map(month => Number(month.vehicleMonths.toFixed(3)))).toEqual([3, 2.478, 2])
})

it('has no row where no car is a month old', () => {
  const { population } = populationOf([carOf('A')], '2023-01-20')
  expect(failureRateByMonths(population, [])).toEqual({ months: [], vehicles: 1, events: 0, withoutExposure: 0 })
})

it('counts nothing of the cars that were not asked about', () => {
  const { population, report } = populationOf([carOf('A'), carOf('B'), carOf('C', { soldOn: null })], '2023-04-15')
  const mask = Uint8Array.from([1, 0, 1])
  const reports = [report('A', '2023-01-11'), report('B', '2023-01-11'), report('C', '2023-01-11'), report('nobody', '2023-01-11')]
  // C was never sold, the last one names no known car: both may be of the cars asked about.
  expect(failureRateByMonths({ ...population, mask }, reports)).toMatchObject({ vehicles: 1, events: 1, withoutExposure: 2 })
})
