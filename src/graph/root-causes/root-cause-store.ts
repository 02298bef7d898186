import { RootCauseAnalysis } from '../../domain/root-cause-analysis.ts'
import type { GraphClient, GraphTransaction } from '../ports.ts'
import type { AnalysisDraft, BlamedNode, CandidateDraft, ReportRef, RootCauseStore } from '../ports/root-causes.ts'
import { emitEvent } from '../webhooks/record-events.ts'
import { createEvidenceReader, rerunPath } from './evidence-reader.ts'
import { analysisQueries, blameQueries } from './root-cause-queries.ts'

/** Analyses in the graph. */
export const createRootCauseStore = ({ client }: { client: GraphClient }): RootCauseStore => ({
  issueClass: issueId => client.maybeOne(analysisQueries.readIssueClass, { issueId }),
  newestReceipt: async () => (await client.one(analysisQueries.readNewestReceipt, {})).receivedAt,
  save: (draft, complete) =>
    client.write(async tx => {
      await create(tx, draft)
      const analysis = await complete(createEvidenceReader(tx))
      await tx.one(analysisQueries.storeContent, { analysisId: draft.analysisId, content: JSON.stringify(analysis) })
      if (draft.issueId !== null) await emitEvent(tx, { type: 'issue.analyzed', subject: draft.issueId, at: draft.createdAt })
      return analysis
    }),
  async content(analysisId) {
    const row = await client.maybeOne(analysisQueries.readContent, { analysisId })
    return row && RootCauseAnalysis.parse(JSON.parse(row.content))
  },
  pathHolds: path => rerunPath(client, path),
})

const idsOf = (refs: readonly ReportRef[], source: ReportRef['source']): string[] => refs.filter(one => one.source === source).map(one => one.recordId)

const create = async (tx: GraphTransaction, { candidates, counted, ...draft }: AnalysisDraft): Promise<void> => {
  await tx.one(analysisQueries.createAnalysis, { ...draft, feedbackIds: idsOf(counted, 'feedback'), repairOrderIds: idsOf(counted, 'repair-order') })
  if (candidates.length === 0) return
  await tx.all(analysisQueries.createCandidates, {
    analysisId: draft.analysisId,
    candidates: candidates.map(({ cites: _cites, blames: _blames, caseId: _caseId, factors, ...row }) => ({ ...row, factors: [...factors] })),
  })
  await tx.all(analysisQueries.citeReports, {
    candidates: candidates.map(({ id, cites }) => ({ id, feedbackIds: idsOf(cites, 'feedback'), repairOrderIds: idsOf(cites, 'repair-order') })),
  })
  const cases = candidates.flatMap(({ id, caseId }) => (caseId === null ? [] : [{ candidateId: id, caseId }]))
  if (cases.length > 0) await tx.all(analysisQueries.blameCauses, { cases })
  await blame(tx, candidates)
}

const blame = async (tx: GraphTransaction, candidates: readonly CandidateDraft[]): Promise<void> => {
  for (const label of Object.keys(blameQueries) as BlamedNode['label'][]) {
    const blames = candidates.flatMap(({ id, blames: nodes }) => nodes.filter(node => node.label === label).map(node => ({ candidateId: id, nodeId: node.id })))
    if (blames.length > 0) await tx.all(blameQueries[label], { blames })
  }
}
