import type { z } from 'zod'
import type { AnalysisPath } from '../../domain/root-cause-analysis.ts'
import { RootCauseAnalysis } from '../../domain/root-cause-analysis.ts'
import type { GraphClient, GraphTransaction, Query } from '../ports.ts'
import type { AnalysisDraft, CandidateDraft, CheckedStatement, EvidenceReader, PathQuestion, ReportRef, RootCauseStore } from '../ports/root-causes.ts'
import { analysisQueries, evidenceQueries } from './root-cause-queries.ts'

/** Analyses in the graph. */
export const createRootCauseStore = ({ client }: { client: GraphClient }): RootCauseStore => ({
  issueClass: issueId => client.maybeOne(analysisQueries.readIssueClass, { issueId }),
  newestReceipt: async () => (await client.one(analysisQueries.readNewestReceipt, {})).receivedAt,
  save: (draft, complete) =>
    client.write(async tx => {
      await create(tx, draft)
      const analysis = await complete(createEvidenceReader(tx))
      await tx.one(analysisQueries.storeContent, { analysisId: draft.analysisId, content: JSON.stringify(analysis) })
      return analysis
    }),
  async content(analysisId) {
    const row = await client.maybeOne(analysisQueries.readContent, { analysisId })
    return row && RootCauseAnalysis.parse(JSON.parse(row.content))
  },
  async pathHolds(path) {
    const query = [evidenceQueries.pathToFactors, evidenceQueries.pathThroughCase].find(one => statementOf(one) === path.cypher)
    // A statement that this version no longer has cannot be run: then nothing says that the path holds.
    const params = query?.params.safeParse(path.params)
    return query !== undefined && params?.success === true && (await client.all(query as typeof evidenceQueries.pathToFactors, params.data as never)).length > 0
  },
})

const idsOf = (refs: readonly ReportRef[], source: ReportRef['source']): string[] => refs.filter(one => one.source === source).map(one => one.recordId)

const create = async (tx: GraphTransaction, { candidates, counted, ...draft }: AnalysisDraft): Promise<void> => {
  await tx.one(analysisQueries.createAnalysis, { ...draft, feedbackIds: idsOf(counted, 'feedback'), repairOrderIds: idsOf(counted, 'repair-order') })
  if (candidates.length > 0) await tx.all(analysisQueries.createCandidates, { analysisId: draft.analysisId, candidates: candidates.map(toRow) })
}

const toRow = ({ cites, blames, factors, ...rest }: CandidateDraft) => ({
  ...rest, blames: [...blames], factors: [...factors], feedbackIds: idsOf(cites, 'feedback'), repairOrderIds: idsOf(cites, 'repair-order'),
})

/** The statement without its header: what goes into the editor of Neo4j Browser. */
const statementOf = ({ cypher }: { cypher: string }): string => cypher.split('\n').filter(line => !line.startsWith('//')).join('\n').trim()

const createEvidenceReader = (graph: Pick<GraphTransaction, 'all'>): EvidenceReader => {
  const check = async <P extends z.ZodType, R extends z.ZodType>(query: Query<P, R>, params: z.input<P>): Promise<CheckedStatement<z.output<R>>> => ({
    cypher: statementOf(query), params: params as Record<string, unknown>, rows: await graph.all(query, params),
  })
  return {
    claims: ({ analysisId, factors }) => check(evidenceQueries.claimsOnFactors, { analysisId, factors: [...factors] }),
    carsAtRisk: ({ population, ...question }) => ({ cypher: statementOf(evidenceQueries.carsOnFactors), params: { ...question, ...population }, rows: [] }),
    codes: candidateId => check(evidenceQueries.codesOfCandidate, { candidateId }),
    repairs: candidateId => check(evidenceQueries.repairsOfCandidate, { candidateId }),
    path: question => readPath(graph, question),
  }
}

const readPath = async (graph: Pick<GraphTransaction, 'all'>, question: PathQuestion): Promise<AnalysisPath | null> => {
  if (question.kind === 'case') {
    const { kind: _, ...params } = question
    const [row] = await graph.all(evidenceQueries.pathThroughCase, params)
    return row ? toPath(row, evidenceQueries.pathThroughCase, params) : null
  }
  const { kind: _, reportIds, factors, symptoms, components, candidateId } = question
  const params = { candidateId, factors: [...factors], symptoms: symptoms && [...symptoms], components: components && [...components] }
  const [row] = await graph.all(evidenceQueries.pathToFactors, { ...params, reportIds: [...reportIds] })
  // Kept with the one report it was found through: the same chain is looked for again, not any other.
  return row ? toPath(row, evidenceQueries.pathToFactors, { ...params, reportIds: [row.reportId] }) : null
}

type Chain = Pick<AnalysisPath, 'nodes' | 'relationships'>

const distinct = <T>(items: readonly T[]): T[] => [...new Map(items.map(item => [JSON.stringify(item), item])).values()]

const toPath = ({ nodes, relationships }: Chain, query: { cypher: string }, params: Record<string, unknown>): AnalysisPath => ({
  verified: true,
  nodes: [...new Map(nodes.map(node => [`${node.label}\0${node.id}`, node])).values()],
  relationships: distinct(relationships),
  cypher: statementOf(query),
  params,
})
