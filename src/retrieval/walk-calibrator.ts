import { setImmediate as nextTurn } from 'node:timers/promises'
import type { Background } from './background.ts'
import { commonUsual, usualOf, zScore, type Moments, type Usual } from './calibration.ts'
import type { CaseIndex } from './case-index.ts'
import type { KeyGraph } from './key-graph.ts'
import { walkSeeds, type Nearest } from './walk-seeds.ts'

const walksPerTurn = 16
/** Where nothing was walked yet. */
const unknownUsual: Usual = { mean: 0.2, deviation: 0.8 }

/** How unusual it is for a case that a walk ends there as often: a case with many keys is come to by every walk. */
export type WalkCalibrator = { z(caseId: string, strength: number): number }

export const unmeasuredWalks: WalkCalibrator = { z: (_, strength) => zScore(strength, unknownUsual) }

/** Walks from every background text, by the keys found in it and the cases it resembles. */
export async function measureWalks(graph: KeyGraph, index: CaseIndex, background: Background, nearest: Nearest): Promise<WalkCalibrator> {
  const moments = new Map<string, Moments>([...index.all()].map(({ caseId }) => [caseId, { count: 0, sum: 0, sumOfSquares: 0 }]))
  for (const [text, { components, symptoms, dtcs }] of background.items.entries()) {
    const reached = graph.walk(walkSeeds(graph, { component: components, symptom: symptoms, dtc: dtcs }, nearest.of(text)))
    for (const [caseId, strength] of reached) {
      const one = moments.get(caseId)
      if (!one || background.items[text]!.caseId === caseId) continue
      one.sum += strength
      one.sumOfSquares += strength * strength
    }
    if (text % walksPerTurn === walksPerTurn - 1) await nextTurn()
  }
  for (const one of moments.values()) one.count = background.size
  const common = commonUsual(moments.values(), unknownUsual)
  const usual = new Map([...moments].map(([caseId, one]) => [caseId, usualOf(one, common)]))
  return { z: (caseId, strength) => zScore(strength, usual.get(caseId) ?? common) }
}
