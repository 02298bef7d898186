import { createApiKeys } from './api/api-keys.ts'
import type { ApiServices } from './api/build-app.ts'
import { loadApiKeys } from './api/key-file.ts'
import { createAnalysisParts } from './composition/analysis.ts'
import { createArrivalParts } from './composition/arrival.ts'
import { createBackgroundParts } from './composition/background.ts'
import { createFoundation } from './composition/foundation.ts'
import type { FishboneOptions } from './composition/foundation.ts'
import { healthOf } from './composition/health.ts'
import { createUnderstandingParts } from './composition/understanding.ts'
import type { Config } from './config.ts'
import { memo } from './memo.ts'

/**
 * The parts of Fishbone for one configuration, each made at its first use: a command opens only what it needs. `close` lets go of all that
 * was made, in reverse, and stops what was started.
 */
export const createFishbone = (options: FishboneOptions) => {
  const foundation = createFoundation(options)
  const { config, logger, graph, embedder } = foundation
  const understanding = createUnderstandingParts(foundation)
  const arrival = createArrivalParts(foundation, { triage: understanding.triage })
  const analysis = createAnalysisParts(foundation, { search: understanding.searchCases })
  const background = createBackgroundParts(foundation)

  const api = memo(async (): Promise<ApiServices> => {
    const [{ acceptFeedback }, searchCases, keys, jobs, model, client] = await Promise.all([
      arrival.workflow(), understanding.searchCases(), background.idempotencyStore(), background.queue(), embedder(), graph(),
    ])
    // Beside listening: a search that comes earlier waits for it, nothing else does.
    searchCases.warmUp().catch((error: unknown) => logger.warn({ err: error }, 'past cases are not loaded yet: the first search does it'))
    return {
      acceptFeedback,
      searchCases,
      idempotencyStore: keys,
      followUp: () => background.followUp().catch((error: unknown) => (logger.warn({ err: error }, 'the job was not queued; the next sweep does it'), [])),
      health: () => healthOf({ config, client, jobs, model }),
    }
  })


  const close = async () => {
    await background.close()
    await analysis.close()
    await foundation.close()
  }

  return { ...foundation, ...understanding, ...arrival, ...analysis, ...background, api, close }
}

export type Fishbone = ReturnType<typeof createFishbone>

/** The keys the server starts with; `madeAt` is where the secret of a new admin key was written. */
export const openApiKeys = async (config: Config) => {
  const mayMakeKey = config.neo4j === null && config.http.isLoopback
  const { keys, madeAt } = await loadApiKeys({ dataDir: config.dataDir, configured: config.apiKeys, mayMakeKey })
  return { apiKeys: createApiKeys(keys), madeAt }
}
