import { toMinute, type Minute } from '../../analysis/projection.ts'
import { FishboneError } from '../../domain/error.ts'
import { endOfAsOf } from '../../domain/instant.ts'
import type { AnalysisPopulation } from '../../domain/root-cause-analysis.ts'
import type { PopulationCondition } from '../../graph/ports/root-causes.ts'

/** What an analysis may know, and where its exposure ends. */
export type AnalysisFrame = {
  /** As asked, else the instant of the newest report. */
  asOf: string
  /** Records received later are not seen. */
  knownUntil: string
  cutOff: Minute
  /** Cars' histories are taken as they were known then; null: as they are known now. */
  historyAsOf: string | null
}

/**
 * Where time ends for an analysis. Exposure ends with the newest report: months in which nothing was loaded are not months without a claim.
 *
 * @param newestReceipt when the newest report was received; null where there is none.
 * @throws FB_INVALID for an asOf in the future.
 */
export const frameOf = (asked: string | undefined, now: Date, newestReceipt: string | null): AnalysisFrame => {
  const isFuture = asked !== undefined && (asked.length === 10 ? asked > now.toISOString().slice(0, 10) : Date.parse(asked) > now.getTime())
  if (isFuture) throw new FishboneError('FB_INVALID', `asOf ${asked} lies in the future`, { details: { errors: [{ pointer: '/asOf', message: 'lies in the future' }] } })
  const limit = asked === undefined ? now.toISOString() : endOfAsOf(asked)
  const end = newestReceipt === null || newestReceipt > limit ? limit : newestReceipt
  return { asOf: asked ?? end, knownUntil: limit, cutOff: toMinute(end, 0) + 1, historyAsOf: asked === undefined ? null : limit }
}

export const instantOf = (minute: Minute): string => new Date(minute * 60_000).toISOString()

/** The population as the statement reads it that counts cars at risk. */
export const populationCondition = (population: AnalysisPopulation | undefined): PopulationCondition => ({
  models: population?.models?.map(name => name.toLowerCase()) ?? null,
  modelYears: population?.modelYears ?? null,
  regions: population?.regions?.map(name => name.toLowerCase()) ?? null,
  builtFrom: population?.builtFrom ?? null,
  builtTo: population?.builtTo ?? null,
})
