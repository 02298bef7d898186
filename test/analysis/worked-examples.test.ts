import { describe, expect, it } from 'vitest'
import { actionEfficacy } from '../../src/analysis/action-efficacy.ts'
import { oddsOf, vanishesInStrata } from '../../src/analysis/confounding.ts'
import { gammaPoissonShrinker, informationComponent, proportionalReportingRatio } from '../../src/analysis/disproportionality.ts'
import { binomialMidP, binomialUpperTail, poissonMidP, poissonUpperTail, rateRatio, rateRatioInterval, smrInterval } from '../../src/analysis/exact-intervals.ts'
import { benjaminiHochberg, monteCarloP } from '../../src/analysis/false-discovery.ts'
import { lagCorrectedRate, reportingDelayCdf } from '../../src/analysis/reporting-delay.ts'
import { fitSelfControlled } from '../../src/analysis/self-controlled.ts'
import { maxSprtLlr, poissonCusum, scaleToStream } from '../../src/analysis/sequential-tests.ts'
import { cmhChiSquare, crudeOddsRatio, fisherOneSided, isConfounded, mantelHaenszel, type Stratum } from '../../src/analysis/stratified-odds.ts'
import {
  detectionPower, evidencePerBackgroundEvent, expectedEvidence, pairScore, passesGate, scanLlr, shrunkRate, singleScore,
} from '../../src/analysis/scan-score.ts'

const near = (actual: number, expected: number, tolerance = 1e-3): void => {
  expect(Math.abs(actual - expected)).toBeLessThanOrEqual(tolerance)
}
const nearAll = (actual: readonly number[], expected: readonly number[], tolerance = 1e-3): void => {
  expect(actual.length).toBe(expected.length)
  actual.forEach((value, i) => near(value, expected[i]!, tolerance))
}

// The numbers are the worked examples of the analysis note, computed there by other means.
describe('exact intervals', () => {
  it('example 1: seven events where 2.1 are expected', () => {
    nearAll(smrInterval(7, 2.1), [1.34, 6.868])
    near(poissonUpperTail(7, 2.1), 0.005862, 1e-6)
    near(poissonMidP(7, 2.1), 0.003674, 1e-6)
    nearAll(smrInterval(0, 2.1), [0, 1.757])
  })

  it('example 2: score, interval and p of one level', () => {
    near(scanLlr(12, 3, 60), 8.3867)
    near(singleScore(scanLlr(12, 3, 60), 640), 1.9253)
    near(singleScore(scanLlr(12, 3, 60), 3), 7.2881)
    nearAll(smrInterval(12, 3), [2.067, 6.987])
    near(rateRatio(12, 3, 60), 4.75)
    nearAll(rateRatioInterval(12, 3, 60), [2.297, 9.077])
    near(binomialMidP(12, 60, 3 / 60), 2.141e-5, 1e-8)
  })

  it('example 3: no excess has no evidence, all events on one level have the most', () => {
    expect(scanLlr(3, 3, 60)).toBe(0)
    near(scanLlr(60, 20, 60), 65.917)
  })

  it('example 4: a supplier with half the fleet passes by its rate ratio, not by its SMR', () => {
    near(scanLlr(40, 30, 60), 3.398)
    nearAll(smrInterval(40, 30), [0.953, 1.816])
    nearAll(rateRatioInterval(40, 30, 60), [1.142, 3.611])
    expect(passesGate(40, 30, 60)).toBe(true)
  })
})

describe('scan', () => {
  it('example 5: shrinks a rate towards the overall one', () => {
    near(shrunkRate(3, 1500, 0.001), 0.0012308, 1e-7)
    near(shrunkRate(0, 200, 0.001), 0.00096154, 1e-8)
  })

  it('example 6: keeps the pair that says more than its sides', () => {
    near(scanLlr(11, 1.4, 60), 13.909)
    near(singleScore(scanLlr(14, 8, 60), 3), 1.0963)
    near(singleScore(scanLlr(16, 10, 60), 6), 0.1036)
    near(pairScore(scanLlr(11, 1.4, 60), 3, 6), 10.0185)
  })

  it('example 9: expected evidence by share, and the small-share form', () => {
    near(expectedEvidence(60, 0.25, 3), 8.63)
    near(10 * evidencePerBackgroundEvent(3), 12.958)
  })

  it.each([
    [12, 9, 0.388],
    [20, 13, 0.656],
    [30, 18, 0.829],
    [60, 31, 0.994],
  ])('example 10: power of a supplier with a third of the fleet, %i claims', (claims, criticalEvents, power) => {
    const result = detectionPower({ claims, share: 0.33, levels: 3, s95: 2.7 })
    expect(result.criticalEvents).toBe(criticalEvents)
    near(result.power, power)
  })

  it('example 10: power of a small lot', () => {
    const result = detectionPower({ claims: 12, share: 0.002, levels: 600, s95: 2.7 })
    expect(result.criticalEvents).toBe(3)
    near(result.power, 0.981)
  })
})

