import { z } from 'zod'
import { Instant } from './instant.ts'

/** Import contract, kind `software-installs`. Only `success` changes what the car runs. */
export const SoftwareInstall = z.object({
  vin: z.string(),
  module: z.string().trim().min(1).max(200),
  version: z.string().trim().min(1).max(200),
  installedAt: Instant,
  channel: z.enum(['ota', 'workshop', 'factory']).nullish(),
  result: z.enum(['success', 'failed', 'rolled-back']).nullish(),
  receivedAt: Instant.nullish(),
})
export type SoftwareInstall = z.infer<typeof SoftwareInstall>
