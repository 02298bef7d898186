import type { Report } from '../class-events.ts'
import { createLagWeight } from '../exposure.ts'
import type { Minute, Projection } from '../projection.ts'
import { rankCauses } from '../rank-causes.ts'
import type { RankedCauses } from '../ranked-causes.ts'

/** One ranking as plain values and shared columns, fit for another thread. */
export type RankingTask = {
  projection: Projection
  /** 1 for the cars of the population. */
  mask: Uint8Array
  cutOff: Minute
  /** F at the end of each week of reporting delay; null: reports come at once. */
  lagCdf: readonly number[] | null
  reports: readonly Report[]
  seed: number
  maxCandidates: number
  replicates?: number | undefined
}

export type RankingControl = {
  signal?: AbortSignal | undefined
  /** Monte-Carlo draws done and in all. */
  onProgress?: ((done: number, total: number) => void) | undefined
}

/** Runs one ranking. @throws the signal's reason on abort. */
export type RunRanking = (task: RankingTask, control?: RankingControl) => Promise<RankedCauses>

/** The ranking itself, in the thread that calls it. */
export const rankTask = (
  { projection, mask, cutOff, lagCdf, ...rest }: RankingTask,
  control: { shouldStop?: () => boolean; onProgress?: (done: number, total: number) => void },
): RankedCauses => rankCauses({ population: { projection, mask, cutOff, lag: createLagWeight(cutOff, lagCdf) }, ...rest, ...control })