describe('stratified odds', () => {
  const flagged: Stratum[] = [[40, 360, 5, 95], [2, 98, 20, 1380]]
  const real: Stratum[] = [[24, 176, 8, 192], [6, 194, 10, 990]]

  it('example 11: an association that stratifying takes away is flagged', () => {
    const crude = crudeOddsRatio(flagged)
    nearAll([crude.ratio, ...crude.interval], [5.41, 3.262, 8.975])
    near(crudeOddsRatio(flagged, true).ratio, 5.364)
    near(fisherOneSided([42, 458, 25, 1475]), 3.369e-11, 1e-13)
    const stratified = mantelHaenszel(flagged)
    nearAll([stratified.ratio, ...stratified.interval], [1.9239, 0.873, 4.241])
    near(cmhChiSquare(flagged), 2.0554)
    expect(isConfounded(flagged)).toBe(true)
  })

  it('example 12: a real association, flagged by its ratio all the same', () => {
    const crude = crudeOddsRatio(real)
    nearAll([crude.ratio, ...crude.interval], [5.324, 2.934, 9.662])
    const stratified = mantelHaenszel(real)
    nearAll([stratified.ratio, ...stratified.interval], [3.2064, 1.672, 6.149])
    near(cmhChiSquare(real), 12.26)
    expect(isConfounded(real)).toBe(true)
    expect(vanishesInStrata(oddsOf(real))).toBe(false)
  })

  it('tells what is left among cars alike from what is not', () => {
    // Ten times the rate in the second stratum, where nearly all cars have the level; within each, cars without it fail a little more often.
    const simpson: Stratum[] = [[1, 99, 11, 989], [90, 810, 11, 89]]
    const odds = oddsOf(simpson)
    expect(odds.oddsRatioCrude).toBeGreaterThan(4)
    expect(odds.oddsRatioStratified).toBeLessThan(1)
    expect([odds.confounded, vanishesInStrata(odds)]).toEqual([true, true])
  })
})

describe('many tests', () => {
  it('example 13: Benjamini–Hochberg', () => {
    const q = benjaminiHochberg([0.0009, 0.004, 0.0085, 0.019, 0.024, 0.041, 0.09, 0.21, 0.42, 0.74])
    nearAll(q, [0.009, 0.02, 0.02833, 0.0475, 0.048, 0.06833, 0.12857, 0.2625, 0.46667, 0.74], 1e-5)
  })

  it('example 14: seven of 999 replicates at or above the score', () => {
    expect(monteCarloP(5, [...Array<number>(7).fill(5), ...Array<number>(992).fill(1)])).toBe(0.008)
  })

  it('example 8: all five events on the one side of two overlapping classes', () => {
    near(binomialUpperTail(5, 5, 0.4 / 1.1), 0.006358, 1e-6)
  })
})

describe('software', () => {
  it('example 17: a version beside 24 others', () => {
    near(scanLlr(18, 6, 70), 8.9778)
    near(singleScore(scanLlr(18, 6, 70), 24), 5.7997)
  })

  it('example 18: self-controlled series of thirty equal cases', () => {
    const cases = (risk: number) =>
      Array.from({ length: 30 }, (_, i) => ({ riskTime: 8, baseTime: 32, riskEvents: i < risk ? 1 : 0, baseEvents: i < risk ? 0 : 1 }))
    const rising = fitSelfControlled(cases(14))!
    nearAll([rising.ratio, ...rising.interval, rising.llr], [3.5, 1.708, 7.171, 5.3747])
    const flat = fitSelfControlled(cases(9))!
    nearAll([flat.ratio, flat.llr], [1.714, 0.845])
  })

  it('example 19: self-controlled series of unlike cases', () => {
    const rows = [[8, 32, 1, 0], [8, 20, 1, 1], [8, 44, 0, 1], [6, 30, 2, 0], [8, 12, 0, 1], [8, 40, 1, 0]]
    const fit = fitSelfControlled(rows.map(([riskTime, baseTime, riskEvents, baseEvents]) =>
      ({ riskTime: riskTime!, baseTime: baseTime!, riskEvents: riskEvents!, baseEvents: baseEvents! })))!
    nearAll([fit.beta, fit.standardError, fit.llr], [1.80845, 0.745, 3.0037])
  })

  it('gives no estimate where all events lie on one side', () => {
    expect(fitSelfControlled([{ riskTime: 8, baseTime: 30, riskEvents: 3, baseEvents: 0 }])).toBeNull()
  })
})

