import { z } from 'zod'
import type { EvidencePath, IssueStore } from '../../graph/ports/issues.ts'
import { issueNotFound } from './show-issues.ts'

/** What an issue rests on, as nodes and relationships, and the statement that shows the same in Neo4j Browser. */
export const IssueGraph = z.object({
  nodes: z.array(z.object({ id: z.string(), labels: z.array(z.string()), caption: z.string().nullable() })),
  relationships: z.array(z.object({ from: z.string(), type: z.string(), to: z.string() })),
  /** Whether there is more than is shown. */
  truncated: z.boolean(),
  cypher: z.string(),
  /** Null where the Browser of a given Neo4j is not known. */
  browserLink: z.string().nullable(),
})
export type IssueGraph = z.infer<typeof IssueGraph>

export const mostNodes = 500
const mostPaths = 2_000

/** As many of the first paths as hold no more than `most` nodes. */
export const pathsWithin = (paths: readonly EvidencePath[], most: number): EvidencePath[] => {
  const seen = new Set<string>()
  const kept: EvidencePath[] = []
  for (const path of paths) {
    const fresh = new Set(path.nodes.map(node => node.id ?? '').filter(id => !seen.has(id)))
    if (seen.size + fresh.size > most) break
    for (const id of fresh) seen.add(id)
    kept.push(path)
  }
  return kept
}

type EvidenceServices = {
  store: Pick<IssueStore, 'records' | 'evidence'>
  statementFor: (issueId: string, paths: number) => string
  linkTo: (statement: string) => Promise<string | null>
}

/** @throws FB_NOT_FOUND */
export const createIssueEvidence =
  ({ store, statementFor, linkTo }: EvidenceServices) =>
  async (issueId: string): Promise<IssueGraph> => {
    const [[record], paths] = await Promise.all([store.records([issueId]), store.evidence(issueId, mostPaths)])
    if (record === undefined) throw issueNotFound(issueId)
    const kept = pathsWithin(paths, mostNodes)
    const nodes = new Map(kept.flatMap(path => path.nodes).flatMap(node => (node.id === null ? [] : [[`${node.labels[0]}/${node.id}`, { ...node, id: node.id }] as const])))
    if (nodes.size === 0) nodes.set(`Issue/${issueId}`, { id: issueId, labels: ['Issue'], caption: record.state })
    const relationships = new Map(kept.flatMap(path => path.relationships).map(edge => [`${edge.from}\0${edge.type}\0${edge.to}`, edge]))
    const cypher = statementFor(issueId, Math.max(1, kept.length))
    return { nodes: [...nodes.values()], relationships: [...relationships.values()], truncated: kept.length < paths.length || paths.length === mostPaths, cypher, browserLink: await linkTo(cypher) }
  }
