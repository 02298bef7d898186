import { readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { graphFileOf } from './convert-packed-model.ts'
import type { Precision } from './encoder-layer.ts'
import { FetchRecord, fetchRecordFile, findModelFolder, modelFolderIn } from './model-folder.ts'

export type ModelStatus = {
  /** The folder that is looked at: one's own, or the one in the cache. */
  dir: string
  isPresent: boolean
  /** One a precision that is there; `bytes` is the size of its graph file. */
  models: { precision: Precision; modelId: string; dimensions: number; bytes: number }[]
  fetched: { source: string; origin: string; fetchedAt: string } | null
}

/** What is on disk; loads and fetches nothing. */
export async function modelStatus(options: { cacheDir: string; modelDir?: string | undefined }): Promise<ModelStatus> {
  const dir = options.modelDir ?? modelFolderIn(options.cacheDir)
  const models: ModelStatus['models'] = []
  for (const precision of ['fp32', 'int8'] as const) {
    const found = await findModelFolder(dir, precision)
    if (found === null) continue
    const { size } = await stat(join(dir, graphFileOf[precision]))
    models.push({ precision, modelId: found.modelId, dimensions: found.dimensions, bytes: size })
  }
  return { dir, isPresent: models.length > 0, models, fetched: await readRecord(dir) }
}

async function readRecord(dir: string): Promise<ModelStatus['fetched']> {
  try {
    const { source, origin, fetchedAt } = FetchRecord.parse(JSON.parse(await readFile(join(dir, fetchRecordFile), 'utf8')))
    return { source, origin, fetchedAt }
  } catch {
    return null
  }
}
