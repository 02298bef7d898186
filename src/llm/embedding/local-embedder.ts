import { createRequire } from 'node:module'
import { extname } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import type { Log } from '../log.ts'
import type { ModelFolder } from '../model-files/model-folder.ts'
import type { Embedder } from '../ports.ts'
import { createLastTrouble } from './last-trouble.ts'
import { createModelProcess, type ModelProcess } from './model-process.ts'
import { groupByLength } from './text-batches.ts'
import { checkVectors } from './unit-vector.ts'
import { createVectorCache } from './vector-cache.ts'

// 512 tokens of at most 16 characters: what lies beyond is never read, and cutting it is cheaper than tokenising it.
const maxCharacters = 512 * 16
// A request is what a question has to wait for while a long list is embedded: about a quarter of a second.
const requestLimits = { maxTexts: 16, maxPadded: 2_000 }
const rememberedQueries = 1_000

/**
 * An embedder over a model folder on this machine, run in a child process. The child starts with the first
 * request, or now when `warmUp` is set; then it is also started again when it dies while nobody asks.
 */
export function createLocalEmbedder(options: { model: ModelFolder; labellerFolder: string | null; log: Log; warmUp?: boolean }): Embedder {
  const { model, labellerFolder, log } = options
  const modelProcess = createModelProcess({ ...workerEntry(), arguments: [model.folder, model.precision, labellerFolder ?? ''], log })
  if (options.warmUp === true) modelProcess.start()
  return embedderOver(modelProcess, { ...model, hasLabels: labellerFolder !== null })
}

/** The port over any process that turns prefixed texts into vectors, and where it has a labeller into the chances of labels. */
export function embedderOver(modelProcess: ModelProcess, model: Pick<ModelFolder, 'modelId' | 'dimensions'> & { hasLabels: boolean }): Embedder {
  const { modelId, dimensions, hasLabels } = model
  const remembered = createVectorCache(rememberedQueries)
  const labelled = createVectorCache(rememberedQueries)
  const trouble = createLastTrouble()
  const prefixedBy = (role: string) => (text: string): string => `${role}: ${text.slice(0, maxCharacters).trim()}`
  return {
    modelId,
    dimensions,
    async embed(texts, role, embedOptions) {
      const prefixed = texts.map(prefixedBy(role))
      const isQuery = role === 'query'
      const vectors = prefixed.map(text => (isQuery ? remembered.get(text) : undefined))
      const missing = [...vectors.keys()].filter(index => vectors[index] === undefined)
      const lengths = missing.map(index => prefixed[index]?.length ?? 0)
      await Promise.all(groupByLength(lengths, requestLimits).map(async group => {
        const indexes = group.map(position => missing[position] ?? 0)
        const asked = indexes.map(index => prefixed[index] ?? '')
        const found = await trouble.watch(() => modelProcess.request(asked, { urgent: isQuery, signal: embedOptions?.signal }))
        checkVectors(found, { count: asked.length, dimensions, modelId })
        indexes.forEach((index, position) => {
          vectors[index] = found[position]
          if (isQuery && found[position] !== undefined) remembered.set(prefixed[index] ?? '', found[position])
        })
      }))
      return vectors.map(vector => vector ?? new Float32Array(dimensions))
    },
    async labelsOf(text, labelOptions) {
      if (!hasLabels) return null
      const asked = prefixedBy('query')(text)
      const known = labelled.get(asked)
      if (known !== undefined) return known
      const [chances] = await trouble.watch(() => modelProcess.request([asked], { urgent: true, wanted: 'labels', signal: labelOptions?.signal }))
      if (chances === undefined || chances.length === 0) return null
      labelled.set(asked, chances)
      return chances
    },
    trouble: () => (modelProcess.isLoading() ? 'The local embedding model is loading' : trouble.told()),
    close: () => modelProcess.close(),
  }
}

/** The worker beside this file: TypeScript under tests and tsx, JavaScript in the build. */
function workerEntry(): { modulePath: string; execArgv: string[] } {
  const extension = extname(fileURLToPath(import.meta.url))
  const modulePath = fileURLToPath(new URL(`./model-worker${extension}`, import.meta.url))
  const execArgv = ['--expose-gc']
  if (extension !== '.ts') return { modulePath, execArgv }
  const loader = createRequire(import.meta.url).resolve('tsx')
  return { modulePath, execArgv: [...execArgv, '--import', pathToFileURL(loader).href] }
}
