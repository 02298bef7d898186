import type { Campaign, VehicleDossier } from '../domain/dossier.ts'
import type { PrintOptions } from './print-triage.ts'
import { cut, padTo } from './terminal.ts'

const day = (instant: string | null): string => instant?.slice(0, 10) ?? '—'

const section = (title: string, lines: readonly string[], { paint }: PrintOptions): string[] =>
  lines.length === 0 ? [] : ['', paint.bold(title), ...lines.map(line => `  ${line}`)]

const partLine = ({ component, position, partNo, lot, supplier, since, source }: VehicleDossier['parts'][number]): string =>
  `${padTo(`${component}${position ? ` (${position})` : ''}`, 34)} ${partNo} / ${lot ?? 'lot unknown'}${supplier ? `, ${supplier}` : ''}, since ${day(since)}${source ? ` by ${source}` : ' as built'}`

const feedbackLines = ({ receivedAt, channel, text, triage, issueId }: VehicleDossier['feedback'][number], { paint, columns }: PrintOptions): string[] => {
  const subject = triage.qualityIssue
    ? [...triage.components.map(({ key }) => key), ...triage.symptoms.map(({ key }) => key)].join(', ') || 'nothing recognised'
    : `no quality issue: ${triage.qualityReason ?? ''}`
  const level = triage.severity === null ? '' : ` severity ${triage.severity.level}`
  return [`${day(receivedAt)} ${padTo(channel, 12)} ${subject}${level}${issueId ? ` ${paint.cyan(issueId)}` : ''}`, `           ${paint.dim(cut(text.replaceAll(/\s+/g, ' '), columns - 14))}`]
}

const snapshotLine = ({ capturedAt, dtcs }: VehicleDossier['snapshots'][number], { columns }: PrintOptions): string =>
  cut(`${day(capturedAt)} ${dtcs.map(({ code, failureType, confirmed, meaning }) => `${code}${failureType ? `-${failureType}` : ''}${confirmed ? ' confirmed' : ''}${meaning ? ` ${meaning}` : ''}`).join('; ') || 'no fault code'}`, columns - 2)

const repairLine = ({ repairOrderId, closedAt, openedAt, cause, correction, result }: VehicleDossier['repairs'][number], { columns }: PrintOptions): string =>
  cut(`${day(closedAt ?? openedAt)} ${repairOrderId} ${result ?? (closedAt === null ? 'not closed' : '')} ${[cause, correction].filter(Boolean).join(' → ')}`, columns - 2)

const campaignLine = ({ caseId, title, reasons, doneBy }: Campaign, { paint, columns }: PrintOptions): string =>
  cut(`${paint.cyan(caseId)} ${title}  ${paint.dim(`because of ${reasons.map(({ by, level }) => `${by} ${level}`).join(', ')}${doneBy ? `; done by ${doneBy}` : ''}`)}`, columns - 2)

/** A dossier for a person at a terminal. */
export const printDossier = (dossier: VehicleDossier, options: PrintOptions): string => {
  const { paint } = options
  const { make, model, modelYear, trim, plant, builtOn, soldOn, region, monthsInService, known } = dossier.vehicle
  const built = [plant && `plant ${plant}`, builtOn && `built ${builtOn}`, soldOn && `sold ${soldOn}`, region, monthsInService !== null && `${monthsInService} months in service`]
  return [
    paint.bold(`${[make, model, modelYear, trim].filter(Boolean).join(' ') || 'Car'}  ${dossier.vehicleId}${dossier.vin ? `  ${dossier.vin}` : ''}`),
    `as of ${dossier.at}${known ? '' : '  (no master record of this car)'}`,
    built.filter(Boolean).join(', '),
    ...section('Open campaigns', dossier.openCampaigns.map(one => campaignLine(one, options)), options),
    ...section('Done campaigns', dossier.doneCampaigns.map(one => campaignLine(one, options)), options),
    ...section('Feedback', dossier.feedback.flatMap(one => feedbackLines(one, options)), options),
    ...section('Fault codes recorded', dossier.snapshots.map(one => snapshotLine(one, options)), options),
    ...section('Repairs', dossier.repairs.map(one => repairLine(one, options)), options),
    ...section('Issues', dossier.issues.map(({ issueId, state, component, symptom, openedAt }) => `${day(openedAt)} ${paint.cyan(issueId)} ${component ?? '—'} / ${symptom ?? '—'}${state ? `  ${state}` : ''}`), options),
    ...section('Alerts', dossier.alerts.map(({ alertId, component, symptom, firstAlarmAt, reason }) => `${day(firstAlarmAt)} ${alertId} ${component ?? '—'} / ${symptom ?? '—'}: ${reason}`), options),
    ...section('Software', dossier.software.map(({ module, version, since, observed }) => `${padTo(module, 20)} ${version}, since ${day(since)}${observed ? ' (seen in a snapshot)' : ''}`), options),
    ...section('Parts', dossier.parts.map(partLine), options),
  ].join('\n')
}
