import type { CollectiveRequest, CollectiveView, Spread } from '../../domain/collective-view.ts'
import { endOfAsOf } from '../../domain/instant.ts'
import type { AnalysisSubject } from '../../domain/root-cause-analysis.ts'
import { FishboneError } from '../../domain/error.ts'
import type { CollectiveStore } from '../../graph/ports/collective.ts'
import type { FleetStore } from '../../graph/ports/fleet.ts'
import type { SearchCases } from '../../retrieval/index.ts'
import { expandClass, resolveSubject } from '../root-causes/subject-class.ts'
import type { SubjectDependencies } from '../root-causes/subject-class.ts'
import { distinctReports } from './distinct-reports.ts'
import type { DistinctReport } from './distinct-reports.ts'
import { growthOf } from './growth.ts'

/**
 * Who else has a problem, since when, and how fast it grows, as known at an instant.
 *
 * @throws FB_NOT_FOUND for an issue that is not there; FB_NO_SUBJECT where nothing recognisable is named; FB_GRAPH_UNAVAILABLE
 */
export type ReadCollectiveView = (request: CollectiveRequest, options?: { signal?: AbortSignal }) => Promise<CollectiveView>

export type CollectiveServices = SubjectDependencies & {
  fleet: Pick<FleetStore, 'classReports'>
  store: CollectiveStore
  issueModel: (issueId: string) => Promise<string | null>
  searchCases: SearchCases
  now: () => Date
}

const firstShown = 3
const similarShown = 3
const levelsShown = 20
/** Levels that fewer cars share are chance as likely as not. */
const fewestShared = 2

export const createReadCollectiveView =
  (services: CollectiveServices): ReadCollectiveView =>
  async (request, { signal } = {}) => {
    const asOf = request.asOf === undefined ? services.now().toISOString() : endOfAsOf(request.asOf)
    const subject = await resolveSubject(subjectOf(request), services)
    const model = request.model ?? (subject.issueId === null ? null : await services.issueModel(subject.issueId))
    const sides = expandClass(subject, services.vocabulary)
    const reports = await services.fleet.classReports({ ...sides, asOf })
    const details = await services.store.reportDetails(reports.map(({ recordId }) => recordId), asOf)
    const ofModel = new Map(details.filter(detail => model === null || detail.model?.toLowerCase() === model.toLowerCase()).map(detail => [detail.id, detail]))
    const { events, excludedDuplicates } = distinctReports(reports.filter(({ recordId }) => ofModel.has(recordId)), ofModel)
    const vehicleIds = [...new Set(events.flatMap(({ report }) => report.vehicleId ?? []))]
    const { component, symptom, issueId } = subject
    const [perThousandCars, shared, similar] = await Promise.all([
      rateOf(services.store, events, vehicleIds, asOf),
      sharedLevels(services.store, vehicleIds, sides.components, asOf),
      services.searchCases({
        ...(component && { components: [component] }), ...(symptom && { symptoms: [symptom] }), ...(subject.text && { text: subject.text }),
        ...(model && { vehicle: { model } }), asOf, limit: similarShown,
      }, { signal }),
    ])
    return {
      subject: { component, symptom, model, issueId },
      asOf,
      reports: events.length,
      excludedDuplicates,
      vehicles: vehicleIds.length,
      withoutVehicle: events.filter(({ report }) => report.vehicleId === null).length,
      since: events[0]?.report.at ?? null,
      first: events.slice(0, firstShown).map(({ report: { recordId, at, receivedAt, vehicleId }, detail: { channel, text } }) => ({ recordId, at, receivedAt, channel, vehicleId, text })),
      by: {
        channel: levelsOf(events, ({ channel }) => channel),
        region: levelsOf(events, ({ region }) => region),
        model: levelsOf(events, detail => detail.model),
        modelYear: levelsOf(events, ({ modelYear }) => modelYear?.toString() ?? null),
      },
      odometerKm: spreadOf(events.flatMap(({ detail }) => detail.odometerKm ?? [])),
      monthsInService: spreadOf(events.flatMap(({ detail: { soldOn, at } }) => (soldOn === null ? [] : [Math.max(0, monthsBetween(soldOn, at))]))),
      growth: growthOf(events.map(({ report }) => report.receivedAt), asOf),
      perThousandCars,
      shared,
      analyzeWith: commandOf({ component, symptom, model, issueId }),
      similarCases: similar.items.map(({ caseId, title, score, rootCause }) => ({ caseId, title, score, rootCause })),
    }
  }

