import type { GraphClient } from '../ports.ts'
import type { TriageContextStore } from '../ports/triage-context.ts'
import { triageContextQueries } from './triage-context-queries.ts'

/** Reads what surrounds a report at its triage from the graph. */
export const createTriageContextStore = ({ client }: { client: GraphClient }): TriageContextStore => ({
  contactsOfCar: car => client.all(triageContextQueries.contactsOfCar, car),
  repairsOfCar: car => client.all(triageContextQueries.repairsOfCar, car),
  markResponded: answer => client.maybeOne(triageContextQueries.markResponded, answer),
  async classActivity({ symptom, components, model, ...rest }) {
    const question = { ...rest, model: model?.trim().toLowerCase() ?? null }
    if (symptom !== null)
      return client.one(triageContextQueries.activityBySymptom, { ...question, symptom, components: components && [...components] })
    return client.one(triageContextQueries.activityByComponent, { ...question, components: [...(components ?? [])] })
  },
})
