import { describe, expect, it } from 'vitest'
import { createProjectionBuilder } from '../../../src/analysis/projection.ts'
import { daysOfBuildWeek } from '../../../src/domain/dimension.ts'
import type { FleetVehicle } from '../../../src/domain/fleet.ts'
import { frameOf } from '../../../src/workflow/root-causes/analysis-frame.ts'
import { countedReports, toReports } from '../../../src/workflow/root-causes/class-events-counted.ts'
import { delayCdf } from '../../../src/workflow/root-causes/delay-cdf.ts'
import { populationMask } from '../../../src/workflow/root-causes/population-mask.ts'

const now = new Date('2023-06-15T10:00:00.000Z')

describe('frameOf', () => {
  it('ends exposure with the newest report, and at the end of an earlier day asked', () => {
    expect(frameOf(undefined, now, '2023-03-01T12:00:30.000Z')).toMatchObject({ asOf: '2023-03-01T12:00:30.000Z', historyAsOf: null, cutOff: Date.UTC(2023, 2, 1, 12, 1) / 60_000 })
    expect(frameOf('2023-02-01', now, '2023-03-01T12:00:30.000Z')).toEqual({
      asOf: '2023-02-01', knownUntil: '2023-02-01T23:59:59.999Z', historyAsOf: '2023-02-01T23:59:59.999Z', cutOff: Date.UTC(2023, 1, 2) / 60_000,
    })
    expect(frameOf(undefined, now, null).cutOff).toBe(now.getTime() / 60_000 + 1)
  })

  it('takes today, and refuses tomorrow', () => {
    expect(frameOf('2023-06-15', now, null).asOf).toBe('2023-06-15')
    expect(() => frameOf('2023-06-16', now, null)).toThrowError(expect.objectContaining({ code: 'FB_INVALID' }))
    expect(() => frameOf('2023-06-15T10:00:01Z', now, null)).toThrowError(expect.objectContaining({ code: 'FB_INVALID' }))
  })
})

const car = (id: string, given: Partial<FleetVehicle>): FleetVehicle => ({
  id, make: 'NIO', model: 'ES8', modelYear: 2022, trim: null, plant: 'HF1', builtOn: '2022-03-08', soldOn: '2022-04-01', region: 'CN-East', options: [], excluded: false,
  parts: [], software: [], serviceCenters: [], ...given,
})
const builder = createProjectionBuilder()
for (const one of [car('a', {}), car('b', { model: 'ET5', builtOn: '2022-03-14' }), car('c', { modelYear: 2021, region: null }), car('d', { builtOn: null, soldOn: null })]) builder.add(one)
const projection = builder.build()

describe('populationMask', () => {
  it.each([
    [undefined, [1, 1, 1, 1]],
    [{ models: ['es8'] }, [1, 0, 1, 1]],
    [{ modelYears: [2022], regions: ['CN-EAST'] }, [1, 1, 0, 1]],
    [{ builtFrom: '2022-03-14' }, [0, 1, 0, 0]],
    [{ builtTo: '2022-03-08' }, [1, 0, 1, 0]],
    // Whole weeks: the car of 2022-03-08 (a Tuesday) is in the week that 2022-03-12 lies in.
    [{ builtFrom: '2022-03-12', builtTo: '2022-03-13' }, [1, 0, 1, 0]],
  ])('%j', (population, mask) => {
    expect([...populationMask(projection, population)]).toEqual(mask)
  })

  it('refuses a population without cars', () => {
    expect(() => populationMask(projection, { models: ['EC6'] })).toThrowError(expect.objectContaining({ code: 'FB_INVALID' }))
  })
})

const report = (recordId: string, vehicleId: string | null, at: string) => ({
  source: 'feedback' as const, recordId, vehicleId, make: null, model: null, modelYear: null, component: null, symptom: null, at, receivedAt: at, linkWeight: 1, repairResult: null,
})

it('counts one report a car and thirty days, of cars in the field', () => {
  const { refs, reports } = toReports(
    [report('late', 'a', '2022-05-20T00:00:00Z'), report('first', 'a', '2022-05-01T00:00:00Z'), report('before sale', 'b', '2022-03-20T00:00:00Z'), report('unsold', 'd', '2022-05-01T00:00:00Z'), report('stranger', 'z', '2022-05-01T00:00:00Z'), report('again', 'a', '2022-07-01T00:00:00Z')],
    projection,
  )
  const counted = countedReports({ projection, mask: populationMask(projection, undefined), cutOff: Date.UTC(2023, 0, 1) / 60_000, reports })
  expect(counted.map(index => refs[index]?.recordId)).toEqual(['first', 'again'])
})

it('learns the delay of reports from the reports, where there are enough', () => {
  const week = 7 * 1_440
  const reports = Array.from({ length: 40 }, (_, i) => ({ at: -(10 + (i % 10)) * week, receivedAt: -(10 + (i % 10)) * week + (i < 30 ? 0 : 2 * week) }))
  // Three quarters come within a week, all within three; none lies too near the end to have shown.
  expect(delayCdf(reports, 0)?.slice(0, 4).map(share => Math.round(share * 1000) / 1000)).toEqual([0.75, 0.75, 1, 1])
  expect(delayCdf(reports.slice(0, 19), 0)).toBe(null)
  expect(delayCdf(reports.slice(0, 30), 0)).toBe(null)
})

it('gives Monday and Sunday of a build week', () => {
  expect(daysOfBuildWeek('2022-W10')).toEqual({ from: '2022-03-07', to: '2022-03-13' })
  expect(daysOfBuildWeek('2020-W53')).toEqual({ from: '2020-12-28', to: '2021-01-03' })
})
