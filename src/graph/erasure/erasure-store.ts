import type { GraphClient } from '../ports.ts'
import type { ErasureStore, ToldRecord } from '../ports/erasure.ts'
import { erasureQueries } from './erasure-queries.ts'

/** Erasure in the graph. */
export const createErasureStore = ({ client }: { client: GraphClient }): ErasureStore => ({
  ofPerson: reference => client.one(erasureQueries.ofPerson, { reference }),
  ofVehicle: vehicleId => client.maybeOne(erasureQueries.ofVehicle, { vehicleId }),
  words: feedbackIds => client.all(erasureQueries.words, { feedbackIds: [...feedbackIds] }),
  async sealedVins(vehicleIds) {
    const found = await Promise.all(vehicleIds.map(vehicleId => client.maybeOne(erasureQueries.ofVehicle, { vehicleId })))
    return found.flatMap(one => one?.vinSealed ?? [])
  },
  erase: ({ feedbackIds, vehicleIds, needles, at }, withoutWords) =>
    client.write(async tx => {
      const told = (await tx.all(erasureQueries.told, { feedbackIds })).filter((row): row is ToldRecord => row.content !== null)
      if (told.length > 0) await tx.one(erasureQueries.writeTold, { rows: withoutWords(told) })
      const { versions } = await tx.one(erasureQueries.deleteVersions, { feedbackIds, vehicleIds })
      await tx.all(erasureQueries.deleteClauses, { feedbackIds })
      await tx.all(erasureQueries.touchCases, { feedbackIds, at })
      const { feedback } = await tx.one(erasureQueries.eraseFeedback, { feedbackIds })
      const { vehicles, vins } = await tx.one(erasureQueries.eraseVehicles, { vehicleIds })
      const { repairs } = await tx.one(erasureQueries.eraseRepairs, { vehicleIds })
      const { answers } = await tx.one(erasureQueries.forgetAnswers, { needles })
      const { jobs } = await tx.one(erasureQueries.forgetJobs, { needles })
      await tx.all(erasureQueries.forgetBodies, { needles })
      return { feedback, earlierVersions: versions, vehicles, sealedVins: vins, repairOrders: repairs, answers, jobs }
    }),
})
