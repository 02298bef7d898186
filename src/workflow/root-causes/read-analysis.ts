import type { RootCauseAnalysis } from '../../domain/root-cause-analysis.ts'
import type { RootCauseStore } from '../../graph/ports/root-causes.ts'

/**
 * A stored analysis, each path run again: one that no longer holds keeps its nodes and says so.
 *
 * @returns null when there is none of that id.
 */
export const createReadAnalysis =
  ({ store }: { store: Pick<RootCauseStore, 'content' | 'pathHolds'> }) =>
  async (analysisId: string): Promise<RootCauseAnalysis | null> => {
    const analysis = await store.content(analysisId)
    if (analysis === null) return null
    const candidates = []
    for (const candidate of analysis.candidates) {
      const { path } = candidate
      candidates.push(path === null ? candidate : { ...candidate, path: { ...path, verified: path.nodes.length > 0 && (await store.pathHolds(path)) } })
    }
    return { ...analysis, candidates }
  }
