import type { ActionRecurrence } from '../../domain/action-efficacy.ts'
import type { GraphClient } from '../ports.ts'
import type { ActionStore } from '../ports/actions.ts'
import { actionQueries } from './action-queries.ts'

/** Actions of past cases, and the findings of the recurrence watch, in the graph behind a client. */
export const createActionStore = ({ client }: { client: GraphClient }): ActionStore => ({
  actions: question => client.all(actionQueries.listActions, question),
  keepRecurrences: recurrences =>
    client.write(async tx => {
      const fresh: ActionRecurrence[] = []
      for (const recurrence of recurrences) if ((await tx.one(actionQueries.keepRecurrence, recurrence)).isNew) fresh.push(recurrence)
      return fresh
    }),
  unannouncedRecurrences: limit => client.all(actionQueries.listUnannouncedRecurrences, { limit }),
})
