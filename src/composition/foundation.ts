import { backupQueries } from '../graph/backup/backup-queries.ts'
import { createGiveWay } from '../give-way.ts'
import { createGraphClient, migrate, resolveNeo4j } from '../graph/index.ts'
import { restoreMark } from '../graph/migrate.ts'
import { listAppliedMigrations } from '../graph/migration/queries.ts'
import type { GraphClient } from '../graph/ports.ts'
import { createDecisionScope } from '../graph/audit/decision-scope.ts'
import { createRecordStore } from '../graph/records/record-store.ts'
import { createWorkflowStore } from '../graph/workflow/workflow-store.ts'
import { createIngest } from '../ingest/ingest-batch.ts'
import { createRedactor } from '../ingest/redaction/index.ts'
import { createVinVault, findVinKey, loadVinKey } from '../ingest/vin-vault.ts'
import { answerWithin, createEmbedder, openModelGateway } from '../llm/index.ts'
import type { Config } from '../config.ts'
import { FishboneError } from '../domain/error.ts'
import { checkVin } from '../domain/vin.ts'
import type { Logger } from '../logger.ts'
import { memo, type Memoised } from '../memo.ts'
import { labellerFolder, readTriageRuleFiles, readVocabularyFiles } from '../vocabulary-files.ts'
import { createAssess, createLinker, createVocabulary, withAcceptedTerms } from '../vocabulary/index.ts'
import type { AcceptedTerm, Vocabulary } from '../vocabulary/index.ts'
import { rememberLinks } from '../vocabulary/remembered-links.ts'
import { readSiteTerms, siteTermsPath } from '../workflow/unmapped/site-terms-file.ts'
import { createTriageRules } from '../workflow/triage/triage-rules.ts'

export type FishboneOptions = {
  config: Config
  logger: Logger
  /** Lines for a person about what takes long: fetching, starting. */
  onProgress?: (line: string) => void
  now?: () => Date
  /** Words that are loaded already: they take seconds, and a process that opens several need not do it for each. */
  language?: Memoised<Language>
  /** Somebody waits for each answer: a vector is waited for no longer than the configuration says. A command that runs once waits for its model. */
  isServing?: boolean
}

