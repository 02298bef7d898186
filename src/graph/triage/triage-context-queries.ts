import { z } from 'zod'
import { defineQuery } from '../define-query.ts'

const instant = z.string().min(20)
const maybe = z.string().nullable()
/** Place in the list asked; the answer carries it back. */
const at = z.int().min(0)
const activityParams = {
  at, vehicleId: maybe, feedbackId: maybe, from: instant, recentFrom: instant, to: instant,
}
const activityRow = z.object({ at, firstAt: maybe, recentCars: z.int().min(0), earlierCars: z.int().min(0) })
const activitySample = {
  at: 0, vehicleId: null, feedbackId: 'hotline:none', from: '2022-10-01T00:00:00.000Z', recentFrom: '2022-12-26T00:00:00.000Z',
  to: '2023-01-09T06:12:46.000Z',
}

/** Statements that read what surrounds a report at its triage. */
export const triageContextQueries = {
  surroundings: defineQuery({
    file: 'triage/surroundings.cypher',
    mode: 'READ',
    params: z.object({
      questions: z.object({
        contacts: z.array(z.object({ at, feedbackId: maybe, vehicleId: maybe, from: instant, to: instant })),
        repairs: z.array(z.object({ at, vehicleId: z.string(), from: instant, to: instant })),
        bySymptomOfModel: z.array(z.object({ symptom: z.string(), model: z.string(), components: z.array(z.string()).nullable(), ...activityParams })),
        bySymptom: z.array(z.object({ symptom: z.string(), components: z.array(z.string()).nullable(), ...activityParams })),
        byComponent: z.array(z.object({ model: maybe, components: z.array(z.string()), ...activityParams })),
      }),
    }),
    row: z.strictObject({
      contacts: z.array(z.object({ at, contacts: z.array(z.object({ feedbackId: z.string(), answered: z.boolean() })) })),
      repairs: z.array(z.object({ at, repairs: z.array(z.object({ repairOrderId: z.string(), symptoms: z.array(z.string()), components: z.array(z.string()) })) })),
      bySymptom: z.array(activityRow),
      byComponent: z.array(activityRow),
    }),
    sample: {
      questions: {
        contacts: [{ at: 0, feedbackId: 'app:F-1', vehicleId: 'veh_00000000000000000000000000000001', from: '2022-08-20T00:00:00.000Z', to: '2022-09-02T00:00:00.000Z' }],
        repairs: [{ at: 1, vehicleId: 'veh_none', from: '2022-08-20T00:00:00.000Z', to: '2022-10-02T00:00:00.000Z' }],
        bySymptomOfModel: [{ symptom: 'loss-of-power', model: 'es8', components: ['battery-pack'], ...activitySample }],
        bySymptom: [{ symptom: 'loss-of-power', components: ['battery-pack'], ...activitySample }],
        byComponent: [{ model: 'es8', components: ['battery-pack'], ...activitySample }],
      },
    },
  }),
  markResponded: defineQuery({
    file: 'triage/mark-responded.cypher',
    mode: 'WRITE',
    params: z.object({ feedbackId: z.string(), responded: z.boolean(), at: instant }),
    row: z.strictObject({ feedbackId: z.string(), responded: z.boolean(), respondedAt: maybe }),
    sample: { feedbackId: 'app:F-1', responded: true, at: '2022-09-02T00:00:00.000Z' },
  }),
} as const
