import { FishboneError } from '../domain/error.ts'
import { createLocalEmbedder } from './embedding/local-embedder.ts'
import { shareQueries } from './embedding/share-queries.ts'
import type { OpenAiEmbeddingOptions } from './embedding/openai-embedder.ts'
import type { Log } from './log.ts'
import type { Precision } from './model-files/encoder-layer.ts'
import { findModelFolder, findUsualModel, hasMiddleState, modelFolderIn, type ModelFolder } from './model-files/model-folder.ts'
import type { Embedder } from './ports.ts'

export type { OpenAiEmbeddingOptions } from './embedding/openai-embedder.ts'
export { answerWithin } from './embedding/answer-within.ts'
export type { Log } from './log.ts'
export type { Precision } from './model-files/encoder-layer.ts'
export type { FetchProgress } from './model-files/fetch-progress.ts'
export { openModelFiles, openModelGateway, targetsOf, type ModelSettings } from './gateway/open-gateway.ts'
export { createModelGateway, type GatewayOptions } from './gateway/model-gateway.ts'
export { callChat } from './gateway/chat-call.ts'
export { ledgerTotals, type PromptTotals } from './gateway/ledger-totals.ts'
export { CallRecord, replayRecord, type Replay } from './gateway/replay-record.ts'
export { openPromptLibrary } from './prompts/prompt-library.ts'
export { fetchModel, type FetchModelOptions, type FetchedModel } from './model-files/fetch-model.ts'
export { modelStatus, type ModelStatus } from './model-files/model-status.ts'

export type EmbedderOptions = {
  mode: 'local' | 'openai' | 'none'
  cacheDir: string
  /** A model folder of one's own; looked at before the cache. */
  modelDir?: string | undefined
  /** The usual one of the folder where none is named. */
  precision?: Precision | undefined
  /** Needed in mode `openai`. */
  openai?: OpenAiEmbeddingOptions | undefined
  /** Folder of the text labeller that goes with the model that is fetched as a package; null for none. */
  labellerFolder?: string | null | undefined
  logger: Log
  /** Starts loading the local model now, in the background, instead of at the first text. */
  warmUp?: boolean | undefined
}

/**
 * The embedder the configuration asks for. Nothing is loaded yet when it returns.
 *
 * @returns null when embeddings are off, or when the local model is not on this machine (said once, as a warning).
 * @throws FB_MODEL_SETUP when `modelDir` is named and holds no model; FB_CONFIG_INVALID in mode `openai` without its settings.
 */
export async function createEmbedder(options: EmbedderOptions): Promise<Embedder | null> {
  const { logger, precision } = options
  if (options.mode === 'none') return null
  if (options.mode === 'openai') return openAiEmbedder(options.openai)
  const model = await findLocalModel(options)
  if (model === null) {
    logger.warn({ precision }, 'no embedding model on this machine: search goes by words and graph only; `fishbone models fetch` gets one')
    return null
  }
  const labellerFolder = hasMiddleState(model) ? (options.labellerFolder ?? null) : null
  return shareQueries(createLocalEmbedder({ model, labellerFolder, log: logger, warmUp: options.warmUp ?? false }))
}

async function findLocalModel({ modelDir, cacheDir, precision }: EmbedderOptions): Promise<ModelFolder | null> {
  const folder = modelDir ?? modelFolderIn(cacheDir)
  const model = await (precision === undefined ? findUsualModel(folder) : findModelFolder(folder, precision))
  if (model === null && modelDir !== undefined) throw new FishboneError('FB_MODEL_SETUP', `No ${precision === undefined ? '' : `${precision} `}embedding model in ${modelDir}`, { details: { modelDir } })
  return model
}

async function openAiEmbedder(settings: OpenAiEmbeddingOptions | undefined): Promise<Embedder> {
  if (settings === undefined) throw new FishboneError('FB_CONFIG_INVALID', 'EMBEDDINGS=openai needs the name of an embedding model')
  // Loaded only here: the library takes longer to load than the rest of the program.
  const { createOpenAiEmbedder } = await import('./embedding/openai-embedder.ts')
  return shareQueries(createOpenAiEmbedder(settings))
}
