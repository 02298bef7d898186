import { z } from 'zod'
import { defineQuery } from '../define-query.ts'

const text = z.string()
const maybe = text.nullable()
const texts = z.array(text)

const factor = z.object({ dimension: text, nodeId: maybe, component: maybe, value: maybe, from: maybe, to: maybe })
const sampleFactors = [
  { dimension: 'lot', nodeId: '37501-CV000/21W08', component: 'battery-pack', value: null, from: null, to: null },
  { dimension: 'plant', nodeId: 'hwaseong', component: null, value: 'hwaseong', from: null, to: null },
]
const chain = {
  paths: z.unknown(),
  nodes: z.array(z.object({ id: text, label: text, caption: text })),
  relationships: z.array(z.object({ from: text, type: text, to: text })),
}

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
        blames: z.array(z.object({ label: text, id: text })), feedbackIds: texts, repairOrderIds: texts, caseId: maybe,
      })),
    }),
    row: z.strictObject({ candidateId: text }),
    sample: {
      analysisId: 'ANA-1',
      candidates: [{
        id: 'ANA-1:1', rank: 1, score: 9.5, kind: 'factor', statement: 'Part lot', factors: ['lot:37501-CV000/21W08'], observed: 2, expected: 0.1,
        evidenceNats: 11, pValue: 0.001, confidence: 0.8, blames: [{ label: 'PartLot', id: '37501-CV000/21W08' }], feedbackIds: ['app:F-1'],
        repairOrderIds: [], caseId: null,
      }],
    },
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

/** Statements that a person can run in Neo4j Browser to see what an analysis says. */
export const evidenceQueries = {
  claimsOnFactors: defineQuery({
    file: 'root-causes/claims-on-factors.cypher',
    mode: 'READ',
    params: z.object({ analysisId: text, factors: z.array(factor) }),
    row: z.strictObject({ claims: z.int(), vehicles: z.int() }),
    sample: { analysisId: 'ANA-1', factors: sampleFactors },
  }),
  carsOnFactors: defineQuery({
    file: 'root-causes/cars-on-factors.cypher',
    mode: 'READ',
    params: z.object({
      analysisId: text, cutOff: text, factors: z.array(factor), models: texts.nullable(), modelYears: z.array(z.int()).nullable(),
      regions: texts.nullable(), builtFrom: maybe, builtTo: maybe,
    }),
    row: z.strictObject({ vehicles: z.int(), affected: z.int() }),
    sample: {
      analysisId: 'ANA-1', cutOff: '2022-10-01T00:00:00.000Z', factors: sampleFactors, models: ['ev6'], modelYears: [2022], regions: ['us-ca'],
      builtFrom: '2022-01-01', builtTo: '2022-12-31',
    },
  }),
  codesOfCandidate: defineQuery({
    file: 'root-causes/codes-of-candidate.cypher',
    mode: 'READ',
    params: z.object({ candidateId: text }),
    row: z.strictObject({ code: text, meaning: maybe, reports: z.int() }),
    sample: { candidateId: 'ANA-1:1' },
  }),
  repairsOfCandidate: defineQuery({
    file: 'root-causes/repairs-of-candidate.cypher',
    mode: 'READ',
    params: z.object({ candidateId: text }),
    row: z.strictObject({ result: maybe, orders: z.int(), orderIds: texts }),
    sample: { candidateId: 'ANA-1:1' },
  }),
  pathToFactors: defineQuery({
    file: 'root-causes/path-to-factors.cypher',
    mode: 'READ',
    params: z.object({ candidateId: text, reportIds: texts, symptoms: texts.nullable(), components: texts.nullable(), factors: z.array(factor) }),
    row: z.strictObject({ reportId: text, ...chain }),
    sample: { candidateId: 'ANA-1:1', reportIds: ['app:F-1'], symptoms: ['loss-of-power'], components: ['battery-pack'], factors: sampleFactors },
  }),
  pathThroughCase: defineQuery({
    file: 'root-causes/path-through-case.cypher',
    mode: 'READ',
    params: z.object({ candidateId: text, caseId: text }),
    row: z.strictObject(chain),
    sample: { candidateId: 'ANA-1:1', caseId: 'C-1' },
  }),
} as const