/** What every other part stands on: the words, the keys of pseudonyms, the graph, the embedding model. */
export const createFoundation = ({ config, logger, onProgress, now = () => new Date(), isServing = false, language = memo(() => openLanguage(config, logger)) }: FishboneOptions) => {
  const keyPlace = { dataDir: config.dataDir, hex: config.vinKeyHex }
  /** A key is made only where the graph needs no other: one made beside it would look like the right one. */
  const privacy = memo(async () => {
    if ((await findVinKey(keyPlace)) === null) await database()
    return openPrivacy(await loadVinKey(keyPlace))
  })
  const neo4j = memo(() =>
    resolveNeo4j({ given: config.neo4j ?? undefined, dataDir: config.dataDir, cacheDir: config.cacheDir, onProgress }),
  )
  const decisions = createDecisionScope()
  const giveWay = createGiveWay()
  const database = memo(async () => {
    // What is on disk is checked first: a database takes long to start for a vocabulary that does not load.
    const [key] = await Promise.all([findVinKey(keyPlace), language()])
    const connection = await neo4j()
    const { user, password } = connection
    const client = createGraphClient({ uri: config.neo4j?.uri ?? (() => connection.uri), user, password, beforeCommit: tx => decisions.beforeCommit(tx), onStatement: statement => logger.debug(statement, 'statement') })
    try {
      await checkVinKey(client, key)
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
  const patientEmbedder = memo(() => openEmbedder(config, logger))
  /** For questions and arriving reports; work that can wait has the patient one. */
  const embedder = memo(async () => {
    const model = await patientEmbedder()
    return model && isServing ? answerWithin(model, config.embeddings.waitMs) : model
  })
  /** Without `LLM_BASE_URL` it answers `disabled`. */
  const modelGateway = memo(() => openModelGateway({ settings: config.llm, dataDir: config.dataDir, log: logger, now }))
  const store = memo(async () => createWorkflowStore({ client: await graph() }))
  const vehicleLookUp = memo(async () => {
    const [workflowStore, { vinVault }] = await Promise.all([store(), privacy()])
    return async (vin: string) => {
      const checked = checkVin(vin)
      if (!checked.ok) return null
      const vehicleId = vinVault.pseudonymOf(checked.vin)
      const known = await workflowStore.vehicleModel(vehicleId)
      return known && { ...known, vehicleId }
    }
  })

  const close = async () => {
    await (await patientEmbedder.made())?.close()
    await (await database.made())?.close()
    await (await neo4j.made())?.stop()
  }

  return { config, logger, now, language, privacy, decisions, giveWay, neo4j, ingest, graph, embedder, patientEmbedder, modelGateway, store, vehicleLookUp, close }
}

export type Foundation = ReturnType<typeof createFoundation>

export type Language = ReturnType<typeof openLanguage>

/** The words of both languages with the terms of this site, and what is built on them. */
export const openLanguage = (config: Pick<Config, 'dataDir'>, logger: Logger) => {
  const vocabulary = openVocabulary(config, logger)
  return { vocabulary, linker: rememberLinks(createLinker(vocabulary)), assess: createAssess(vocabulary), triageRules: createTriageRules(readTriageRuleFiles(), vocabulary) }
}

/**
 * The vocabulary as shipped with the terms the people of this site accepted. A shipped vocabulary that came to know one of those words for another
 * key keeps it: the accepted one is left out and said so, and Fishbone starts.
 */
const openVocabulary = (config: Pick<Config, 'dataDir'>, logger: Logger): Vocabulary => {
  const files = readVocabularyFiles()
  const { terms } = readSiteTerms(siteTermsPath(config.dataDir))
  const load = (accepted: readonly AcceptedTerm[]): Vocabulary => createVocabulary(withAcceptedTerms(files, accepted))
  try {
    return load(terms)
  } catch (error) {
    if (terms.length === 0 || !(error instanceof FishboneError)) throw error
    const fitting = terms.filter(term => {
      try {
        load([term])
        return true
      } catch (fault) {
        logger.warn({ err: fault, key: term.key }, 'an accepted term no longer fits the vocabulary and is left out')
        return false
      }
    })
    return load(fitting)
  }
}

const openPrivacy = (key: Buffer) => {
  const vinVault = createVinVault({ key })
  return { vinVault, redactor: createRedactor({ pseudonymOf: vin => vinVault.pseudonymOf(vin) }) }
}

/** With another key every car would become two: nothing is written, no schema either, before the right one is back. */
const checkVinKey = async (client: GraphClient, key: Buffer | null): Promise<void> => {
  const some = await client.maybeOne(backupQueries.someSealedVin, {})
  // Of a restore that was cut short `migrate` tells, and what to do.
  if (some === null || (await client.all(listAppliedMigrations, {})).some(({ file }) => file === restoreMark)) return
  const wayBack = 'Put the right one back: FISHBONE_VIN_KEY, or vin.key in the data folder (it is in a backup). If it is lost for good, see "A lost VIN key" in docs/operations.md'
  if (key === null) throw new FishboneError('FB_VIN_KEY_INVALID', `there is no VIN key, and this graph holds VINs that were sealed with one. ${wayBack}`)
  try {
    createVinVault({ key }).open(some.vinSealed)
  } catch (cause) {
    throw new FishboneError('FB_VIN_KEY_INVALID', `the VIN key is not the one this graph was written with. ${wayBack}`, { cause })
  }
}

const openEmbedder = ({ embeddings, cacheDir, llm }: Config, logger: Logger) =>
  createEmbedder({
    mode: embeddings.kind,
    cacheDir,
    labellerFolder,
    logger,
    warmUp: true,
    openai:
      embeddings.kind === 'openai' && embeddings.model !== null
        ? { model: embeddings.model, baseUrl: embeddings.baseUrl ?? undefined, apiKey: llm.apiKey ?? undefined }
        : undefined,
  })
