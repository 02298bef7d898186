import { gathered } from '../../gathered.ts'
import type { GraphClient } from '../ports.ts'
import type { TriageContextStore } from '../ports/triage-context.ts'
import { triageContextQueries } from './triage-context-queries.ts'

type Ask<K extends keyof TriageContextStore> = Parameters<TriageContextStore[K]>[0]
type Activity = Awaited<ReturnType<TriageContextStore['classActivity']>>

/** Rows carry the place of their question; every statement answers each question with one row. */
const byPlace = <R extends { at: number }>(rows: readonly R[]): R[] => {
  const placed: R[] = []
  for (const row of rows) placed[row.at] = row
  return placed
}
const placed = <Q extends object>(questions: readonly Q[]): (Q & { at: number })[] => questions.map((question, at) => ({ ...question, at }))

const withoutPlace = ({ at: _at, ...activity }: Activity & { at: number }): Activity => activity

/** Reads what surrounds a report at its triage from the graph; reports that are triaged at the same time share a statement. */
export const createTriageContextStore = ({ client }: { client: GraphClient }): TriageContextStore => {
  const contactsOfCar = gathered({
    answer: async (cars: readonly Ask<'contactsOfCar'>[]) =>
      byPlace(await client.all(triageContextQueries.contactsOfCar, { asked: placed(cars) })).map(({ contacts }) => contacts),
  })
  const repairsOfCar = gathered({
    answer: async (cars: readonly Ask<'repairsOfCar'>[]) =>
      byPlace(await client.all(triageContextQueries.repairsOfCar, { asked: placed(cars) })).map(({ repairs }) => repairs),
  })
  const bySymptom = gathered({
    answer: async (asked: readonly (Ask<'classActivity'> & { symptom: string })[]): Promise<Activity[]> =>
      byPlace(await client.all(triageContextQueries.activityBySymptom, { asked: placed(asked).map(one => ({ ...one, components: one.components && [...one.components] })) })).map(withoutPlace),
  })
  const byComponent = gathered({
    answer: async (asked: readonly Ask<'classActivity'>[]): Promise<Activity[]> =>
      byPlace(await client.all(triageContextQueries.activityByComponent, { asked: placed(asked).map(one => ({ ...one, components: [...(one.components ?? [])] })) })).map(withoutPlace),
  })
  return {
    contactsOfCar,
    repairsOfCar,
    markResponded: answer => client.maybeOne(triageContextQueries.markResponded, answer),
    classActivity({ symptom, model, ...rest }) {
      const question = { ...rest, model: model?.trim().toLowerCase() ?? null }
      return symptom !== null ? bySymptom({ ...question, symptom }) : byComponent({ ...question, symptom })
    },
  }
}
