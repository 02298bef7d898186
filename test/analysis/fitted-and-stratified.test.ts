import { describe, expect, it } from 'vitest'
import type { Candidate } from '../../src/analysis/candidate.ts'
import type { ClassEvents } from '../../src/analysis/class-events.ts'
import { createExposureGroups, createLagWeight, forEachCell, misBinOf, weekCalendar } from '../../src/analysis/exposure.ts'
import { fitFactors } from '../../src/analysis/fitted-rivals.ts'
import { intersect, jaccard, massOf, setOfVehicles } from '../../src/analysis/level-sets.ts'
import { multiplicativeRates } from '../../src/analysis/multiplicative-rates.ts'
import { createProjectionBuilder, toMinute } from '../../src/analysis/projection.ts'
import { scanLlr } from '../../src/analysis/scan-score.ts'
import { equivalentExpectation, frailtyEvidence, stratifiedEvidence } from '../../src/analysis/stratified-evidence.ts'
import { weightedCount } from '../../src/analysis/weighted-run.ts'
import type { FleetVehicle } from '../../src/domain/fleet.ts'

const vehicle = (id: string, soldOn: string): FleetVehicle => ({
  id, make: null, model: 'ES8', modelYear: 2022, trim: null, plant: 'HF1', builtOn: soldOn, soldOn, region: 'R', options: [], excluded: false, parts: [], software: [], serviceCenters: [],
})

// Numbered examples are those of the analysis note.
describe('fitted cause', () => {
  it('example 7: the winner O=12, E=3 of C=60 moves a rival O=9, E=3.2', () => {
    const { inside, outside } = fitFactors(12, 3, 60)
    expect(inside).toBe(4)
    expect(outside).toBeCloseTo(0.84211, 5)
    expect(scanLlr(9, 3.2, 60)).toBeCloseTo(3.8134, 3)
    expect(3.2 * outside).toBeCloseTo(2.6947, 4)
    expect(scanLlr(9, 3.2 * outside, 60)).toBeCloseTo(4.9084, 3)
  })
})

describe('sets of cars', () => {
  const range = (from: number, to: number): number[] => Array.from({ length: to - from }, (_, i) => from + i)

  it('example 8: 220 and 240 cars with 190 in common are one class', () => {
    const [a, b] = [setOfVehicles(range(0, 220), 300), setOfVehicles(range(30, 270), 300)]
    expect(intersect(a, b, 300).vehicles).toBe(190)
    expect(jaccard(a, b)).toBeCloseTo(0.7037, 4)
  })

  it('agrees on the overlap whether a set is kept as a list or as bits', () => {
    const [few, many] = [setOfVehicles([5, 64, 999], 1_000), setOfVehicles(range(60, 1_000), 1_000)]
    expect(few.bits).toBeNull()
    expect(many.bits).not.toBeNull()
    expect([...intersect(few, many, 1_000).whole]).toEqual([64, 999])
    expect(massOf(few, { vehicleMass: new Float64Array(1_000).fill(0.5) } as never)).toBe(1.5)
  })
})

describe('weighted run', () => {
  it('example 15: nine fixed, two returned and one without trouble of 60 whose weights sum to 48.4', () => {
    const own = [...new Array<number>(9).fill(1), 0.5, 0.5, 0.2]
    const others = [...new Array<number>(37).fill(1), ...new Array<number>(11).fill(0)]
    const weight = Float64Array.from([...own, ...others, ...[]])
    weight[weight.length - 1] = 48.4 - 10.2 - 37
    const events: ClassEvents = {
      report: new Int32Array(60), vehicle: Int32Array.from({ length: 60 }, (_, i) => i), at: new Int32Array(60), receivedAt: new Int32Array(60), weight, claims: 60, withoutExposure: 0, excludedDuplicates: 0,
    }
    const set = setOfVehicles([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11], 60)
    const candidate: Candidate = { kind: 'factor', factors: [], levels: [], known: true, observed: 12, expected: 3, llr: scanLlr(12, 3, 60), score: 0, set }
    const { observed, expected, evidenceNats } = weightedCount(candidate, events)
    expect(observed).toBeCloseTo(10.2, 10)
    expect(expected).toBeCloseTo(2.42, 10)
    expect(evidenceNats).toBeCloseTo(7.5928, 3)
    expect(candidate.llr).toBeCloseTo(8.3867, 3)
  })
})

