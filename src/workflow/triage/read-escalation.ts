import type { TriageContextStore } from '../../graph/ports/triage-context.ts'
import type { Vocabulary } from '../../vocabulary/index.ts'
import type { CarContacts, ClassActivity } from './escalation.ts'
import type { ReadReport } from './read-report.ts'
import type { EscalationRules } from './triage-rules.ts'

export type EscalationReaders = {
  triageContext: TriageContextStore
  vocabulary: Pick<Vocabulary, 'components' | 'isWithin'>
  escalationRules: EscalationRules
}

const dayMs = 86_400_000
const daysBefore = (instant: string, days: number): string => new Date(Date.parse(instant) - days * dayMs).toISOString()

/** A component with what is above and below it: the same part named more or less exactly. */
const relatedComponents = (component: string, { components, isWithin }: EscalationReaders['vocabulary']): string[] =>
  [...components.keys()].filter(key => isWithin(key, component) || (isWithin(component, key) && components.get(key)?.parent !== null))

/** Earlier contacts and repairs of the car; null where neither car nor person is known. */
export const readCarContacts = async (
  { triageContext, vocabulary, escalationRules: { contacts, repeatRepair } }: EscalationReaders,
  { subject: { feedbackId, vehicleId, receivedAt }, filedUnder }: ReadReport,
): Promise<CarContacts | null> => {
  if (vehicleId === null && feedbackId === null) return null
  const [earlier, repairs] = await Promise.all([
    triageContext.contactsOfCar({ feedbackId, vehicleId, from: daysBefore(receivedAt, contacts.days), to: receivedAt }),
    vehicleId === null || filedUnder === null
      ? []
      : triageContext.repairsOfCar({ vehicleId, from: daysBefore(receivedAt, repeatRepair.days), to: receivedAt }),
  ])
  const related = new Set(filedUnder?.component ? relatedComponents(filedUnder.component, vocabulary) : [])
  const isSame = ({ symptoms, components }: { symptoms: string[]; components: string[] }): boolean =>
    components.some(key => related.has(key)) || (components.length === 0 && symptoms.includes(filedUnder?.symptom ?? ''))
  return {
    contacts: earlier.length,
    unanswered: earlier.filter(({ answered }) => !answered).length,
    repairs: repairs.filter(isSame).map(({ repairOrderId }) => repairOrderId),
  }
}

/** Other cars of the model that tell the same; null where the report is filed under no class. */
export const readClassActivity = async (
  { triageContext, vocabulary, escalationRules: { collective } }: EscalationReaders,
  { subject: { feedbackId, vehicleId, model, receivedAt }, filedUnder }: ReadReport,
): Promise<ClassActivity | null> => {
  if (filedUnder === null || (filedUnder.component === null && filedUnder.symptom === null)) return null
  const recentFrom = daysBefore(receivedAt, collective.days)
  const { firstAt, recentCars, earlierCars } = await triageContext.classActivity({
    symptom: filedUnder.symptom,
    components: filedUnder.component === null ? null : relatedComponents(filedUnder.component, vocabulary),
    model,
    vehicleId,
    feedbackId,
    from: daysBefore(recentFrom, collective.baselineDays),
    recentFrom,
    to: receivedAt,
  })
  const observedDays = firstAt === null ? 0 : Math.max(0, (Date.parse(recentFrom) - Date.parse(firstAt)) / dayMs)
  return { recentCars, earlierCars, observedDays }
}
