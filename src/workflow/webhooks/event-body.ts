import type { ClockName } from '../../domain/issue-clock.ts'
import type { CloudEvent, EventType } from '../../domain/webhook.ts'

/**
 * Keys that hold what people wrote or who they are. A receiver that may know it reads it with a key of its own: what was sent cannot be erased.
 */
const personal = new Set(['text', 'note', 'personRef', 'vin', 'vehicleId', 'owner', 'quotes', 'snippet', 'odometerKm'])
/** Of suggestions the text is ours; quotes are not. */
const ofPeople = new Set(['personRef', 'vin', 'vehicleId', 'quotes', 'snippet'])

/** A copy without personal data: what people wrote, who they are and which car is theirs is null. */
export const withoutPersonal = (value: unknown, hidden: ReadonlySet<string> = personal): unknown => {
  if (Array.isArray(value)) return value.map(one => withoutPersonal(one, hidden))
  if (value === null || typeof value !== 'object') return value
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => {
      if (key === 'quotes' && hidden.has(key)) return [key, []]
      if (hidden.has(key) && (typeof inner !== 'object' || inner === null)) return [key, null]
      return [key, withoutPersonal(inner, key === 'suggestions' ? ofPeople : hidden)]
    }),
  )
}

/** What the matching GET returns of a subject; null where it is gone. */
export type ReadSubject = (type: EventType, subject: string) => Promise<unknown>

type Envelope = { id: string; type: EventType; subject: string; time: string; source: string; clock: ClockName | null }

/** Body of an event, a CloudEvent in JSON. `data` is null where the subject is gone; the clock stands beside it, so that it is what the GET returns. */
export const eventBody = ({ id, type, subject, time, source, clock }: Envelope, data: unknown): string => {
  const hidden = type === 'suggestion.created' || type === 'suggestion.decided' ? ofPeople : personal
  const event: CloudEvent = { specversion: '1.0', id, source, type, subject, time, ...(clock !== null && { clock }), datacontenttype: 'application/json', data: withoutPersonal(data, hidden) ?? null }
  return JSON.stringify(event)
}
