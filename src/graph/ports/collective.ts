/** One report of a problem with what tells it apart; `sameAs` are other reports that it repeats. */
export type ReportDetail = {
  id: string
  channel: string
  region: string | null
  model: string | null
  modelYear: number | null
  odometerKm: number | null
  soldOn: string | null
  at: string
  text: string
  sameAs: string[]
}

export type SharedLevel = { level: string; carsReporting: number; carsCarrying: number }

/** What a collective view reads beside the reports themselves. */
export type CollectiveStore = {
  reportDetails(ids: readonly string[], asOf: string): Promise<ReportDetail[]>
  /** Known cars of these models sold by the day of the instant. */
  carsOfModels(models: readonly string[], asOf: string): Promise<number>
  /** Lots of the components that the cars carried, most shared first; supplier null where the lot does not tell. */
  sharedLots(vehicleIds: readonly string[], components: readonly string[], asOf: string): Promise<(SharedLevel & { supplier: string | null })[]>
  sharedSoftware(vehicleIds: readonly string[], asOf: string): Promise<SharedLevel[]>
}
