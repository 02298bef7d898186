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
const cars = { plant: maybe, model: maybe, trim: maybe, region: maybe, option: maybe, modelYear: maybe, builtFrom: maybe, builtTo: maybe }
const sampleCars = { plant: 'hwaseong', model: null, trim: null, region: null, option: null, modelYear: '2022', builtFrom: '2022-01-03', builtTo: null }

const ofAnalysis = { analysisId: text }
const sampleAnalysis = { analysisId: 'ANA-1' }
const count = z.strictObject({ claims: z.int(), vehicles: z.int() })

const ofCandidate = { candidateId: text, reportIds: texts, symptoms: texts.nullable(), components: texts.nullable() }
const sampleCandidate = { candidateId: 'ANA-1:1', reportIds: ['app:F-1'], symptoms: ['loss-of-power'], components: ['battery-pack'] }
const chain = {
  paths: z.unknown(),
  nodes: z.array(z.object({ id: text, label: text, caption: text })),
  relationships: z.array(z.object({ from: text, type: text, to: text })),
}
const reportChain = z.strictObject({ reportId: text, ...chain })

/** How many counted reports stand on a factor: a statement for each kind of factor, and one for any combination. */
export const claimQueries = {
  lot: defineQuery({
    file: 'root-causes/claims-on-lot.cypher', mode: 'READ', params: z.object({ ...ofAnalysis, lotId: text }), row: count,
    sample: { ...sampleAnalysis, lotId: '37501-CV000/21W08' },
  }),
  part: defineQuery({
    file: 'root-causes/claims-on-part.cypher', mode: 'READ', params: z.object({ ...ofAnalysis, partId: text }), row: count,
    sample: { ...sampleAnalysis, partId: '37501-CV000' },
  }),
  supplier: defineQuery({
    file: 'root-causes/claims-on-supplier.cypher', mode: 'READ', params: z.object({ ...ofAnalysis, supplierId: text, component: text }), row: count,
    sample: { ...sampleAnalysis, supplierId: 'S-100', component: 'battery-pack' },
  }),
  release: defineQuery({
    file: 'root-causes/claims-on-release.cypher', mode: 'READ', params: z.object({ ...ofAnalysis, releaseId: text }), row: count,
    sample: { ...sampleAnalysis, releaseId: 'BMS@1.2.0' },
  }),
  cars: defineQuery({
    file: 'root-causes/claims-on-cars.cypher', mode: 'READ', params: z.object({ ...ofAnalysis, ...cars }), row: count,
    sample: { ...sampleAnalysis, ...sampleCars },
  }),
  factors: defineQuery({
    file: 'root-causes/claims-on-factors.cypher', mode: 'READ', params: z.object({ ...ofAnalysis, factors: z.array(factor) }), row: count,
    sample: { ...sampleAnalysis, factors: sampleFactors },
  }),
} as const

/** The chain from a symptom to what is blamed, in the same kinds. */
export const pathQueries = {
  lot: defineQuery({
    file: 'root-causes/path-to-lot.cypher', mode: 'READ', params: z.object({ ...ofCandidate, lotId: text }), row: reportChain,
    sample: { ...sampleCandidate, lotId: '37501-CV000/21W08' },
  }),
  part: defineQuery({
    file: 'root-causes/path-to-part.cypher', mode: 'READ', params: z.object({ ...ofCandidate, partId: text }), row: reportChain,
    sample: { ...sampleCandidate, partId: '37501-CV000' },
  }),
  supplier: defineQuery({
    file: 'root-causes/path-to-supplier.cypher', mode: 'READ', params: z.object({ ...ofCandidate, supplierId: text, component: text }), row: reportChain,
    sample: { ...sampleCandidate, supplierId: 'S-100', component: 'battery-pack' },
  }),
  release: defineQuery({
    file: 'root-causes/path-to-release.cypher', mode: 'READ', params: z.object({ ...ofCandidate, releaseId: text }), row: reportChain,
    sample: { ...sampleCandidate, releaseId: 'BMS@1.2.0' },
  }),
  cars: defineQuery({
    file: 'root-causes/path-to-cars.cypher', mode: 'READ', params: z.object({ ...ofCandidate, ...cars }), row: reportChain,
    sample: { ...sampleCandidate, ...sampleCars },
  }),
  factors: defineQuery({
    file: 'root-causes/path-to-factors.cypher', mode: 'READ', params: z.object({ ...ofCandidate, factors: z.array(factor) }), row: reportChain,
    sample: { ...sampleCandidate, factors: sampleFactors },
  }),
} as const

/** What else an analysis cites. */
export const evidenceQueries = {
  carsOnFactors: defineQuery({
    file: 'root-causes/cars-on-factors.cypher',
    mode: 'READ',
    params: z.object({
      ...ofAnalysis, cutOff: text, factors: z.array(factor), models: texts.nullable(), modelYears: z.array(z.int()).nullable(),
      regions: texts.nullable(), builtFrom: maybe, builtTo: maybe,
    }),
    row: z.strictObject({ vehicles: z.int(), affected: z.int() }),
    sample: {
      ...sampleAnalysis, cutOff: '2022-10-01T00:00:00.000Z', factors: sampleFactors, models: ['ev6'], modelYears: [2022], regions: ['us-ca'],
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
  pathThroughCase: defineQuery({
    file: 'root-causes/path-through-case.cypher',
    mode: 'READ',
    params: z.object({ candidateId: text, caseId: text }),
    row: z.strictObject(chain),
    sample: { candidateId: 'ANA-1:1', caseId: 'C-1' },
  }),
} as const
