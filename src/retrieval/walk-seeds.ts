import type { Seed } from './forward-push.ts'
import type { KeyGraph, WalkKeys } from './key-graph.ts'

/** A case that resembles the text, and by how many deviations. */
export type NearCase = { caseId: string; z: number }

/** So many of the nearest cases start the walk beside the keys, with this share of it in all; the nearer, the more of it. */
export const nearCases = 20
const nearShare = 0.3
/** Nearer than this is not near at all, however few are nearer. */
const farthest = 1

const scaled = (seeds: readonly Seed[], share: number): Seed[] => {
  const total = seeds.reduce((sum, { weight }) => sum + weight, 0)
  return total > 0 ? seeds.map(({ node, weight }) => ({ node, weight: (weight / total) * share })) : []
}

/** Where a walk starts: at the keys of the question, and at the cases that its words resemble. */
export function walkSeeds(graph: KeyGraph, keys: WalkKeys, near: readonly NearCase[]): Seed[] {
  const ofCases = near.filter(({ z }) => z > 0).map(({ caseId, z }) => graph.seedOfCase(caseId, Math.exp(z))).filter(seed => seed !== null)
  return [...scaled(graph.seedsOf(keys), 1 - nearShare), ...scaled(ofCases, nearShare)]
}

/** The nearest few cases of each of many texts, kept while the cases come one after the other. */
export function createNearest(texts: number) {
  const lists: NearCase[][] = Array.from({ length: texts }, () => [])
  return {
    of: (text: number): readonly NearCase[] => lists[text]!,
    /** What a case must exceed to be kept. */
    least: (text: number): number => (lists[text]!.length < nearCases ? farthest : lists[text]!.at(-1)!.z),
    forget(caseIds: ReadonlySet<string>): void {
      lists.forEach((list, text) => (lists[text] = list.filter(({ caseId }) => !caseIds.has(caseId))))
    },
    offer(text: number, near: NearCase): void {
      const list = lists[text]!
      if (list.length === nearCases && list.at(-1)!.z >= near.z) return
      let at = list.length
      while (at > 0 && list[at - 1]!.z < near.z) at--
      list.splice(at, 0, near)
      if (list.length > nearCases) list.pop()
    },
  }
}

export type Nearest = ReturnType<typeof createNearest>
