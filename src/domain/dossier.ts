import { z } from 'zod'
import { InstantOrDay } from './instant.ts'
import { NamedDtc } from './finding.ts'
import { HazardFinding, Severity, Triage } from './triage.ts'

const maybe = z.string().nullable()

/** What is asked of one car: its VIN or pseudonym, and the instant (a day: its end, UTC); without one, now. */
export const DossierRequest = z.object({ vinOrId: z.string().trim().min(1).max(200), at: InstantOrDay.optional() })
export type DossierRequest = z.infer<typeof DossierRequest>

/** A lot in the car at the instant, since when, and the repair order that put it in (null: as built). */
export const CarriedLot = z.object({
  component: z.string(), position: maybe, partNo: z.string(), lot: maybe, supplier: maybe, serial: maybe, condition: maybe, since: z.string(), source: maybe,
})
export type CarriedLot = z.infer<typeof CarriedLot>

export const RunningSoftware = z.object({ module: z.string(), version: z.string(), since: z.string(), channel: maybe, observed: z.boolean() })
export type RunningSoftware = z.infer<typeof RunningSoftware>

/** What a triage says of the report itself; what it says of other records may be younger than the instant asked about and is left out. */
export const ReportedTriage = Triage.pick({
  qualityIssue: true, qualityReason: true, language: true, findings: true, components: true, symptoms: true, department: true, sentiment: true,
}).extend({ severity: Severity.nullable(), hazards: z.array(HazardFinding) })
export type ReportedTriage = z.infer<typeof ReportedTriage>

export const DossierFeedback = z.object({
  feedbackId: z.string(), channel: z.string(), occurredAt: z.string(), receivedAt: z.string(), text: z.string(), odometerKm: z.number().nullable(),
  rating: z.number().nullable(), crash: z.boolean().nullable(), fire: z.boolean().nullable(), injuries: z.number().nullable(),
  /** As it is now: when an answer was given is not recorded. */
  responded: z.boolean(),
  issueId: maybe, triage: ReportedTriage,
})
export const DossierSnapshot = z.object({
  snapshotId: z.string(), capturedAt: z.string(), receivedAt: z.string(), trigger: maybe, odometerKm: z.number().nullable(), ambientC: z.number().nullable(),
  dtcs: z.array(NamedDtc),
})
export const DossierRepair = z.object({
  repairOrderId: z.string(), openedAt: z.string(), closedAt: maybe, receivedAt: z.string(), serviceCenter: maybe, odometerKm: z.number().nullable(),
  complaint: maybe, cause: maybe, correction: maybe, result: maybe, warranty: z.boolean().nullable(),
  partsReplaced: z.array(z.record(z.string(), z.unknown())),
})
/** An issue the car's feedback raised. `state` is null where the question is about the past, which states do not tell. */
export const DossierIssue = z.object({
  issueId: z.string(), state: maybe, component: maybe, symptom: maybe, model: maybe, openedAt: z.string(), feedbackIds: z.array(z.string()),
})
/** An alert that was open at the instant: of one of the car's issues, or over a part of the fleet the car belongs to. */
export const DossierAlert = z.object({
  alertId: z.string(), component: maybe, symptom: maybe, cell: z.object({ dimension: z.string(), level: z.string() }), firstAlarmAt: z.string(), reason: z.string(),
})

/** A past case whose affected list covers the car, with what covers it. */
export const Campaign = z.object({
  caseId: z.string(), kind: maybe, title: z.string(), openedAt: maybe, closedAt: maybe, component: maybe, rootCause: maybe,
  reasons: z.array(z.object({ by: z.enum(['make', 'model', 'model-year', 'part', 'lot', 'software']), level: z.string() })),
  actions: z.array(z.object({ kind: z.enum(['ICA', 'PCA']), actionType: z.string(), text: maybe })),
  /** The repair order that names the case and was finished, null while there is none. */
  doneBy: maybe,
})
export type Campaign = z.infer<typeof Campaign>

/** One car as it was, and as it was known, at an instant; newest records first. */
export const VehicleDossier = z.object({
  vehicleId: z.string(),
  /** Only for a caller who may see it. */
  vin: maybe,
  at: z.string(),
  vehicle: z.object({
    known: z.boolean(), make: maybe, model: maybe, modelYear: z.number().nullable(), trim: maybe, plant: maybe, builtOn: maybe, soldOn: maybe, region: maybe,
    options: z.array(z.string()), monthsInService: z.number().nullable(),
  }),
  parts: z.array(CarriedLot),
  software: z.array(RunningSoftware),
  feedback: z.array(DossierFeedback),
  snapshots: z.array(DossierSnapshot),
  repairs: z.array(DossierRepair),
  issues: z.array(DossierIssue),
  alerts: z.array(DossierAlert),
  openCampaigns: z.array(Campaign),
  doneCampaigns: z.array(Campaign),
})
export type VehicleDossier = z.infer<typeof VehicleDossier>
