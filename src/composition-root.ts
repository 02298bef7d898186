import { createApiKeys } from './api/api-keys.ts'
import { loadApiKeys } from './api/key-file.ts'
import { createAnalysisParts } from './composition/analysis.ts'
import { createApiParts } from './composition/api.ts'
import { createArrivalParts } from './composition/arrival.ts'
import { createBackgroundParts } from './composition/background.ts'
import { createDuplicateParts } from './composition/duplicates.ts'
import { createFoundation } from './composition/foundation.ts'
import type { FishboneOptions } from './composition/foundation.ts'
import { createIssueParts } from './composition/issues.ts'
import { createSuggestionParts } from './composition/suggestions.ts'
import { createUnderstandingParts } from './composition/understanding.ts'
import { createWorkParts } from './composition/work.ts'
import type { Config } from './config.ts'

export { runBackup, runRestore } from './composition/backup.ts'

/**
 * The parts of Fishbone for one configuration, each made at its first use: a command opens only what it needs. `close` lets go of all that
 * was made, in reverse, and stops what was started.
 */
export const createFishbone = (options: FishboneOptions) => {
  const foundation = createFoundation(options)
  const understanding = createUnderstandingParts(foundation)
  const duplicates = createDuplicateParts(foundation)
  const arrival = createArrivalParts(foundation, { triage: understanding.triage, duplicates: duplicates.duplicates })
  const analysis = createAnalysisParts(foundation, { search: understanding.searchCases })
  const suggesting = createSuggestionParts(foundation, {
    search: understanding.searchCases, rootCauses: analysis.rootCauses, actionEfficacy: analysis.actionEfficacy, modelGateway: foundation.modelGateway,
  })
  const background = createBackgroundParts(foundation, { duplicates: duplicates.duplicates, weighEvidence: understanding.weighEvidence, refreshTerms: async () => (await understanding.unmappedTerms()).refresh })

  const issueParts = createIssueParts(foundation, {
    readFeedback: async feedbackId => (await duplicates.relations()).readFeedback(feedbackId),
    suggestions: {
      latest: async issueId => (await suggesting.suggestions()).readSuggestions(issueId),
      one: async suggestionId => (await (await suggesting.suggestionStore()).suggestion(suggestionId))?.suggestion ?? null,
    },
  })
  const work = createWorkParts(foundation, { arrival, analysis, suggesting, background })
  const api = createApiParts(foundation, { understanding, duplicates, arrival, analysis, suggesting, background, work, issueParts })

  /** Does what waits: jobs, missing vectors, old keys. Any number of processes may. */
  const startWork = async () => {
    const { logger } = foundation
    ;(await foundation.neo4j()).keepRunning({ onNotice: message => logger.warn(message), onError: error => logger.error({ err: error }, 'Neo4j could not be started again; it is tried again') })
    await Promise.all([work.startWork(), background.startSweeps(), issueParts.startIssueSweeps()])
  }

  const close = async () => {
    await issueParts.close()
    await work.close()
    await background.close()
    await analysis.close()
    await foundation.close()
  }

  return { ...foundation, ...understanding, ...duplicates, ...arrival, ...analysis, ...suggesting, ...background, ...work, ...issueParts, api, startWork, close }
}

export type Fishbone = ReturnType<typeof createFishbone>

/** The keys the server starts with; `madeAt` is where the secret of a new admin key was written. */
export const openApiKeys = async (config: Config) => {
  const mayMakeKey = config.neo4j === null && config.http.isLoopback
  const { keys, madeAt } = await loadApiKeys({ dataDir: config.dataDir, configured: config.apiKeys, mayMakeKey })
  return { apiKeys: createApiKeys(keys), madeAt }
}
