import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { createRankingThreads } from '../analysis/worker/ranking-threads.ts'
import { fishboneVersion } from '../cli/version.ts'
import { createActionStore } from '../graph/actions/action-store.ts'
import { createAlertStore } from '../graph/alerts/alert-store.ts'
import { createFleetStore } from '../graph/analysis/fleet-store.ts'
import { createRootCauseStore } from '../graph/root-causes/root-cause-store.ts'
import { memo } from '../memo.ts'
import type { SearchCases } from '../retrieval/index.ts'
import { readWording } from '../vocabulary-files.ts'
import { createActionEfficacy } from '../workflow/action-efficacy.ts'
import { createEarlyWarningPerformance } from '../workflow/early-warning-performance.ts'
import { createResolveStreams } from '../workflow/early-warning-streams.ts'
import { createDecideAlert, createScanEarlyWarning } from '../workflow/early-warning.ts'
import { createReadFailureRate } from '../workflow/failure-rate.ts'
import { createFleetProjection } from '../workflow/fleet-projection.ts'
import { createAlertReader } from '../workflow/read-alerts.ts'
import { createProjectionFile } from '../workflow/projection-file.ts'
import { createAnalyzeRootCauses } from '../workflow/root-causes/analyze-root-causes.ts'
import { frameOf } from '../workflow/root-causes/analysis-frame.ts'
import { createPrepareAnalysis } from '../workflow/root-causes/prepare-analysis.ts'
import { createReadAnalysis } from '../workflow/root-causes/read-analysis.ts'
import { parseWording } from '../workflow/root-causes/wording.ts'
import type { ScanRequest } from '../domain/early-warning-scan.ts'
import type { Foundation } from './foundation.ts'

/** Statistics over the fleet: root causes, early warning, effect of actions. */
export const createAnalysisParts = (foundation: Foundation, { search }: { search: () => Promise<SearchCases> }) => {
  const { config, logger, now, language, privacy, graph, vehicleLookUp } = foundation
  const fleetStore = memo(async () => createFleetStore({ client: await graph() }))
  const fleetProjection = memo(async () =>
    createFleetProjection({
      fleetStore: await fleetStore(),
      file: createProjectionFile({ path: join(config.dataDir, 'analysis', 'projection.bin'), log: logger }),
      log: logger,
    }),
  )
  const ranking = memo(() => createRankingThreads({ onFallback: reason => logger.warn({ err: reason }, 'no worker thread starts here: analyses run in the main thread') }))
  const rootCauses = memo(async () => {
    const [client, { linker, vocabulary }, { redactor }, fleets, fleet, searchCases, threads] = await Promise.all([
      graph(), language(), privacy(), fleetProjection(), fleetStore(), search(), ranking(),
    ])
    const causeStore = createRootCauseStore({ client })
    return {
      analyzeRootCauses: createAnalyzeRootCauses({
        fleetProjection: fleets, fleetStore: fleet, store: causeStore, linker, vocabulary, searchCases, now,
        wording: parseWording(readWording('root-causes')),
        redact: text => redactor.redact(text).text,
        runRanking: threads.rank,
        version: fishboneVersion(),
        newId: () => `ANA-${randomUUID()}`,
      }),
      readAnalysis: createReadAnalysis({ store: causeStore }),
      prepareAnalysis: createPrepareAnalysis({
        vocabulary, link: text => linker.link(text), redact: text => redactor.redact(text).text, issueClass: id => causeStore.issueClass(id),
        vehicleOfVin: await vehicleLookUp(), now,
      }),
      readFailureRate: createReadFailureRate({ fleetProjection: fleets, fleetStore: fleet, store: causeStore, vocabulary, now }),
    }
  })
  const earlyWarning = memo(async () => {
    const [client, { vocabulary }, fleets, fleet] = await Promise.all([graph(), language(), fleetProjection(), fleetStore()])
    const alertStore = createAlertStore({ client })
    const resolveStreams = createResolveStreams(vocabulary)
    return {
      scan: createScanEarlyWarning({
        fleetProjection: fleets, fleetStore: fleet, store: alertStore, serviceLevel: config.sla, isWithin: vocabulary.isWithin,
        engineVersion: fishboneVersion(), now,
      }),
      decideAlert: createDecideAlert({ store: alertStore, now }),
      performance: createEarlyWarningPerformance({ store: alertStore }),
      resolveStreams,
      alerts: createAlertReader({ store: alertStore }),
      /** @throws FB_INVALID for an asOf in the future, FB_NO_SUBJECT for a stream nobody knows. */
      checkScan: ({ asOf, streams }: ScanRequest) => new Promise<void>(resolve => {
        frameOf(asOf, now(), null)
        for (const { component, symptom } of streams ?? []) resolveStreams({ ...(component !== undefined && { component }), ...(symptom !== undefined && { symptom }) })
        resolve()
      }),
    }
  })
  const actionEfficacy = memo(async () => {
    const [client, { vocabulary }, fleets, fleet] = await Promise.all([graph(), language(), fleetProjection(), fleetStore()])
    return createActionEfficacy({ actionStore: createActionStore({ client }), fleetProjection: fleets, fleetStore: fleet, store: createRootCauseStore({ client }), vocabulary, now })
  })

  const close = async () => (await ranking.made())?.close()

  return { fleetStore, fleetProjection, rootCauses, earlyWarning, actionEfficacy, close }
}