describe('exposure', () => {
  it('example 16: an install splits a car\'s months in service', () => {
    const [sold, install, cutOff] = ['2022-01-10', '2022-09-01', '2023-01-01'].map(day => toMinute(day, 0)) as [number, number, number]
    const builder = createProjectionBuilder()
    builder.add(vehicle('v', '2022-01-10'))
    const groups = createExposureGroups({
      projection: builder.build(), mask: Uint8Array.of(1), cutOff, calendar: weekCalendar(sold, cutOff, 10_000), lag: createLagWeight(cutOff, null), byModel: true,
    })
    const monthsIn = (from: number, to: number): Record<number, number> => {
      const months: Record<number, number> = {}
      forEachCell(groups, 0, from, to, (cell, minutes) => (months[cell % groups.shape.bins] = (months[cell % groups.shape.bins] ?? 0) + minutes / 43_830))
      return months
    }
    const [before, after] = [monthsIn(sold, install), monthsIn(install, cutOff)]
    const bin = (months: number): number => misBinOf(months * 43_830)
    expect([before[bin(0)], before[bin(3)], before[bin(6)]].map(x => x!.toFixed(4))).toEqual(['3.0000', '3.0000', '1.6879'])
    expect([after[bin(6)], after[bin(9)]].map(x => x!.toFixed(4))).toEqual(['1.3121', '2.6961'])
  })
})

describe('rates of margins', () => {
  it('finds the factors of a table that is a product, but for the shrinkage of five events', () => {
    // Bin 1 fails four times as often as bin 0, period 1 twice as often as period 0; 1,000 units of time a cell.
    const shape = { models: 1, periods: 2, bins: 2 }
    const rates = multiplicativeRates(Float64Array.of(100, 400, 200, 800), new Float64Array(4).fill(1_000), shape)
    expect(rates[1]! / rates[0]!).toBeCloseTo(4, 1)
    expect(rates[3]! / rates[1]!).toBeCloseTo(2, 1)
  })

  it('stays at the common rate where there are no events', () => {
    expect([...multiplicativeRates(Float64Array.of(0, 0), Float64Array.of(10, 10), { models: 1, periods: 1, bins: 2 })]).toEqual([0, 0])
  })
})

describe('evidence by strata', () => {
  it('one stratum gives the plain rate ratio and its LLR', () => {
    // 12 of 60 events where 3 are expected: the example 2 of the note, RR 4.75, LLR 8.3867.
    const { ratio, llr } = stratifiedEvidence([{ onLevel: 12, events: 60, inside: 3, outside: 57 }])
    expect(ratio).toBeCloseTo(4.75, 4)
    expect(llr).toBeCloseTo(8.3867, 3)
  })

  it('takes a surge of a period in which all cars are on the level for nothing', () => {
    const surge = [{ onLevel: 40, events: 40, inside: 10, outside: 0 }, { onLevel: 5, events: 20, inside: 5, outside: 15 }]
    expect(stratifiedEvidence(surge).llr).toBe(0)
    expect(scanLlr(45, 30, 60)).toBeGreaterThan(7)
  })

  it('counts only what goes beyond a ratio that levels differ by anyway', () => {
    const strata = [{ onLevel: 24, events: 60, inside: 20, outside: 40 }]
    const [plain, beyond] = [stratifiedEvidence(strata).llr, stratifiedEvidence(strata, 1.25).llr]
    // 24 of 60 at a share of one third: θ = 1.333; at θ0 = 1.25 hardly anything is left.
    expect(stratifiedEvidence(strata).ratio).toBeCloseTo(4 / 3, 4)
    expect(plain).toBeCloseTo(24 * Math.log(1.2) + 36 * Math.log(0.9), 6)
    expect(beyond).toBeGreaterThan(0)
    expect(beyond).toBeLessThan(plain / 5)
  })

  it('frailty lies between free strata and none', () => {
    const strata = [{ onLevel: 20, events: 26, inside: 4, outside: 4 }, { onLevel: 3, events: 12, inside: 4, outside: 10 }, { onLevel: 0, events: 10, inside: 1, outside: 11 }]
    const free = stratifiedEvidence(strata).llr
    const loose = frailtyEvidence(strata, 0.01).llr
    const middle = frailtyEvidence(strata, 5).llr
    const none = frailtyEvidence(strata, 1e7).llr
    expect(loose).toBeCloseTo(free, 1)
    expect(middle).toBeGreaterThan(free)
    expect(none).toBeGreaterThan(middle)
    // Without strata: 23 of 48 events where 9 of 34 are expected.
    expect(none).toBeCloseTo(scanLlr(23, (48 * 9) / 34, 48), 2)
  })

  it('finds the expectation that carries a given evidence', () => {
    expect(equivalentExpectation(12, 60, 8.3867)).toBeCloseTo(3, 3)
  })
})
