import type { GraphClient } from '../ports.ts'
import type { EvidenceStore } from '../ports/evidence.ts'
import { evidenceQueries } from './evidence-queries.ts'

/** Reads what owners, codes and workshops say of cars, and keeps what was found of it beside the owner's words. */
export const createEvidenceStore = ({ client }: { client: GraphClient }): EvidenceStore => ({
  listCarsToWeigh: question => client.one(evidenceQueries.listCarsToWeigh, question),
  readEvidence: vehicleIds => client.all(evidenceQueries.readEvidence, { vehicleIds: [...vehicleIds] }),
  async writeCorrections(rows) {
    if (rows.length > 0) await client.all(evidenceQueries.writeCorrections, { rows: [...rows] })
  },
  async markWeighed(mark) {
    if (mark.vehicleIds.length > 0) await client.all(evidenceQueries.markWeighed, mark)
  },
})
