import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { createRankingThreads } from './analysis/worker/ranking-threads.ts'
import { createApiKeys } from './api/api-keys.ts'
import type { ApiServices } from './api/build-app.ts'
import { loadApiKeys } from './api/key-file.ts'
import type { Health } from './api/plugins/health.ts'
import { fishboneVersion } from './cli/version.ts'
import type { Config } from './config.ts'
import { FishboneError } from './domain/error.ts'
import type { RecordKind, RecordOf } from './domain/record-kind.ts'
import { checkVin } from './domain/vin.ts'
import { createActionStore } from './graph/actions/action-store.ts'
import { createAlertStore } from './graph/alerts/alert-store.ts'
import { createFleetStore } from './graph/analysis/fleet-store.ts'
import { createGraphClient, migrate, resolveNeo4j } from './graph/index.ts'
import type { GraphClient } from './graph/ports.ts'
import { createRecordStore } from './graph/records/record-store.ts'
import { createCaseStore } from './graph/retrieval/case-store.ts'
import { createVectorStore } from './graph/retrieval/vector-store.ts'
import { createRootCauseStore } from './graph/root-causes/root-cause-store.ts'
import { createIdempotencyStore } from './graph/workflow/idempotency-store.ts'
import { countPendingVectors } from './graph/workflow/pending-queries.ts'
import { createWorkflowStore } from './graph/workflow/workflow-store.ts'
import type { ImportIngest } from './ingest/import-files/import-job.ts'
import type { WriteCounts } from './graph/ports/record-store.ts'
import { createIngest } from './ingest/ingest-batch.ts'
import type { Ingest } from './ingest/ingest-batch.ts'
import { checkRecord } from './ingest/readers/check-record.ts'
import { createRedactor } from './ingest/redaction/index.ts'
import { createVinVault, loadVinKey } from './ingest/vin-vault.ts'
import { embedPendingJob } from './jobs/embed-pending-job.ts'
import { createInProcessQueue } from './jobs/in-process-queue.ts'
import type { JobQueue } from './jobs/ports.ts'
import { startSweep } from './jobs/sweep.ts'
import { createEmbedder } from './llm/index.ts'
import type { Embedder } from './llm/ports.ts'
import type { Logger } from './logger.ts'
import { memo } from './memo.ts'
import { createEmbedPending, createSearchCases } from './retrieval/index.ts'
import { readVocabularyFiles, readWording } from './vocabulary-files.ts'
import { createAssess, createLinker, createVocabulary } from './vocabulary/index.ts'
import { createActionEfficacy } from './workflow/action-efficacy.ts'
import { createEarlyWarningPerformance } from './workflow/early-warning-performance.ts'
import { createResolveStreams } from './workflow/early-warning-streams.ts'
import { createDecideAlert, createScanEarlyWarning } from './workflow/early-warning.ts'
import { createAcceptFeedback, createRaiseStoredFeedback, feedbackIdOf } from './workflow/accept-feedback.ts'
import type { IngestRecords, RaiseStoredFeedback, RecordOutcome } from './workflow/accept-feedback.ts'
import { createFleetProjection } from './workflow/fleet-projection.ts'
import { createProjectionFile } from './workflow/projection-file.ts'
import { createAnalyzeRootCauses } from './workflow/root-causes/analyze-root-causes.ts'
import { createReadAnalysis } from './workflow/root-causes/read-analysis.ts'
import { parseWording } from './workflow/root-causes/wording.ts'
import { createTriageFeedback } from './workflow/triage-feedback.ts'

export type FishboneOptions = {
  config: Config
  logger: Logger
  /** Lines for a person about what takes long: fetching, starting. */
  onProgress?: (line: string) => void
  now?: () => Date
}

/** How long the graph may take to say that it is there. */
const healthMs = 1_000
/** Arriving feedback queues its vector itself; the sweep finds what a crash or another process left. */
const sweepMs = 30_000
const purgeMs = 3_600_000
/** A job that runs when the server stops may finish within this time; every job may be cut short without harm. */
const graceMs = 1_000

