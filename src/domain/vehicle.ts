import { z } from 'zod'
import { Day } from './instant.ts'

/** A lot fitted at the factory. `component` is a vocabulary key or a free string. */
export const BuiltPart = z.object({
  component: z.string().trim().min(1).max(200),
  position: z.string().trim().min(1).max(100).nullish(),
  partNo: z.string().trim().min(1).max(200),
  lot: z.string().trim().min(1).max(200).nullish(),
  supplier: z.string().trim().min(1).max(200).nullish(),
  serial: z.string().trim().min(1).max(200).nullish(),
  builtOn: Day.nullish(),
  condition: z.enum(['new', 'remanufactured', 'used']).nullish(),
})
export type BuiltPart = z.infer<typeof BuiltPart>

export const ModuleVersion = z.object({
  module: z.string().trim().min(1).max(200),
  version: z.string().trim().min(1).max(200),
})
export type ModuleVersion = z.infer<typeof ModuleVersion>

/** Import contract, kind `vehicles`. The VIN's shape is checked apart, so that the message can say what is wrong with it. */
export const Vehicle = z.object({
  vin: z.string(),
  model: z.string().trim().min(1).max(200),
  builtOn: Day,
  make: z.string().trim().min(1).max(200).nullish(),
  modelYear: z.int().min(1900).max(2100).nullish(),
  trim: z.string().trim().min(1).max(200).nullish(),
  plant: z.string().trim().min(1).max(200).nullish(),
  soldOn: Day.nullish(),
  shippedOn: Day.nullish(),
  deliveredOn: Day.nullish(),
  market: z.string().trim().min(1).max(200).nullish(),
  options: z.array(z.string().trim().min(1).max(200)).max(500).nullish(),
  personRef: z.string().trim().min(1).max(200).nullish(),
  parts: z.array(BuiltPart).max(2_000).nullish(),
  software: z.array(ModuleVersion).max(500).nullish(),
})
export type Vehicle = z.infer<typeof Vehicle>
