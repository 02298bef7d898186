import { setImmediate as nextTurn } from 'node:timers/promises'
import type { Background } from './background.ts'
import { commonUsual, usualOf, type Moments, type Usual } from './calibration.ts'
import type { IndexedCase } from './case-index.ts'
import type { KeyGraph } from './key-graph.ts'
import { walkSeeds, type Nearest } from './walk-seeds.ts'

const walksPerTurn = 16
/** Where nothing was walked yet. */
const unknownUsual: Usual = { mean: 0.2, deviation: 0.8 }

/** How often walks usually end at a case: one with many keys is come to by every walk. */
export type WalkCalibrator = { usual(caseId: string): Usual }

export const unmeasuredWalks: WalkCalibrator = { usual: () => unknownUsual }

/** Walks from every background text, by the keys found in it and the cases it resembles. */
export async function measureWalks(graph: KeyGraph, cases: readonly IndexedCase[], background: Background, nearest: Nearest): Promise<WalkCalibrator> {
  const moments = cases.map((): Moments => ({ count: background.size, sum: 0, sumOfSquares: 0 }))
  for (const [text, { components, symptoms, dtcs, caseId }] of background.items.entries()) {
    graph.walk(walkSeeds(graph, { component: components, symptom: symptoms, dtc: dtcs }, nearest.of(text)), (place, strength) => {
      if (cases[place]!.caseId === caseId) return
      moments[place]!.sum += strength
      moments[place]!.sumOfSquares += strength * strength
    })
    if (text % walksPerTurn === walksPerTurn - 1) await nextTurn()
  }
  const common = commonUsual(moments, unknownUsual)
  const usual = new Map(cases.map(({ caseId }, place) => [caseId, usualOf(moments[place]!, common)]))
  return { usual: caseId => usual.get(caseId) ?? common }
}
