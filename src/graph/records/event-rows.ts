import { z } from 'zod'

const text = z.string()
const maybe = text.nullable()
const maybeNumber = z.number().nullable()
const maybeFlag = z.boolean().nullable()
const maybeList = z.array(text).nullable()

// The properties of each event node that come from its record. The same list is written, read back and kept of a superseded content.

const storedFeedback = z.object({
  channel: text, sourceId: text, text: text, language: text, occurredAt: text, receivedAt: text, vehicleId: maybe, make: maybe,
  model: maybe, modelYear: maybeNumber, odometerKm: maybeNumber, region: maybe, rating: maybeNumber, crash: maybeFlag, fire: maybeFlag,
  injuries: maybeNumber, sos: maybeFlag, responded: maybeFlag, personRef: maybe, snapshotId: maybe, vinInvalid: maybeFlag,
  dataQuality: maybeList,
})

const storedSnapshot = z.object({
  snapshotId: text, capturedAt: text, receivedAt: text, vehicleId: maybe, trigger: maybe, odometerKm: maybeNumber, ambientC: maybeNumber,
  software: maybe, signals: maybe, dtcs: maybe, vinInvalid: maybeFlag, dataQuality: maybeList,
})

const storedInstall = z.object({
  module: text, version: text, installedAt: text, receivedAt: text, vehicleId: maybe, channel: maybe, result: maybe,
  vinInvalid: maybeFlag, dataQuality: maybeList,
})

const storedRepair = z.object({
  repairOrderId: text, openedAt: text, closedAt: maybe, receivedAt: text, vehicleId: maybe, odometerKm: maybeNumber,
  serviceCenter: maybe, complaint: maybe, cause: maybe, correction: maybe, text: text, language: text, laborOperations: maybe,
  partsReplaced: maybe, dtcs: maybe, softwareBefore: maybe, softwareAfter: maybe, result: maybe, warranty: maybeFlag, feedbackId: maybe,
  vinInvalid: maybeFlag, dataQuality: maybeList,
})

const storedCase = z.object({
  caseId: text, kind: maybe, title: text, openedAt: maybe, closedAt: maybe, receivedAt: maybe, language: text, component: maybe,
  symptom: maybe, failureMode: maybe, failureEffect: maybe, rootCause: maybe, escapePoint: maybe, affected: maybe, verification: maybe,
  containment: maybe, corrective: maybe, text: text, dataQuality: maybeList,
})

const event = { id: text, contentSha256: text, vehicleId: maybe }
const recorded = z.array(z.object({ code: text, failureType: maybe, status: maybeNumber, ecu: maybe }))
const lots = z.array(z.object({ lotId: text, component: text, position: maybe }))
const keys = z.array(text)

/** What each `write-….cypher` reads of a prepared record. */
export const eventRows = {
  feedback: z.object({ ...event, stored: storedFeedback, matchText: text, bands: maybe, gather: z.boolean(), arrives: z.boolean().optional(), textSha256: text, snapshotNodeId: maybe, mentions: keys }),
  'telemetry-snapshots': z.object({ ...event, stored: storedSnapshot, recorded }),
  'software-installs': z.object({ ...event, stored: storedInstall, releaseId: text }),
  'repair-orders': z.object({
    ...event, stored: storedRepair, matchText: text, serviceCenterId: maybe, removed: lots, installed: lots, recorded,
  }),
  cases: z.object({
    ...event, stored: storedCase, matchText: text, textSha256: text, symptoms: keys, components: keys, mentions: keys,
    actions: z.array(z.object({ id: text, kind: z.enum(['ICA', 'PCA']), actionType: text, text: maybe, effectiveFrom: maybe })),
    affectedModelYears: keys, affectedParts: keys, affectedLots: keys, affectedReleases: keys,
  }),
} as const

export const storedContents = {
  feedback: storedFeedback,
  'telemetry-snapshots': storedSnapshot,
  'software-installs': storedInstall,
  'repair-orders': storedRepair,
  cases: storedCase,
} as const
