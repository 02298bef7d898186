import { z } from 'zod'
import { caseKinds } from '../../domain/case.ts'
import { defineQuery } from '../define-query.ts'
import { keyKinds } from '../ports/case-store.ts'

const filter = { asOf: z.string().nullable(), kinds: z.array(z.string()).nullable(), k: z.int().min(1).max(2_000) }
const unfiltered = { asOf: null, kinds: null, k: 5 }

export const readCaseWatermark = defineQuery({
  file: 'retrieval/read-case-watermark.cypher',
  mode: 'READ',
  params: z.object({}),
  row: z.strictObject({ cases: z.number(), versions: z.number(), unembedded: z.number(), confirmationsChangedAt: z.string() }),
  sample: {},
})

export const listCaseVersions = defineQuery({
  file: 'retrieval/list-case-versions.cypher',
  mode: 'READ',
  params: z.object({}),
  row: z.strictObject({ caseId: z.string(), contentSha256: z.string(), embeddingModel: z.string(), confirmations: z.array(z.string()) }),
  sample: {},
  trusted: true,
})

const text = z.string().nullable()

export const readCases = defineQuery({
  file: 'retrieval/read-cases.cypher',
  mode: 'READ',
  params: z.object({ caseIds: z.array(z.string()) }),
  row: z.strictObject({
    caseId: z.string(), contentSha256: z.string(), kind: z.enum(caseKinds).nullable(), title: z.string(),
    openedAt: text, closedAt: text, receivedAt: text, text: z.string(),
    symptom: text, failureMode: text, failureEffect: text, rootCause: text,
    components: z.array(z.string()), mentionedComponents: z.array(z.string()), symptoms: z.array(z.string()), dtcs: z.array(z.string()),
    affected: z.array(z.tuple([text, text, text])),
    parts: z.array(z.string()), lots: z.array(z.string()), releases: z.array(z.string()), causes: z.array(z.string()), failureModes: z.array(z.string()),
    confirmed: z.array(z.strictObject({
      feedbackId: z.string(), confirmedAt: z.string(), text: z.string(), textSha256: z.string(),
      embeddingModel: text, embedding: z.array(z.number()).nullable(),
    })),
    embeddingModel: text, embedding: z.array(z.number()).nullable(),
  }),
  sample: { caseIds: ['C-1'] },
  trusted: true,
})

const action = z.strictObject({ actionType: z.string(), text, effectiveFrom: text })

export const readCaseDetails = defineQuery({
  file: 'retrieval/read-case-details.cypher',
  mode: 'READ',
  params: z.object({ caseIds: z.array(z.string()) }),
  row: z.strictObject({
    caseId: z.string(), kind: z.enum(caseKinds).nullable(), title: z.string(), openedAt: text, closedAt: text, text: z.string(),
    symptom: text, failureMode: text, failureEffect: text, rootCause: text, containment: z.array(action), corrective: z.array(action),
  }),
  sample: { caseIds: ['8D-2021-044'] },
})

export const sampleBackground = defineQuery({
  file: 'retrieval/sample-background.cypher',
  mode: 'READ',
  params: z.object({ embeddingModel: z.string().nullable(), k: z.int().min(1).max(2_000) }),
  row: z.strictObject({
    feedbackId: z.string(), text: z.string(), embedding: z.array(z.number()).nullable(),
    components: z.array(z.string()), symptoms: z.array(z.string()), dtcs: z.array(z.string()),
  }),
  sample: { embeddingModel: null, k: 5 },
  trusted: true,
})

export const readKeyLinks = defineQuery({
  file: 'retrieval/read-key-links.cypher',
  mode: 'READ',
  params: z.object({}),
  row: z.strictObject({ fromKind: z.enum(keyKinds), fromId: z.string(), toKind: z.enum(keyKinds), toId: z.string() }),
  sample: {},
  trusted: true,
})

export const readCarKeys = defineQuery({
  file: 'retrieval/read-car-keys.cypher',
  mode: 'READ',
  params: z.object({ vehicleId: z.string(), at: z.string() }),
  row: z.strictObject({ parts: z.array(z.string()), lots: z.array(z.string()), suppliers: z.array(z.string()), releases: z.array(z.string()) }),
  sample: { vehicleId: 'veh_00000000000000000000000000000001', at: '2022-09-01T00:00:00.000Z' },
})

const luceneRow = z.strictObject({ caseId: z.string(), luceneScore: z.number() })

export const findCasesByEnglishText = defineQuery({
  file: 'retrieval/find-cases-by-english-text.cypher',
  mode: 'READ',
  params: z.object({ query: z.string().min(1), ...filter }),
  row: luceneRow,
  sample: { query: 'charging stops', ...unfiltered },
})

export const findCasesByCjkText = defineQuery({
  file: 'retrieval/find-cases-by-cjk-text.cypher',
  mode: 'READ',
  params: z.object({ query: z.string().min(1), ...filter }),
  row: luceneRow,
  sample: { query: '充电', ...unfiltered },
})

export const findCasesByVector = defineQuery({
  file: 'retrieval/find-cases-by-vector.cypher',
  mode: 'READ',
  params: z.object({ embedding: z.array(z.number()), embeddingModel: z.string(), fetch: z.int().min(1).max(20_000), ...filter }),
  row: z.strictObject({ caseId: z.string(), cosineSimilarity: z.number() }),
  sample: { embedding: [1, ...new Array<number>(383).fill(0)], embeddingModel: 'multilingual-e5-small/fp32', fetch: 20, ...unfiltered },
})

export const findCasesByKeys = defineQuery({
  file: 'retrieval/find-cases-by-keys.cypher',
  mode: 'READ',
  params: z.object({ components: z.array(z.string()), symptoms: z.array(z.string()), dtcs: z.array(z.string()), ...filter }),
  row: z.strictObject({ caseId: z.string(), keyScore: z.number() }),
  sample: { components: ['traction-battery'], symptoms: ['charging-stops'], dtcs: ['P0AA6'], ...unfiltered },
})