/**
 * The parts of Fishbone for one configuration, each made at its first use: a command opens only what it needs. `close` lets go of all that
 * was made, in reverse, and stops what was started.
 */
export const createFishbone = ({ config, logger, onProgress, now = () => new Date() }: FishboneOptions) => {
  const language = memo(openLanguage)
  const privacy = memo(() => openPrivacy(config))
  const neo4j = memo(() =>
    resolveNeo4j({ given: config.neo4j ?? undefined, dataDir: config.dataDir, cacheDir: config.cacheDir, onProgress }),
  )
  const database = memo(async () => {
    // What is on disk is checked first: a database takes long to start for a vocabulary that does not load.
    await Promise.all([language(), privacy()])
    const { uri, user, password } = await neo4j()
    const client = createGraphClient({ uri, user, password, onStatement: statement => logger.debug(statement, 'statement') })
    try {
      await migrate(client)
      return client
    } catch (error) {
      await client.close()
      throw error
    }
  })
  const ingest = memo(async () => {
    const [client, { linker, vocabulary }, { redactor, vinVault }] = await Promise.all([database(), language(), privacy()])
    const records = createIngest({ recordStore: createRecordStore({ client }), linker, redactor, vinVault, vocabulary })
    // Findings point at the words of the vocabulary: they are there before the first record.
    await records.writeVocabulary(vocabulary)
    return records
  })
  const graph = memo(async () => {
    await ingest()
    return database()
  })
  const embedder = memo(() => openEmbedder(config, logger))
  const store = memo(async () => createWorkflowStore({ client: await graph() }))
  const fleetStore = memo(async () => createFleetStore({ client: await graph() }))
  const fleetProjection = memo(async () =>
    createFleetProjection({
      fleetStore: await fleetStore(),
      file: createProjectionFile({ path: join(config.dataDir, 'analysis', 'projection.bin'), log: logger }),
      log: logger,
    }),
  )
  const search = memo(async () => {
    const [client, model, { linker, vocabulary }, { redactor }, vehicleOfVin] = await Promise.all([
      graph(), embedder(), language(), privacy(), vehicleLookUp(),
    ])
    return createSearchCases({
      caseStore: createCaseStore({ client }),
      embedder: model,
      linker,
      glossary: vocabulary,
      redact: text => redactor.redact(text).text,
      vehicleOfVin,
      onEmbedderFailure: error => logger.warn({ err: error }, 'the embedder did not answer: this search goes by words and graph only'),
    })
  })
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
    }
  })
  const earlyWarning = memo(async () => {
    const [client, { vocabulary }, fleets, fleet] = await Promise.all([graph(), language(), fleetProjection(), fleetStore()])
    const alertStore = createAlertStore({ client })
    return {
      scan: createScanEarlyWarning({
        fleetProjection: fleets, fleetStore: fleet, store: alertStore, serviceLevel: config.sla, isWithin: vocabulary.isWithin,
        engineVersion: fishboneVersion(), now,
      }),
      decideAlert: createDecideAlert({ store: alertStore, now }),
      performance: createEarlyWarningPerformance({ store: alertStore }),
      resolveStreams: createResolveStreams(vocabulary),
    }
  })
  const actionEfficacy = memo(async () => {
    const [client, { vocabulary }, fleets, fleet] = await Promise.all([graph(), language(), fleetProjection(), fleetStore()])
    return createActionEfficacy({ actionStore: createActionStore({ client }), fleetProjection: fleets, fleetStore: fleet, store: createRootCauseStore({ client }), vocabulary, now })
  })
  const vehicleLookUp = memo(async () => {
    const [workflowStore, { vinVault }] = await Promise.all([store(), privacy()])
    return async (vin: string) => {
      const checked = checkVin(vin)
      return checked.ok ? workflowStore.vehicleModel(vinVault.pseudonymOf(checked.vin)) : null
    }
  })
  const triage = memo(async () => {
    const [workflowStore, { linker, assess }, searchCases] = await Promise.all([store(), language(), search()])
    return createTriageFeedback({ store: workflowStore, linker, assess, searchCases, serviceLevel: config.sla })
  })
  const workflow = memo(async () => {
    const [workflowStore, triageFeedback, { vocabulary }, ingestRecords] = await Promise.all([store(), triage(), language(), ingest()])
    const services = { store: workflowStore, triageFeedback, vocabularyVersion: vocabulary.version, now }
    return {
      acceptFeedback: createAcceptFeedback({ ...services, ingest: arrivingRecords(ingestRecords, now) }),
      raiseStoredFeedback: createRaiseStoredFeedback(services),
    }
  })
  const importIngest = memo(async (): Promise<ImportIngest> => liveIngest(await ingest(), async () => (await workflow()).raiseStoredFeedback))
  const queue = memo(() => openQueue(config, logger))
  const embedPending = memo(async () => openEmbedPending(await graph(), await embedder()))
  const idempotencyStore = memo(async () => createIdempotencyStore({ client: await graph(), newId: randomUUID }))

  const followUp = async () => ((await embedder()) === null ? [] : [await (await queue()).enqueue(embedPendingJob, {})])
  const sweeps = memo(async () => {
    const jobs = await queue()
    jobs.work(embedPendingJob, async (_payload, { signal }) => (await embedPending())({ signal }))
    const keys = await idempotencyStore()
    return [
      startSweep({ work: followUp, everyMs: sweepMs, onError: error => logger.warn({ err: error }, 'the sweep for missing vectors failed') }),
      startSweep({ work: () => keys.purge(now().toISOString()), everyMs: purgeMs, onError: error => logger.warn({ err: error }, 'old idempotency keys stay') }),
    ]
  })
  const api = memo(async (): Promise<ApiServices> => {
    const [{ acceptFeedback }, searchCases, keys, jobs, model, client] = await Promise.all([
      workflow(), search(), idempotencyStore(), queue(), embedder(), graph(),
    ])
    // Beside listening: a search that comes earlier waits for it, nothing else does.
    searchCases.warmUp().catch((error: unknown) => logger.warn({ err: error }, 'past cases are not loaded yet: the first search does it'))
    return {
      acceptFeedback,
      searchCases,
      idempotencyStore: keys,
      followUp: () => followUp().catch((error: unknown) => (logger.warn({ err: error }, 'the job was not queued; the next sweep does it'), [])),
      health: () => healthOf({ config, client, jobs, model }),
    }
  })

  const close = async () => {
    for (const sweep of (await sweeps.made()) ?? []) await sweep.stop()
    await (await queue.made())?.close(graceMs)
    await (await ranking.made())?.close()
    await (await embedder.made())?.close()
    await (await database.made())?.close()
    await (await neo4j.made())?.stop()
  }

  return { config, logger, now, privacy, neo4j, graph, importIngest, embedder, searchCases: search, triage, embedPending, vehicleLookUp, fleetStore, fleetProjection, rootCauses, actionEfficacy, earlyWarning, api, startSweeps: sweeps, close }
}

