import type { z } from 'zod'
import type { AnalysisPath } from '../../domain/root-cause-analysis.ts'
import type { GraphTransaction, Query } from '../ports.ts'
import type { CheckedStatement, EvidenceReader, FactorCondition, PathQuestion } from '../ports/root-causes.ts'
import { claimQueries, evidenceQueries, pathQueries } from './evidence-queries.ts'
import { factorStatement } from './factor-statements.ts'

type Graph = Pick<GraphTransaction, 'all'>
/** Any of the path statements: comparing their schemas type by type costs the compiler half a minute. */
type ChainQuery = Query<z.ZodType<unknown, Record<string, unknown>>, z.ZodType<{ reportId?: string } & Pick<AnalysisPath, 'nodes' | 'relationships'>>>

/** The statement without its header: what goes into the editor of Neo4j Browser. */
const statementOf = ({ cypher }: { cypher: string }): string => cypher.split('\n').filter(line => !line.startsWith('//')).join('\n').trim()

export const createEvidenceReader = (graph: Graph): EvidenceReader => {
  const check = async <P extends z.ZodType, R extends z.ZodType>(query: Query<P, R>, params: z.input<P>): Promise<CheckedStatement<z.output<R>>> => ({
    cypher: statementOf(query), params: params as Record<string, unknown>, rows: await graph.all(query, params),
  })
  const claimsOn = ({ analysisId, factors }: { analysisId: string; factors: readonly FactorCondition[] }) => {
    const { kind, params } = factorStatement(factors)
    return { query: claimQueries[kind] as unknown as typeof claimQueries.factors, params: { analysisId, ...params } as never }
  }
  return {
    claims(question) {
      const { query, params } = claimsOn(question)
      return check(query, params)
    },
    claimStatement(question) {
      const { query, params } = claimsOn(question)
      return { cypher: statementOf(query), params, rows: [] }
    },
    carsAtRisk: ({ population, ...question }) => ({ cypher: statementOf(evidenceQueries.carsOnFactors), params: { ...question, ...population }, rows: [] }),
    codes: candidateId => check(evidenceQueries.codesOfCandidate, { candidateId }),
    repairs: candidateId => check(evidenceQueries.repairsOfCandidate, { candidateId }),
    path: question => readPath(graph, question),
  }
}

const readPath = async (graph: Graph, question: PathQuestion): Promise<AnalysisPath> => {
  if (question.kind === 'case') {
    const { kind: _kind, ...params } = question
    return chainOf(graph, evidenceQueries.pathThroughCase as unknown as ChainQuery, params)
  }
  const { kind: _kind, factors, ...asked } = question
  const { kind, params } = factorStatement(factors)
  return chainOf(graph, pathQueries[kind] as unknown as ChainQuery, { ...asked, ...params })
}

const chainOf = async (graph: Graph, query: ChainQuery, params: Record<string, unknown>): Promise<AnalysisPath> => {
  const [chain] = await graph.all(query, params)
  const distinct = <T>(items: readonly T[] | undefined): T[] => [...new Map((items ?? []).map(item => [JSON.stringify(item), item])).values()]
  return {
    verified: chain !== undefined,
    nodes: distinct(chain?.nodes),
    relationships: distinct(chain?.relationships),
    cypher: statementOf(query),
    // Kept with the one report it was found through: the same chain is looked for again, not any other.
    params: chain?.reportId === undefined ? params : { ...params, reportIds: [chain.reportId] },
  }
}

/** Runs the statement of a stored path again. @returns false too for a statement that this version no longer has. */
export const rerunPath = async (graph: Graph, path: AnalysisPath): Promise<boolean> => {
  const query = [...Object.values(pathQueries), evidenceQueries.pathThroughCase].find(one => statementOf(one) === path.cypher) as unknown as ChainQuery | undefined
  return query !== undefined && query.params.safeParse(path.params).success && (await graph.all(query, path.params)).length > 0
}
