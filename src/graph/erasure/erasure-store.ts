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
      const feedback = await tx.one(erasureQueries.eraseFeedback, { feedbackIds, at })
      const cars = await tx.one(erasureQueries.eraseVehicles, { vehicleIds })
      const answers = await tx.one(erasureQueries.forgetAnswers, { needles })
      return {
        feedback: feedback.feedback, earlierVersions: feedback.versions, vehicles: cars.vehicles, sealedVins: cars.vins, repairOrders: cars.repairs,
        answers: answers.answers, jobs: answers.jobs,
      }
    }),
})
