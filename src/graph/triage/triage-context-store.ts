import { gathered } from '../../gathered.ts'
import type { GraphClient } from '../ports.ts'
import type { TriageContextStore } from '../ports/triage-context.ts'
import { triageContextQueries } from './triage-context-queries.ts'

type Questions = { [K in 'contactsOfCar' | 'repairsOfCar' | 'classActivity']: Parameters<TriageContextStore[K]>[0] }
type Answers = { [K in keyof Questions]: Awaited<ReturnType<TriageContextStore[K]>> }
type Asked<K extends keyof Questions = keyof Questions> = { [Kind in K]: { kind: Kind; question: Questions[Kind] } }[K]

/** Reads what surrounds a report at its triage from the graph; what is asked at one time, of one report or of several, shares a statement. */
export const createTriageContextStore = ({ client }: { client: GraphClient }): TriageContextStore => {
  const ask = gathered<Asked, Answers[keyof Answers]>({ answer: asked => readSurroundings(client, asked) })
  const read = async <K extends keyof Questions>(kind: K, question: Questions[K]): Promise<Answers[K]> => (await ask({ kind, question } as Asked)) as Answers[K]
  return {
    contactsOfCar: question => read('contactsOfCar', question),
    repairsOfCar: question => read('repairsOfCar', question),
    classActivity: question => read('classActivity', question),
    markResponded: answer => client.maybeOne(triageContextQueries.markResponded, answer),
  }
}

const readSurroundings = async (client: GraphClient, asked: readonly Asked[]): Promise<Answers[keyof Answers][]> => {
  const of = <K extends keyof Questions>(kind: K): (Questions[K] & { at: number })[] =>
    asked.flatMap((one, at) => (one.kind === kind ? [{ ...(one.question as Questions[K]), at }] : []))
  const activities = of('classActivity').map(({ model, components, ...rest }) => ({ ...rest, model: model?.trim().toLowerCase() ?? null, components: components && [...components] }))
  const questions = {
    contacts: of('contactsOfCar'),
    repairs: of('repairsOfCar'),
    bySymptomOfModel: activities.flatMap(({ symptom, model, ...rest }) => (symptom === null || model === null ? [] : [{ ...rest, symptom, model }])),
    bySymptom: activities.flatMap(({ symptom, model, ...rest }) => (symptom === null || model !== null ? [] : [{ ...rest, symptom }])),
    byComponent: activities.flatMap(({ symptom, components, ...rest }) => (symptom === null ? [{ ...rest, components: components ?? [] }] : [])),
  }
  const found = await client.one(triageContextQueries.surroundings, { questions })
  const answers: Answers[keyof Answers][] = []
  for (const { at, contacts } of found.contacts) answers[at] = contacts
  for (const { at, repairs } of found.repairs) answers[at] = repairs
  for (const { at, ...activity } of [...found.bySymptom, ...found.byComponent]) answers[at] = activity
  return answers
}
