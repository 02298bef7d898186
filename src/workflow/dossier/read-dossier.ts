import type { DossierRequest, ReportedTriage, VehicleDossier } from '../../domain/dossier.ts'
import { buildWeekOf } from '../../domain/dimension.ts'
import { FishboneError } from '../../domain/error.ts'
import { endOfAsOf } from '../../domain/instant.ts'
import { Triage } from '../../domain/triage.ts'
import { checkVin } from '../../domain/vin.ts'
import type { Alert } from '../../domain/alert.ts'
import type { AlertStore } from '../../graph/ports/alerts.ts'
import type { DossierStore, KnownFeedback, KnownVehicle } from '../../graph/ports/dossier.ts'
import { nameDtcs } from '../named-dtcs.ts'
import type { ReadReport } from '../triage/read-report.ts'
import type { TriageSubject } from '../triage/triage-subject.ts'
import { coveringCampaigns, targetsOf } from './covering-campaigns.ts'

/**
 * One car as it was, and as it was known, at an instant: nothing that was received later appears.
 *
 * @param caller.maySeeVin the VIN is in the answer only where this is true; who looked is recorded by the caller.
 * @throws FB_NOT_FOUND
 * @throws FB_GRAPH_UNAVAILABLE
 */
export type ReadDossier = (request: DossierRequest, caller: { maySeeVin: boolean }) => Promise<VehicleDossier>

export type DossierServices = {
  store: DossierStore
  alerts: Pick<AlertStore, 'list'>
  dtcMeanings: (codes: readonly string[], maker: string | null) => Promise<Map<string, string>>
  /** Reads a report that was never triaged, with words and rules alone. */
  readReport: (subject: TriageSubject) => ReadReport
  vins: { pseudonymOf: (vin: string) => string; open: (sealed: string) => string }
  now: () => Date
}

export const createReadDossier =
  (services: DossierServices): ReadDossier =>
  async ({ vinOrId, at: asked }, { maySeeVin }) => {
    const at = asked === undefined ? services.now().toISOString() : endOfAsOf(asked)
    const known = await services.store.vehicleAsKnown(vehicleIdOf(vinOrId, services.vins), at)
    if (known === null) throw new FishboneError('FB_NOT_FOUND', 'there is no such car')
    const [cases, meanings, alerts] = await Promise.all([
      services.store.casesAffecting(targetsOf(known), at),
      services.dtcMeanings([...new Set(known.snapshots.flatMap(({ codes }) => codes.map(({ code }) => code)))], known.vehicle.make),
      services.alerts.list(),
    ])
    const campaigns = coveringCampaigns(cases, known)
    const isPast = asked !== undefined && at < services.now().toISOString()
    return {
      vehicleId: known.vehicleId,
      vin: maySeeVin && known.vinSealed !== null ? services.vins.open(known.vinSealed) : null,
      at,
      vehicle: { ...known.vehicle, monthsInService: monthsBetween(known.vehicle.soldOn, at) },
      parts: known.parts,
      software: known.software,
      feedback: known.feedback.map(feedback => feedbackOf(feedback, known, services.readReport)),
      snapshots: known.snapshots.map(({ codes, ...snapshot }) => ({ ...snapshot, dtcs: nameDtcs(codes, meanings) })),
      repairs: known.repairs.map(({ text: _text, ...order }) => order),
      issues: known.issues.map(({ alertIds: _alertIds, state, ...issue }) => ({ ...issue, state: isPast ? null : state })),
      alerts: alertsOver(alerts, known, at),
      openCampaigns: campaigns.filter(({ doneBy }) => doneBy === null),
      doneCampaigns: campaigns.filter(({ doneBy }) => doneBy !== null),
    }
  }

/** A VIN is looked up by its pseudonym; anything else is taken for a pseudonym. */
const vehicleIdOf = (vinOrId: string, vins: DossierServices['vins']): string => {
  const checked = checkVin(vinOrId)
  return checked.ok ? vins.pseudonymOf(checked.vin) : vinOrId
}

const daysAMonth = 30.4375

/** Months from the day of sale; null for a car that is not sold yet at the instant. */
const monthsBetween = (soldOn: string | null, at: string): number | null =>
  soldOn === null ? null : Math.round(((Date.parse(at) - Date.parse(soldOn)) / 86_400_000 / daysAMonth) * 10) / 10

const feedbackOf = (
  { storedTriage, codes, language, sos, ...feedback }: KnownFeedback,
  { vehicleId, vehicle }: KnownVehicle,
  readReport: DossierServices['readReport'],
): VehicleDossier['feedback'][number] => {
  const { make, model, modelYear } = vehicle
  const stored = storedTriage === null ? undefined : Triage.safeParse(JSON.parse(storedTriage)).data
  const triage = stored ? reported(stored) : reportedBy(readReport({
    ...feedback, language, vehicleId, make, model, modelYear, recordedDtcs: codes,
    flags: { crash: feedback.crash, fire: feedback.fire, injuries: feedback.injuries, sos },
  }))
  return { ...feedback, triage }
}

const reported = ({ qualityIssue, qualityReason, language, findings, components, symptoms, department, sentiment, severity, hazards }: Triage): ReportedTriage =>
  ({ qualityIssue, qualityReason, language, findings, components, symptoms, department, sentiment, severity, hazards })

const reportedBy = ({ assessment: { severity, hazards, qualityIssue }, boundary, links, department, sentiment }: ReadReport): ReportedTriage => ({
  qualityIssue, qualityReason: boundary.reason, language: links.language, findings: links.findings, components: links.components, symptoms: links.symptoms,
  department, sentiment, severity, hazards,
})

/** Alerts open at the instant that are over one of the car's issues, or over a part of the fleet it belongs to. */
const alertsOver = (alerts: readonly Alert[], known: KnownVehicle, at: string): VehicleDossier['alerts'] => {
  const ofIssues = new Set(known.issues.flatMap(({ alertIds }) => alertIds))
  return alerts
    .filter(({ firstAlarmAt, closedAt }) => firstAlarmAt <= at && (closedAt === null || closedAt > at))
    .flatMap(alert => {
      const reason = ofIssues.has(alert.alertId) ? 'the car reported it' : isInCell(alert, known) ? `the car is of ${alert.cell.dimension} ${alert.cell.level}` : null
      const { alertId, component, symptom, cell, firstAlarmAt } = alert
      return reason === null ? [] : [{ alertId, component, symptom, cell, firstAlarmAt, reason }]
    })
}

const isInCell = ({ cell: { dimension, level }, model, window }: Alert, { vehicle, parts }: KnownVehicle): boolean => {
  if (model !== null && model.toLowerCase() !== vehicle.model?.toLowerCase()) return false
  // A window of build weeks; months of receipt say nothing about one car.
  if (window.from.includes('-W') && !isBuiltWithin(vehicle.builtOn, window)) return false
  if (dimension === 'plant') return level === vehicle.plant
  if (dimension === 'model') return level.toLowerCase() === vehicle.model?.toLowerCase()
  if (dimension === 'model-year') return level === String(vehicle.modelYear)
  if (dimension === 'supplier') return parts.some(({ component, supplier }) => supplier !== null && level === `${component}/${supplier}`)
  return model !== null
}

const isBuiltWithin = (builtOn: string | null, { from, to }: { from: string; to: string }): boolean => {
  const week = builtOn === null ? null : buildWeekOf(builtOn)
  return week !== null && from <= week && week <= to
}