export type Fishbone = ReturnType<typeof createFishbone>

const openLanguage = () => {
  const vocabulary = createVocabulary(readVocabularyFiles())
  return { vocabulary, linker: createLinker(vocabulary), assess: createAssess(vocabulary) }
}

const openPrivacy = async (config: Config) => {
  const vinVault = createVinVault({ key: await loadVinKey({ dataDir: config.dataDir, hex: config.vinKeyHex }) })
  return { vinVault, redactor: createRedactor({ pseudonymOf: vin => vinVault.pseudonymOf(vin) }) }
}

const openEmbedder = ({ embeddings, cacheDir, llm }: Config, logger: Logger) =>
  createEmbedder({
    mode: embeddings.kind,
    cacheDir,
    logger,
    warmUp: true,
    openai:
      embeddings.kind === 'openai' && embeddings.model !== null
        ? { model: embeddings.model, baseUrl: embeddings.baseUrl ?? undefined, apiKey: llm.apiKey ?? undefined }
        : undefined,
  })

/** Without an embedder nothing is written and nothing is waited for. */
const openEmbedPending = (client: GraphClient, model: Embedder | null) => {
  const embed = model && createEmbedPending({ vectorStore: createVectorStore({ client }), embedder: model })
  return async (options: { signal?: AbortSignal; onProgress?: (progress: { done: number; total: number }) => void } = {}): Promise<void> => {
    if (!embed) return
    const pending = await client.one(countPendingVectors, {})
    const total = pending.cases + pending.feedback
    const before = { Case: 0, Feedback: pending.cases }
    await embed({ signal: options.signal, onProgress: ({ kind, embedded }) => options.onProgress?.({ done: Math.min(total, before[kind] + embedded), total }) })
  }
}

