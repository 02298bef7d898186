import { z } from 'zod'
import { defineQuery } from '../define-query.ts'

const text = z.string()
const maybe = text.nullable()
const texts = z.array(text)

const blames = { params: z.object({ blames: z.array(z.object({ candidateId: text, nodeId: text })) }), row: z.strictObject({}) }
const sampleBlames = (nodeId: string) => ({ blames: [{ candidateId: 'ANA-1:1', nodeId }] })

/** Statements that store an analysis and read it again. */
export const analysisQueries = {
  readIssueClass: defineQuery({
    file: 'root-causes/read-issue-class.cypher',
    mode: 'READ',
    params: z.object({ issueId: text }),
    row: z.strictObject({ component: maybe, symptom: maybe, model: maybe }),
    sample: { issueId: 'ISS-1' },
  }),
  readNewestReceipt: defineQuery({
    file: 'root-causes/read-newest-receipt.cypher',
    mode: 'READ',
    params: z.object({}),
    row: z.strictObject({ receivedAt: maybe }),
    sample: {},
  }),
  createAnalysis: defineQuery({
    file: 'root-causes/create-analysis.cypher',
    mode: 'WRITE',
    params: z.object({
      analysisId: text, issueId: maybe, component: maybe, symptom: maybe, asOf: text, createdAt: text, verdict: text, reason: text,
      claims: z.int().min(0), seed: z.int().min(0), engineVersion: text, dataWatermark: text, feedbackIds: texts, repairOrderIds: texts,
    }),
    row: z.strictObject({ counted: z.int() }),
    sample: {
      analysisId: 'ANA-1', issueId: 'ISS-1', component: 'battery-pack', symptom: 'loss-of-power', asOf: '2022-10-01T00:00:00.000Z',
      createdAt: '2022-10-01T00:00:00.000Z', verdict: 'cause-found', reason: 'leads-clearly', claims: 2, seed: 42, engineVersion: '1',
      dataWatermark: '1', feedbackIds: ['app:F-1'], repairOrderIds: ['RO-1'],
    },
  }),
  createCandidates: defineQuery({
    file: 'root-causes/create-candidates.cypher',
    mode: 'WRITE',
    params: z.object({
      analysisId: text,
      candidates: z.array(z.object({
        id: text, rank: z.int().min(1), score: z.number(), kind: text, statement: text, factors: texts, observed: z.number().nullable(),
        expected: z.number().nullable(), evidenceNats: z.number().nullable(), pValue: z.number().nullable(), confidence: z.number(),
      })),
    }),
    row: z.strictObject({}),
    sample: {
      analysisId: 'ANA-1',
      candidates: [{
        id: 'ANA-1:1', rank: 1, score: 9.5, kind: 'factor', statement: 'Part lot', factors: ['lot:37501-CV000/21W08'], observed: 2, expected: 0.1,
        evidenceNats: 11, pValue: 0.001, confidence: 0.8,
      }],
    },
  }),
  citeReports: defineQuery({
    file: 'root-causes/cite-reports.cypher',
    mode: 'WRITE',
    params: z.object({ candidates: z.array(z.object({ id: text, feedbackIds: texts, repairOrderIds: texts })) }),
    row: z.strictObject({}),
    sample: { candidates: [{ id: 'ANA-1:1', feedbackIds: ['app:F-1'], repairOrderIds: ['RO-1'] }] },
  }),
  blameCauses: defineQuery({
    file: 'root-causes/blame-causes.cypher',
    mode: 'WRITE',
    params: z.object({ cases: z.array(z.object({ candidateId: text, caseId: text })) }),
    row: z.strictObject({}),
    sample: { cases: [{ candidateId: 'ANA-1:1', caseId: 'C-1' }] },
  }),
  storeContent: defineQuery({
    file: 'root-causes/store-content.cypher',
    mode: 'WRITE',
    params: z.object({ analysisId: text, content: text }),
    row: z.strictObject({ analysisId: text }),
    sample: { analysisId: 'ANA-none', content: '{}' },
  }),
  readContent: defineQuery({
    file: 'root-causes/read-content.cypher',
    mode: 'READ',
    params: z.object({ analysisId: text }),
    row: z.strictObject({ content: text }),
    sample: { analysisId: 'ANA-none' },
  }),
} as const

/** Ties candidates to the nodes they blame: labels are no parameters. */
export const blameQueries = {
  PartLot: defineQuery({ file: 'root-causes/blame-lots.cypher', mode: 'WRITE', ...blames, sample: sampleBlames('37501-CV000/21W08') }),
  Part: defineQuery({ file: 'root-causes/blame-parts.cypher', mode: 'WRITE', ...blames, sample: sampleBlames('37501-CV000') }),
  Supplier: defineQuery({ file: 'root-causes/blame-suppliers.cypher', mode: 'WRITE', ...blames, sample: sampleBlames('S-100') }),
  SoftwareRelease: defineQuery({ file: 'root-causes/blame-releases.cypher', mode: 'WRITE', ...blames, sample: sampleBlames('BMS@1.2.0') }),
  Plant: defineQuery({ file: 'root-causes/blame-plants.cypher', mode: 'WRITE', ...blames, sample: sampleBlames('hwaseong') }),
  ServiceCenter: defineQuery({ file: 'root-causes/blame-service-centers.cypher', mode: 'WRITE', ...blames, sample: sampleBlames('SC-1') }),
} as const
