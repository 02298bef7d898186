import { z } from 'zod'
import { defineQuery } from '../define-query.ts'

const instant = z.string().min(20)
const nullableText = z.string().nullable()

export const readArrived = defineQuery({
  file: 'workflow/read-arrived.cypher',
  mode: 'READ',
  params: z.object({ feedbackIds: z.array(z.string()) }),
  row: z.strictObject({
    feedbackId: z.string(),
    feedbackSha256: z.string(),
    text: z.string(),
    language: nullableText,
    channel: nullableText,
    occurredAt: nullableText,
    receivedAt: z.string(),
    vehicleId: nullableText,
    rating: z.number().nullable(),
    make: nullableText,
    model: nullableText,
    modelYear: z.int().nullable(),
    crash: z.boolean().nullable(),
    fire: z.boolean().nullable(),
    injuries: z.number().nullable(),
    sos: z.boolean().nullable(),
    region: nullableText,
    odometerKm: z.number().nullable(),
    personRef: nullableText,
    recordedDtcs: z.array(z.object({ code: z.string(), failureType: nullableText, status: z.int().nullable() })),
    mentioned: z.array(z.string()),
    findings: z.array(z.object({ component: nullableText, symptom: nullableText, confidence: z.number() })),
    embedding: z.array(z.number()).nullable(),
    embeddingModel: nullableText,
  }),
  sample: { feedbackIds: ['hotline:none'] },
})

export const readVehicleModel = defineQuery({
  file: 'workflow/vehicle-model.cypher',
  mode: 'READ',
  params: z.object({ vehicleId: z.string() }),
  row: z.strictObject({ make: nullableText, model: nullableText, modelYear: z.int().nullable() }),
  sample: { vehicleId: 'veh_none' },
})

export const readDtcMeanings = defineQuery({
  file: 'workflow/dtc-meanings.cypher',
  mode: 'READ',
  params: z.object({ codes: z.array(z.string()).max(2_000), maker: nullableText }),
  row: z.strictObject({ code: z.string(), meaning: z.string() }),
  sample: { codes: ['P0AA6'], maker: 'KIA' },
})

export const readStoredTriage = defineQuery({
  file: 'workflow/stored-triage.cypher',
  mode: 'READ',
  params: z.object({ feedbackIds: z.array(z.string()) }),
  row: z.strictObject({ feedbackId: z.string(), content: z.string(), feedbackSha256: z.string(), issueId: nullableText }),
  sample: { feedbackIds: ['hotline:none'] },
})

export const storeTriages = defineQuery({
  file: 'workflow/store-triage.cypher',
  mode: 'WRITE',
  params: z.object({
    triages: z.array(z.object({
      feedbackId: z.string(), feedbackSha256: z.string(), content: z.string(), vocabularyVersion: z.string(), qualityIssue: z.boolean(),
      severity: z.int().min(1).max(10).nullable(), hazards: z.array(z.string()), component: nullableText, symptom: nullableText, model: nullableText,
    })),
    at: instant,
  }),
  row: z.strictObject({ feedbackId: z.string() }),
  sample: {
    triages: [{
      feedbackId: 'hotline:none', feedbackSha256: '0', content: '{}', vocabularyVersion: '0', qualityIssue: true, severity: 5, hazards: [],
      component: 'traction-battery', symptom: 'charging-stops', model: 'es8',
    }],
    at: '2023-01-09T06:12:46.000Z',
  },
})
