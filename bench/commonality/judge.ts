import type { Factor } from '../../src/domain/fleet.ts'
import type { RankedCauses } from '../../src/analysis/ranked-causes.ts'
import type { Projection } from '../../src/analysis/projection.ts'
import type { StreamTruth } from '../../simulator/fleet.ts'
import type { Mechanism } from '../../simulator/mechanisms.ts'

type TrueFactor = { dimension: string; level: string }

export const spell = (factors: readonly TrueFactor[]): string => factors.map(({ dimension, level }) => `${dimension}:${level}`).sort().join(' + ')

/** Where a stream's cause stands in an answer; ranks from 1, null where it does not stand. */
export type Judgement = { exact: number | null; inClass: number | null }

/** @param answers spellings that are true, the plainest first; the best place of any of them counts. */
export const judge = (answer: RankedCauses, answers: readonly (readonly TrueFactor[])[]): Judgement => {
  const words = new Set(answers.map(spell))
  const firsts = answer.candidates.filter((one, i) => answer.candidates.findIndex(other => other.classIndex === one.classIndex) === i)
  const exact = firsts.findIndex(one => words.has(spell(one.factors)))
  const member = answer.candidates.find(one => words.has(spell(one.factors)))
  return { exact: exact < 0 ? null : exact + 1, inClass: member ? member.classIndex + 1 : null }
}

/** A yardstick names one level a place: a pair or window counts where one of its factors does. */
export const rankOfLevels = (ranked: readonly number[], projection: Projection, factors: readonly TrueFactor[]): number | null => {
  const words = factors.map(one => spell([one]))
  const at = ranked.findIndex(level => words.includes(spell([projection.levels[level] as Factor])))
  return at < 0 ? null : at + 1
}

/** The causes of a stream one by one, each with its true spellings. */
export const causesOf = (truth: StreamTruth, mechanism: Mechanism): TrueFactor[][][] => {
  if (truth.factors.length === 0) return []
  return (mechanism.causes.length > 0 ? mechanism.causes : [mechanism]).map(one => [one.factors, ...one.alternatives])
}
