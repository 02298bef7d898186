import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import type { EventType } from '../../domain/webhook.ts'
import { eventTypes } from '../../domain/webhook.ts'
import { defineQuery } from '../define-query.ts'
import type { GraphTransaction } from '../ports.ts'

export const recordEvent = defineQuery({
  file: 'webhooks/record-event.cypher',
  mode: 'WRITE',
  params: z.object({ eventId: z.string(), type: z.enum(eventTypes), subject: z.string(), at: z.string().min(20) }),
  row: z.strictObject({ deliveries: z.int() }),
  sample: { eventId: 'EVT-none', type: 'issue.opened', subject: 'ISS-none', at: '2023-01-09T06:12:46.000Z' },
})

/**
 * Says, in the transaction of a change, that it is to be told to whoever listens. Call it once the change holds the lock of its subject: the
 * order of events of one subject is the order in which they were said.
 *
 * @param event.subject id of what changed; what the event tells is read when it is first sent.
 */
export const emitEvent = async (tx: Pick<GraphTransaction, 'one'>, { type, subject, at }: { type: EventType; subject: string; at: string }): Promise<void> => {
  await tx.one(recordEvent, { eventId: `EVT-${randomUUID()}`, type, subject, at })
}
