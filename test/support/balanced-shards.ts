import { BaseSequencer } from 'vitest/node'
import type { TestSpecification } from 'vitest/node'

/** Seconds of the files that take longest, measured on two cores; the others take about five. Only balance depends on them. */
const secondsOf: Readonly<Record<string, number>> = {
  'cli/serving': 66, 'cypher/every-query': 45, 'graph/embedded/lifecycle': 70, 'ingest/ingest-batch': 34, 'llm/local-embedder': 23, 'retrieval/search-cases': 22,
  'workflow/root-causes/analyze-root-causes': 21, 'ingest/ingest-writers': 16,
}
const otherSeconds = 5

export const secondsOfFile = (path: string): number => Object.entries(secondsOf).find(([name]) => path.endsWith(`test/${name}.int.test.ts`))?.[1] ?? otherSeconds

/** Deals files to `count` piles of about equal time: the longest first, each to the pile that is least so far. Equal on every machine. */
export const dealt = (paths: readonly string[], count: number): string[][] => {
  const piles = Array.from({ length: count }, () => ({ seconds: 0, paths: [] as string[] }))
  const byTime = paths.toSorted((one, other) => secondsOfFile(other) - secondsOfFile(one) || (one < other ? -1 : 1))
  for (const path of byTime) {
    const least = piles.reduce((found, pile) => (pile.seconds < found.seconds ? pile : found))
    least.seconds += secondsOfFile(path)
    least.paths.push(path)
  }
  return piles.map(pile => pile.paths)
}

/** `--shard` by time instead of by count, so that two runs with a database each end together. */
export class BalancedShards extends BaseSequencer {
  override shard(files: TestSpecification[]): Promise<TestSpecification[]> {
    const { index, count } = this.ctx.config.shard ?? { index: 1, count: 1 }
    const mine = new Set(dealt(files.map(({ moduleId }) => moduleId), count)[index - 1])
    return Promise.resolve(files.filter(({ moduleId }) => mine.has(moduleId)))
  }
}
