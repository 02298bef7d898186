import { z } from 'zod'
import { Instant } from './instant.ts'

/** One fault code of a snapshot; `status` is the ISO 14229 status byte, 0–255. */
export const RecordedDtc = z.object({
  code: z.string().trim().min(1).max(20),
  failureType: z.string().trim().regex(/^[0-9A-Fa-f]{2}$/).nullish(),
  status: z.int().min(0).max(255).nullish(),
  ecu: z.string().trim().min(1).max(100).nullish(),
})
export type RecordedDtc = z.infer<typeof RecordedDtc>

/** Import contract, kind `telemetry-snapshots`. A signal's unit comes from the signal dictionary. */
export const TelemetrySnapshot = z.object({
  snapshotId: z.string().trim().min(1).max(200),
  capturedAt: Instant,
  vin: z.string().nullish(),
  trigger: z.enum(['voice-feedback', 'dtc', 'periodic', 'sos', 'workshop']).nullish(),
  receivedAt: Instant.nullish(),
  odometerKm: z.number().nullish(),
  ambientC: z.number().nullish(),
  software: z.record(z.string().min(1).max(200), z.string().min(1).max(200)).nullish(),
  dtcs: z.array(RecordedDtc).max(1_000).nullish(),
  signals: z.record(z.string().min(1).max(200), z.union([z.number(), z.boolean(), z.string().max(2_000)])).nullish(),
})
export type TelemetrySnapshot = z.infer<typeof TelemetrySnapshot>
