import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import { clockNames, type ClockName } from '../../domain/issue-clock.ts'
import type { EventType } from '../../domain/webhook.ts'
import { eventTypes } from '../../domain/webhook.ts'
import { defineQuery } from '../define-query.ts'
import type { GraphTransaction } from '../ports.ts'

export const recordEvent = defineQuery({
  file: 'webhooks/record-event.cypher',
  mode: 'WRITE',
  params: z.object({ events: z.array(z.object({ id: z.string(), type: z.enum(eventTypes), subject: z.string(), at: z.string().min(20), clock: z.enum(clockNames).nullable() })) }),
  row: z.strictObject({ deliveries: z.int() }),
  sample: { events: [{ id: 'EVT-none', type: 'issue.opened', subject: 'ISS-none', at: '2023-01-09T06:12:46.000Z', clock: null }] },
})

/** What changed, by its id; what the event tells is read when it is first sent. `clock`: which of its issue's two it tells of. */
export type ChangeEvent = { type: EventType; subject: string; at: string; clock?: ClockName }

/** Several changes of one transaction, in the order in which they happened; see `emitEvent`. */
export const emitEvents = async (tx: Pick<GraphTransaction, 'one'>, events: readonly ChangeEvent[]): Promise<void> => {
  if (events.length > 0) await tx.one(recordEvent, { events: events.map(event => ({ id: `EVT-${randomUUID()}`, clock: null, ...event })) })
}

/**
 * Says, in the transaction of a change, that it is to be told to whoever listens. Call it once the change holds the lock of its subject: the
 * order of events of one subject is the order in which they were said.
 */
export const emitEvent = (tx: Pick<GraphTransaction, 'one'>, event: ChangeEvent): Promise<void> => emitEvents(tx, [event])