const openQueue = async ({ redisUrl }: Config, logger: Logger): Promise<JobQueue> => {
  if (redisUrl === null) return createInProcessQueue({ log: logger })
  // Loaded only where it is used: it takes as long to load as all the rest.
  const { createBullQueue } = await import('./jobs/bull-queue.ts')
  return createBullQueue({ redisUrl, log: logger })
}

const within = async (work: Promise<void>): Promise<boolean> => {
  const late = new Promise<boolean>(resolve => setTimeout(() => resolve(false), healthMs).unref())
  return Promise.race([work.then(() => true, () => false), late])
}

const healthOf = async (parts: { config: Config; client: GraphClient; jobs: JobQueue; model: Embedder | null }): Promise<Health> => {
  const [isGraphUp, isQueueUp] = await Promise.all([within(parts.client.ping()), within(parts.jobs.ping())])
  const isEmbeddingOff = parts.config.embeddings.kind === 'none'
  return {
    graph: isGraphUp ? { status: 'ready' } : { status: 'unready', detail: 'Neo4j does not answer' },
    queue: isQueueUp ? { status: 'ready' } : { status: 'unready', detail: 'Redis does not answer' },
    embedder: parts.model ? { status: 'ready' } : { status: 'off', detail: isEmbeddingOff ? 'EMBEDDINGS=none' : 'no embedding model here: fishbone models fetch' },
    model: { status: 'off', detail: 'no language model is configured' },
  }
}

/** The keys the server starts with; `madeAt` is where the secret of a new admin key was written. */
export const openApiKeys = async (config: Config) => {
  const mayMakeKey = config.neo4j === null && config.http.isLoopback
  const { keys, madeAt } = await loadApiKeys({ dataDir: config.dataDir, configured: config.apiKeys, mayMakeKey })
  return { apiKeys: createApiKeys(keys), madeAt }
}

const outcomeOf = (counts: WriteCounts): RecordOutcome =>
  (['created', 'updated', 'superseded'] as const).find(outcome => counts[outcome] > 0) ?? 'unchanged'

/** One record that arrives by itself, held against the contract like a line of a file. */
const arrivingRecords = (ingest: Ingest, now: () => Date): IngestRecords => {
  const write = async <K extends RecordKind>(kind: K, record: RecordOf[K]): Promise<RecordOutcome> => {
    const checked = checkRecord(kind, record, { now: now() })
    if (!checked.ok)
      throw new FishboneError('FB_INVALID', 'the record does not match the import contract', {
        details: { errors: checked.errors.map(({ path, message }) => ({ pointer: `/${path.replaceAll(/[.[]/g, '/').replaceAll(']', '')}`, message })) },
      })
    return outcomeOf(await ingest.ingestBatch(kind, [checked]))
  }
  return { feedback: record => write('feedback', record), snapshot: record => write('telemetry-snapshots', record) }
}

/** History comes in quietly; with `live`, feedback raises issues as if it arrived now. */
const liveIngest = (ingest: Ingest, raise: () => Promise<RaiseStoredFeedback>): ImportIngest => ({
  ingestReference: (kind, rows) => ingest.ingestReference(kind, rows),
  async ingestBatch(kind, entries, { live }) {
    const counts = await ingest.ingestBatch(kind, entries)
    if (!live || kind !== 'feedback') return counts
    const raiseStoredFeedback = await raise()
    for (const { record } of entries) await raiseStoredFeedback(feedbackIdOf(record as RecordOf['feedback']))
    return counts
  },
})
