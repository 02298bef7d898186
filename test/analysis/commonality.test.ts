import { describe, expect, it } from 'vitest'
import type { Report } from '../../src/analysis/class-events.ts'
import { createLagWeight } from '../../src/analysis/exposure.ts'
import { rankCauses } from '../../src/analysis/rank-causes.ts'
import type { RankedCauses } from '../../src/analysis/ranked-causes.ts'
import { createProjectionBuilder, toMinute } from '../../src/analysis/projection.ts'
import type { FleetVehicle } from '../../src/domain/fleet.ts'

const day = 86_400_000
const dayText = (ms: number): string => new Date(ms).toISOString().slice(0, 10)
const cutOff = toMinute('2023-01-01', 0)

/** 1,200 cars of two plants over 40 weeks; every car has one pump, a new lot every second week, suppliers in turn. */
const fleet = (): FleetVehicle[] =>
  Array.from({ length: 1_200 }, (_, i) => {
    const week = Math.floor(i / 30)
    const built = Date.UTC(2021, 0, 4) + (week * 7 + (i % 5)) * day
    const lot = `21W${String(2 * Math.floor(week / 2)).padStart(2, '0')}-${i % 3}`
    return {
      id: `v${i}`, make: null, model: i % 7 < 4 ? 'ES8' : 'ET5', modelYear: 2021, trim: null, plant: i % 11 < 6 ? 'HF1' : 'HF2',
      builtOn: dayText(built), soldOn: dayText(built + (20 + (i % 13)) * day), region: `R${i % 4}`, options: [], excluded: false,
      parts: [{ component: 'coolant-pump', partNo: 'CP-1', lot, supplier: `S${i % 3}`, condition: 'new', from: dayText(built), to: null }],
      software: [], serviceCenters: [],
    }
  })

const reportOf = (vehicle: number, at: string, receivedAt = at): Report =>
  ({ vehicle, at: toMinute(at, 0), receivedAt: toMinute(receivedAt, 0), linkWeight: 1, repairResult: null })

const analyze = (rows: readonly FleetVehicle[], reports: readonly Report[]): RankedCauses => {
  const builder = createProjectionBuilder()
  rows.forEach(row => builder.add(row))
  const projection = builder.build()
  const population = { projection, mask: new Uint8Array(rows.length).fill(1), cutOff, lag: createLagWeight(cutOff, null) }
  return rankCauses({ population, reports, seed: 42, replicates: 199 })
}

const spelled = (result: RankedCauses): string[] => result.candidates[0]?.factors.map(one => `${one.dimension}:${one.level}`) ?? []
const background = [3, 101, 205, 317, 444, 560, 678, 790, 903, 1_010, 1_111, 1_190].map(vehicle => reportOf(vehicle, '2022-06-01'))

describe('commonality', () => {
  it('names the lot whose cars fail, with its exact counts', () => {
    const rows = fleet()
    const bad = rows.flatMap((row, i) => (row.parts[0]!.lot === '21W10-1' ? [i] : []))
    const result = analyze(rows, [...background, ...bad.slice(0, 12).map((vehicle, i) => reportOf(vehicle, `2022-0${1 + (i % 6)}-10`))])
    expect(result.verdict).toBe('cause-found')
    expect(spelled(result)).toEqual(['lot:CP-1/21W10-1'])
    expect(result.candidates[0]).toMatchObject({ known: true, statistics: { observed: 12, vehiclesAtRisk: 20 } })
  })

  it('invents no cause where reports are spread evenly', () => {
    const result = analyze(fleet(), background)
    expect(['no-tracked-cause', 'insufficient-evidence']).toContain(result.verdict)
  })

  it('says that four claims are too few', () => {
    expect(analyze(fleet(), background.slice(0, 4))).toMatchObject({ verdict: 'insufficient-evidence', reason: 'too-few-claims' })
  })

  it('does not blame the spare part for the complaint that led to it', () => {
    const rows = fleet()
    const complained = [5, 105, 205, 305, 405, 505, 605, 705, 805, 905]
    for (const vehicle of complained) {
      const part = rows[vehicle]!.parts[0]!
      rows[vehicle] = { ...rows[vehicle]!, parts: [{ ...part, to: '2022-03-05' }, { ...part, lot: 'SPARE', from: '2022-03-05', to: null }] }
    }
    const result = analyze(rows, complained.map(vehicle => reportOf(vehicle, '2022-03-01')))
    const levels = result.candidates.flatMap(one => one.factors.map(factor => factor.level))
    expect(levels).not.toContain('CP-1/SPARE')
  })

  it('counts one car and thirty days once, and reports of unsold or unknown cars apart', () => {
    const result = analyze(fleet(), [...background, reportOf(3, '2022-06-20'), reportOf(3, '2022-07-05'), reportOf(-1, '2022-06-01')])
    expect(result).toMatchObject({ claims: 13, excludedDuplicates: 1, withoutExposure: 1 })
  })

  it('gives the same answer for the same seed', () => {
    expect(analyze(fleet(), background)).toEqual(analyze(fleet(), background))
  })
})
