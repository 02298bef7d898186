import { failureRateByMonths } from '../analysis/failure-rate.ts'
import type { FailureRate, FailureRateQuery } from '../domain/failure-rate.ts'
import type { FleetStore } from '../graph/ports/fleet.ts'
import type { RootCauseStore } from '../graph/ports/root-causes.ts'
import type { FleetProjection } from './fleet-projection.ts'
import { frameOf } from './root-causes/analysis-frame.ts'
import { toReports } from './root-causes/class-events-counted.ts'
import { populationMask } from './root-causes/population-mask.ts'
import { expandClass, resolveClass, type SubjectVocabulary } from './root-causes/subject-class.ts'

export type ReadFailureRate = (query: FailureRateQuery, options?: { signal?: AbortSignal }) => Promise<FailureRate>

/**
 * Events per 1,000 cars by months in service, of one symptom class and population. Time ends with the newest report, as for an analysis.
 *
 * @throws FB_NO_SUBJECT for no class or a name that is not known; FB_INVALID for an asOf in the future or a population without cars.
 */
export const createReadFailureRate = (dependencies: {
  fleetProjection: Pick<FleetProjection, 'current' | 'asKnown'>
  fleetStore: Pick<FleetStore, 'classReports'>
  store: Pick<RootCauseStore, 'newestReceipt'>
  vocabulary: SubjectVocabulary
  now: () => Date
}): ReadFailureRate =>
  async ({ component, symptom, model, modelYear, region, asOf }, { signal } = {}) => {
    const { fleetProjection, fleetStore, store, vocabulary, now } = dependencies
    const asked = resolveClass({ component, symptom }, vocabulary)
    const frame = frameOf(asOf, now(), await store.newestReceipt())
    const options = signal ? { signal } : {}
    const { projection } = frame.historyAsOf === null ? await fleetProjection.current(options) : { projection: await fleetProjection.asKnown(frame.historyAsOf, options) }
    const mask = populationMask(projection, { ...(model !== undefined && { models: [model] }), ...(modelYear !== undefined && { modelYears: [modelYear] }), ...(region !== undefined && { regions: [region] }) })
    const { reports } = toReports(await fleetStore.classReports({ ...expandClass(asked, vocabulary), asOf: frame.knownUntil }), projection)
    const counted = failureRateByMonths({ projection, mask, cutOff: frame.cutOff }, reports)
    return { ...asked, model: model ?? null, modelYear: modelYear ?? null, region: region ?? null, asOf: frame.asOf, ...counted }
  }
