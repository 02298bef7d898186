import type { GraphClient } from '../ports.ts'
import type { CollectiveStore, ReportDetail } from '../ports/collective.ts'
import { collectiveQueries } from './collective-queries.ts'

/** Reports whose details are read in one statement. */
const chunkSize = 1_000
/** Cars of which the shared lots are looked at; a hint does not need them all. */
const mostCars = 2_000

/** Reads what a collective view needs beside the reports from the graph. */
export const createCollectiveStore = ({ client }: { client: GraphClient }): CollectiveStore => ({
  async reportDetails(ids, asOf) {
    const details: ReportDetail[] = []
    for (let from = 0; from < ids.length; from += chunkSize)
      details.push(...(await client.all(collectiveQueries.readReports, { ids: ids.slice(from, from + chunkSize), asOf })))
    return details
  },
  async carsOfModels(models, asOf) {
    return (await client.one(collectiveQueries.countCarsOfModels, { models: models.slice(0, 200), day: asOf.slice(0, 10) })).cars
  },
  sharedLots: (vehicleIds, components, asOf) =>
    client.all(collectiveQueries.lotsShared, { vehicleIds: vehicleIds.slice(0, mostCars), components: [...components], day: asOf.slice(0, 10) }),
  sharedSoftware: (vehicleIds, asOf) => client.all(collectiveQueries.softwareShared, { vehicleIds: vehicleIds.slice(0, mostCars), at: asOf }),
})
