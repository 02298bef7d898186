import { access, readFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { z } from 'zod'
import type { Precision } from './encoder-layer.ts'
import { graphFileOf } from './convert-packed-model.ts'

export const modelName = 'multilingual-e5-small'

/** A complete model on disk. */
export type ModelFolder = {
  folder: string
  precision: Precision
  /** Weights and precision: `multilingual-e5-small/fp32`; weights rebuilt from 4 bits say `-q4`, int8 with a scale a token `int8-token`, since their vectors differ. */
  modelId: string
  dimensions: number
  /** Where it came from; `unknown` for a folder that somebody else laid down. */
  source: string
  /** Version of our converter that wrote the graphs; 0 where none did. */
  converter: number
}

/** Since 2 a converted graph gives out its middle state, which the text labeller goes on from; since 3 each token has a scale of its own in int8. */
export const converterVersion = 3
export const hasMiddleState = ({ converter }: ModelFolder): boolean => converter >= 2
const hasTokenScales = (converter: number): boolean => converter >= 3

/** Written last into a fetched folder: says where it came from and which weights it holds. */
export const FetchRecord = z.object({
  source: z.enum(['hub', 'package']),
  /** Of our converter, where it wrote the graphs. */
  converter: z.int().optional(),
  weights: z.string(),
  origin: z.string(),
  fetchedAt: z.string(),
  files: z.record(z.string(), z.number()),
})
export type FetchRecord = z.infer<typeof FetchRecord>
export const fetchRecordFile = 'fetched.json'

const ModelConfig = z.object({ hidden_size: z.int().positive(), model_type: z.literal('bert') })

/** Where fetched models lie below the cache folder. */
export function modelFolderIn(cacheDir: string): string {
  return join(cacheDir, 'models', modelName)
}

/** @returns null when a file is missing or cannot be read; nothing is loaded. */
export async function findModelFolder(folder: string, precision: Precision): Promise<ModelFolder | null> {
  try {
    const needed = ['tokenizer.json', 'tokenizer_config.json', graphFileOf[precision]]
    await Promise.all(needed.map(name => access(join(folder, name))))
    const config = ModelConfig.parse(await readJson(join(folder, 'config.json')))
    const record = FetchRecord.safeParse(await readJson(join(folder, fetchRecordFile)).catch(() => null))
    const weights = record.success ? record.data.weights : basename(folder)
    const source = record.success ? record.data.source : 'unknown'
    const converter = !record.success || source !== 'package' ? 0 : (record.data.converter ?? 1)
    const form = precision === 'int8' && hasTokenScales(converter) ? 'int8-token' : precision
    return { folder, precision, modelId: `${weights}/${form}`, dimensions: config.hidden_size, source, converter }
  } catch {
    return null
  }
}

/**
 * The model a folder is asked for where nobody names a precision: int8 where each token has a scale of its own, which is near the floats and takes less than half of
 * their time; else, as with the graphs of the model hub, floats.
 */
export async function findUsualModel(folder: string): Promise<ModelFolder | null> {
  const quick = await findModelFolder(folder, 'int8')
  return quick !== null && hasTokenScales(quick.converter) ? quick : findModelFolder(folder, 'fp32')
}

async function readJson(path: string): Promise<unknown> {
  return JSON.parse(await readFile(path, 'utf8')) as unknown
}