const subjectOf = ({ issueId, component, symptom, text }: CollectiveRequest): AnalysisSubject => {
  if (issueId !== undefined) return { issueId }
  if (text !== undefined) return { text }
  if (component === undefined && symptom === undefined) throw new FishboneError('FB_NO_SUBJECT', 'say which issue, component, symptom or text')
  return { component: component ?? null, symptom: symptom ?? null }
}

const monthsBetween = (from: string, to: string): number => (Date.parse(to) - Date.parse(from)) / 86_400_000 / 30.4375

const levelsOf = (events: readonly DistinctReport[], levelOf: (detail: DistinctReport['detail']) => string | null): CollectiveView['by']['channel'] => {
  const counts = new Map<string, number>()
  for (const { detail } of events) counts.set(levelOf(detail) ?? 'unknown', (counts.get(levelOf(detail) ?? 'unknown') ?? 0) + 1)
  return [...counts].map(([level, reports]) => ({ level, reports })).sort((a, b) => b.reports - a.reports || (a.level < b.level ? -1 : 1)).slice(0, levelsShown)
}

/** Quartiles by linear interpolation between order statistics (type 7). */
const spreadOf = (values: readonly number[]): Spread | null => {
  if (values.length === 0) return null
  const sorted = values.toSorted((a, b) => a - b)
  const quantile = (share: number): number => {
    const at = (sorted.length - 1) * share
    const below = sorted[Math.floor(at)] as number
    const above = sorted[Math.ceil(at)] as number
    return Math.round((below + (above - below) * (at - Math.floor(at))) * 10) / 10
  }
  return { known: sorted.length, min: quantile(0), p25: quantile(0.25), median: quantile(0.5), p75: quantile(0.75), max: quantile(1) }
}

const rateOf = async (store: CollectiveStore, events: readonly DistinctReport[], vehicleIds: readonly string[], asOf: string): Promise<CollectiveView['perThousandCars']> => {
  const models = [...new Set(events.flatMap(({ report, detail }) => (report.vehicleId !== null && detail.model !== null ? [detail.model] : [])))]
  const cars = models.length === 0 ? 0 : await store.carsOfModels(models, asOf)
  return cars === 0 ? null : { cars, vehiclesReporting: vehicleIds.length, rate: Number(((1_000 * vehicleIds.length) / cars).toPrecision(3)) }
}

const sharedLevels = async (store: CollectiveStore, vehicleIds: readonly string[], components: readonly string[] | null, asOf: string): Promise<CollectiveView['shared']> => {
  if (vehicleIds.length < fewestShared) return []
  // Without a component every lot of the cars would be named, and what all cars share says nothing.
  const [lots, software] = await Promise.all([components === null ? [] : store.sharedLots(vehicleIds, components, asOf), store.sharedSoftware(vehicleIds, asOf)])
  const named = (dimension: CollectiveView['shared'][number]['dimension']) => (level: { level: string; supplier?: string | null; carsReporting: number; carsCarrying: number }) => ({
    dimension, level: level.level, supplier: level.supplier ?? null, carsReporting: level.carsReporting, carsCarrying: level.carsCarrying,
    perThousand: Number(((1_000 * level.carsReporting) / Math.max(1, level.carsCarrying)).toPrecision(3)),
  })
  return [...lots.map(named('lot')), ...software.map(named('software'))]
    .filter(({ carsReporting }) => carsReporting >= fewestShared)
    .sort((a, b) => b.perThousand - a.perThousand || (a.level < b.level ? -1 : 1))
    .slice(0, levelsShown / 2)
}

const quoted = (word: string): string => (/^[A-Za-z0-9._:-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`)

const commandOf = ({ component, symptom, model, issueId }: CollectiveView['subject']): string => {
  const of = issueId !== null
    ? [`--issue ${quoted(issueId)}`]
    : [component !== null && `--component ${quoted(component)}`, symptom !== null && `--symptom ${quoted(symptom)}`].filter(part => part !== false)
  return ['fishbone analyze', ...of, ...(model === null ? [] : [`--model ${quoted(model)}`])].join(' ')
}