describe('early warning', () => {
  it('example 20: delay distribution from truncated counts', () => {
    nearAll(reportingDelayCdf([[4, 3, 2, 1], [5, 3, 2], [4, 4], [5]]), [0.4016, 0.7105, 0.9, 1], 1e-4)
  })

  it('example 22: rate corrected for reports still to come', () => {
    const result = lagCorrectedRate({ events: 9, exposure: [1000, 1000, 1000, 1000], cdf: [0.35, 0.6, 0.75, 0.85], parentRate: 0.002 })
    near(result.effectiveExposure, 2550)
    near(result.rate, 0.0027723, 1e-6)
    near(9 / result.effectiveExposure, 0.0035294, 1e-6)
  })

  it('example 23: cohort scan in MaxSPRT form', () => {
    near(maxSprtLlr(8, 1), 9.6355)
    near(maxSprtLlr(4, 0.1), 10.8555)
    near(maxSprtLlr(14, 5), 5.4147)
    near(maxSprtLlr(14, 5 * 1.4), 2.7041)
    near(scaleToStream(1, 19, 15), 1.2)
  })

  it('example 24: CUSUM', () => {
    nearAll(poissonCusum([2, 1, 4, 5, 3, 6, 7], [2, 2, 2.2, 2.2, 2.4, 2.4, 2.4]), [0, 0, 0.5726, 1.8383, 1.5178, 3.2766, 5.7287])
  })

  it('example 25: disproportionality of complaints without exposure', () => {
    const prr = proportionalReportingRatio([12, 188, 60, 4740])
    nearAll([prr.ratio, ...prr.interval, prr.chiSquare, prr.reportingOddsRatio], [4.8, 2.625, 8.776, 27.268, 5.0426])
    const { ic, ic025 } = informationComponent(12, 2.88)
    nearAll([ic, ic025], [1.8868, 0.9566])
  })

  it('example 21: shrunk reporting ratio', () => {
    const prior = { a1: 0.2, b1: 0.1, a2: 2, b2: 4, p: 1 / 3 }
    const ten = gammaPoissonShrinker(10, 2, prior)
    nearAll([ten.weight, ten.ebgm, ten.eb05, ten.eb95], [0.98573, 4.5634, 2.534, 7.5846])
    const three = gammaPoissonShrinker(3, 0.1, prior)
    nearAll([three.ebgm, three.eb05], [13.192, 4.1845])
  })
})

describe('action efficacy', () => {
  const before = { observedBefore: 24, expectedBefore: 6 }

  it('example 26: effective, not shown, and too little to tell', () => {
    const effective = actionEfficacy({ ...before, observedAfter: 3, expectedAfter: 5 })
    nearAll([effective.before.smr, ...effective.before.interval], [4, 2.563, 5.952])
    nearAll([effective.after.smr, ...effective.after.interval], [0.6, 0.124, 1.753])
    nearAll([effective.rateRatio ?? NaN, ...effective.rateRatioInterval], [0.15, 0.0289, 0.4939])
    expect(effective.verdict).toBe('effective')
    const open = actionEfficacy({ ...before, observedAfter: 9, expectedAfter: 5 })
    nearAll([open.rateRatio ?? NaN, ...open.rateRatioInterval], [0.45, 0.184, 1.003])
    expect(open.verdict).toBe('not-shown')
    const none = actionEfficacy({ ...before, observedAfter: 0, expectedAfter: 0.8 })
    nearAll([none.rateRatio ?? NaN, ...none.rateRatioInterval], [0, 0, 1.246])
    expect([none.verdict, none.weak]).toEqual(['not-shown', true])
  })
})
