import { z } from 'zod'
import { duplicateMethods } from '../../domain/duplicate.ts'
import { defineQuery } from '../define-query.ts'

const text = z.string()
const maybe = text.nullable()
const none = z.strictObject({})
const ids = z.object({ ids: z.array(text) })
const vector = z.array(z.number())
const sampleId = 'hotline:none'

export const edgeTypes = ['DUPLICATE_OF', 'SAME_ISSUE_AS', 'SIMILAR_TO', 'DISTINCT_FROM'] as const
const edgeType = z.enum(edgeTypes)
const edgeProperties = {
  score: z.number(), reason: text, reasonZh: text, method: z.enum(duplicateMethods), at: text, by: text,
  was: z.enum(['duplicate-of', 'same-issue', 'similar', 'none']).nullable(),
}

const report = z.strictObject({
  id: text, channel: text, text, language: maybe, occurredAt: text, vehicleId: maybe, model: maybe, region: maybe, odometerKm: z.number().nullable(),
  personRef: maybe,
  findings: z.array(z.object({ component: maybe, symptom: maybe, confidence: z.number() })),
  dtcs: z.array(text),
  embedding: vector.nullable(), embeddingModel: maybe,
})

/** Statements that find, read and write how feedback belongs together. */
export const duplicateQueries = {
  holdReports: defineQuery({
    file: 'duplicates/hold-reports.cypher', mode: 'WRITE', params: z.object({ vehicleIds: z.array(text), feedbackIds: z.array(text) }), row: none,
    sample: { vehicleIds: ['veh_none'], feedbackIds: [sampleId] },
  }),
  readReportsOfVehicles: defineQuery({
    file: 'duplicates/read-reports-of-vehicles.cypher',
    mode: 'READ',
    params: z.object({ vehicleIds: z.array(text), atLeast: z.int().min(1) }),
    row: report,
    sample: { vehicleIds: ['veh_none'], atLeast: 1 },
    trusted: true,
  }),
  readReports: defineQuery({ file: 'duplicates/read-reports.cypher', mode: 'READ', params: ids, row: report, sample: { ids: [sampleId] }, trusted: true }),
  readCandidates: defineQuery({
    file: 'duplicates/read-candidates.cypher',
    mode: 'READ',
    params: z.object({ asked: z.array(z.object({ at: z.int(), ids: z.array(text), embedding: vector.nullable(), embeddingModel: maybe })) }),
    row: report.extend({ at: z.int(), cosine: z.number().nullable() }),
    sample: { asked: [{ at: 0, ids: [sampleId], embedding: [1, 0], embeddingModel: 'multilingual-e5-small/fp32' }] },
    trusted: true,
  }),
  readEdges: defineQuery({
    file: 'duplicates/read-edges.cypher',
    mode: 'READ',
    params: ids.extend({ vehicleIds: z.array(text) }),
    row: z.strictObject({ from: text, to: text, type: edgeType, ...edgeProperties }),
    sample: { ids: [sampleId], vehicleIds: ['veh_none'] },
  }),
  deleteEdges: defineQuery({
    file: 'duplicates/delete-edges.cypher',
    mode: 'WRITE',
    params: z.object({ edges: z.array(z.object({ from: text, to: text, type: edgeType })) }),
    row: none,
    sample: { edges: [{ from: sampleId, to: 'app:none', type: 'SIMILAR_TO' }] },
  }),
  writeEdges: defineQuery({
    file: 'duplicates/write-edges.cypher',
    mode: 'WRITE',
    params: z.object({ edges: z.array(z.object({ from: text, to: text, type: edgeType, properties: z.object(edgeProperties) })) }),
    row: none,
    sample: {
      edges: [{
        from: sampleId, to: 'app:none', type: 'SIMILAR_TO',
        properties: { score: 0.9, reason: 'alike', reasonZh: '相似', method: 'embedding', at: '2023-01-09T06:12:46.000Z', by: 'fishbone', was: null },
      }],
    },
  }),
  clearMarks: defineQuery({ file: 'duplicates/clear-compare-marks.cypher', mode: 'WRITE', params: ids, row: none, sample: { ids: [sampleId] } }),
  listWaiting: defineQuery({
    file: 'duplicates/list-waiting-feedback.cypher',
    mode: 'READ',
    params: z.object({ k: z.int().min(1).max(2_000) }),
    row: z.strictObject({ id: text, vehicleId: maybe, isLive: z.boolean() }),
    sample: { k: 5 },
  }),
  countWaiting: defineQuery({
    file: 'duplicates/count-waiting-feedback.cypher', mode: 'READ', params: z.object({}), row: z.strictObject({ waiting: z.int().min(0) }), sample: {},
  }),
  markAll: defineQuery({ file: 'duplicates/mark-all-feedback.cypher', mode: 'WRITE', params: z.object({}), row: none, sample: {}, autoCommit: true }),
  findByBands: defineQuery({
    file: 'duplicates/find-by-bands.cypher',
    mode: 'READ',
    params: z.object({ asked: z.array(z.object({ id: text, bands: text })), k: z.int().min(1).max(200) }),
    row: z.strictObject({ id: text, found: z.array(text) }),
    sample: { asked: [{ id: sampleId, bands: '1x 2y' }], k: 5 },
  }),
  findNearest: defineQuery({
    file: 'duplicates/find-nearest-feedback.cypher',
    mode: 'READ',
    params: z.object({ id: text, embedding: vector, embeddingModel: text, k: z.int().min(1).max(200) }),
    row: z.strictObject({ id: text, vehicleId: maybe, language: maybe, cosine: z.number() }),
    sample: { id: sampleId, embedding: Array.from({ length: 384 }, (_, at) => (at === 0 ? 1 : 0)), embeddingModel: 'multilingual-e5-small/fp32', k: 5 },
  }),
  readTextsOfWeek: defineQuery({
    file: 'duplicates/read-texts-of-week.cypher',
    mode: 'READ',
    params: z.object({ from: text, to: text }),
    row: z.strictObject({ id: text, hasVehicle: z.boolean(), bands: text }),
    sample: { from: '2023-01-05T00:00:00.000Z', to: '2023-01-12T00:00:00.000Z' },
    trusted: true,
  }),
  readTextsSince: defineQuery({
    file: 'duplicates/read-texts-since.cypher',
    mode: 'READ',
    params: z.object({ since: z.int(), known: z.array(text), k: z.int().min(1).max(100_000) }),
    row: z.strictObject({ now: z.int(), texts: z.array(z.object({ id: text, hasVehicle: z.boolean(), bands: text, occurredAt: text, changedAt: z.int() })) }),
    sample: { since: 0, known: [], k: 5 },
  }),
  saveVectors: defineQuery({
    file: 'duplicates/save-arrival-vectors.cypher',
    mode: 'WRITE',
    params: z.object({ vectors: z.array(z.object({ id: text, text, embedding: vector, embeddingModel: text })) }),
    row: none,
    sample: { vectors: [{ id: sampleId, text: '-', embedding: [1, 0], embeddingModel: 'multilingual-e5-small/fp32' }] },
  }),
  sampleVectors: defineQuery({
    file: 'duplicates/sample-vectors.cypher',
    mode: 'READ',
    params: z.object({ embeddingModel: maybe, k: z.int().min(1).max(2_000) }),
    row: z.strictObject({ language: maybe, embedding: vector, embeddingModel: text }),
    sample: { embeddingModel: 'multilingual-e5-small/fp32', k: 5 },
    trusted: true,
  }),
} as const
