/** Hours from `receivedAt` to the first response and to the containment; every day counts. */
export type ServiceLevel = { firstResponseHours: number; resolutionHours: number }

const hourMs = 3_600_000

/** Instants by which an issue is to be answered and contained. */
export const dueInstants = (receivedAt: string, { firstResponseHours, resolutionHours }: ServiceLevel) => ({
  firstResponseAt: new Date(Date.parse(receivedAt) + firstResponseHours * hourMs).toISOString(),
  resolutionAt: new Date(Date.parse(receivedAt) + resolutionHours * hourMs).toISOString(),
})
