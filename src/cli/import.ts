import { Command, Option } from 'commander'
import { FishboneError } from '../domain/error.ts'
import { recordKinds, type RecordKind } from '../domain/record-kind.ts'
import { importFiles } from '../ingest/import-files.ts'
import type { ImportIngest } from '../ingest/import-files/import-job.ts'
import { exitCodes, type ImportSummary } from '../ingest/import-files/import-summary.ts'
import { publicFormats, type PublicFormat } from '../ingest/readers/recognise-shape.ts'
import { createImportProgress } from './import-progress.ts'
import { summaryText } from './import-summary-text.ts'

export type EmbeddingProgress = { done: number; total: number }

/** What an import needs running: the graph, attached to a server of the same data folder or started for the import alone. */
export type ImportServices = {
  ingest: ImportIngest
  dataDir: string
  /** Resolves when no vector is missing any more. @throws when `signal` aborts. */
  waitForEmbeddings(options: { signal: AbortSignal; onProgress: (progress: EmbeddingProgress) => void }): Promise<void>
  /** Stops what was started for this import, and nothing else. */
  close(): Promise<void>
}

export type ImportCommandDependencies = {
  openServices: () => Promise<ImportServices>
  now: () => Date
  /** Results; progress and notices go to `notices`. */
  output: NodeJS.WritableStream
  notices: NodeJS.WritableStream & { isTTY?: boolean }
  setExitCode: (code: number) => void
  /** Calls back on every interrupt by the user; returns how to stop listening. */
  onInterrupt: (listener: () => void) => () => void
  /** Leaves without finishing anything. */
  leave: (code: number) => void
}

type ImportOptions = { kind?: RecordKind; format?: PublicFormat; wait: boolean; live?: boolean; json?: boolean }

const write = (stream: NodeJS.WritableStream, text: string): void => void stream.write(`${text}\n`)

/** `fishbone import DIR|FILE…`. Exit codes: 0 all loaded, 2 some refused, 3 database lost, 130 interrupted. */
export function createImportCommand(deps: ImportCommandDependencies): Command {
  return new Command('import')
    .description('load files of the import contract and of public formats, master data before events; safe to repeat and to interrupt')
    .argument('<paths...>', 'files or folders')
    .addOption(new Option('--kind <kind>', 'kind of record, where the file name does not say it').choices(recordKinds))
    .addOption(new Option('--format <format>', 'public format, where the content alone should not decide it').choices([...publicFormats]))
    .option('--no-wait', 'end when the graph is written, not when the vectors are too')
    .option('--live', 'treat feedback as arriving now: issues, clocks and webhooks')
    .option('--json', 'print the summary as JSON')
    .action(async (paths: string[], options: ImportOptions) => deps.setExitCode(await runImport(paths, options, deps)))
}

/** First interrupt: finish the batch under way. Second: leave at once. */
function interruptible({ onInterrupt, leave, notices }: ImportCommandDependencies): { signal: AbortSignal; stop: () => void } {
  const controller = new AbortController()
  const stop = onInterrupt(() => {
    if (controller.signal.aborted) return leave(exitCodes.interrupted)
    controller.abort()
    write(notices, '\nInterrupted: finishing the batch under way. Once more to leave at once.')
  })
  return { signal: controller.signal, stop }
}

async function runImport(paths: string[], options: ImportOptions, deps: ImportCommandDependencies): Promise<number> {
  const { signal, stop } = interruptible(deps)
  let services: ImportServices | null = null
  try {
    services = await deps.openServices()
    const summary = await load(paths, options, services, signal, deps)
    write(deps.output, options.json ? JSON.stringify(summary, null, 2) : summaryText(summary))
    return await finish(summary, options, services, signal, deps)
  } catch (error) {
    if (!(error instanceof FishboneError) || error.code !== 'FB_GRAPH_UNAVAILABLE') throw error
    write(deps.notices, `${error.code}: ${error.message}`)
    return exitCodes['database-lost']
  } finally {
    stop()
    await services?.close()
  }
}

async function load(
  paths: string[], options: ImportOptions, services: ImportServices, signal: AbortSignal, deps: ImportCommandDependencies,
): Promise<ImportSummary> {
  const progress = createImportProgress(deps.notices)
  try {
    return await importFiles({
      paths, kind: options.kind, format: options.format, live: options.live ?? false, ingest: services.ingest, dataDir: services.dataDir, now: deps.now(), signal,
      onProgress: progress.file,
    })
  } finally {
    progress.stop()
  }
}

/** Waits for the vectors of what was loaded. The graph is complete without them, so a wait cut short is an interrupt and no more. */
async function finish(
  summary: ImportSummary, options: ImportOptions, services: ImportServices, signal: AbortSignal, deps: ImportCommandDependencies,
): Promise<number> {
  const stopped = summary.outcome === 'interrupted' || summary.outcome === 'database-lost'
  if (stopped || !options.wait) return summary.exitCode
  const progress = createImportProgress(deps.notices)
  try {
    await services.waitForEmbeddings({ signal, onProgress: progress.embeddings })
    return summary.exitCode
  } catch (error) {
    if (!signal.aborted) throw error
    write(deps.notices, 'The vectors that are missing are written by the next import or server.')
    return exitCodes.interrupted
  } finally {
    progress.stop()
  }
}
