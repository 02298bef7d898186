import { Command, CommanderError } from 'commander'
import { FishboneError } from '../domain/error.ts'
import type { ErrorCode } from '../domain/error.ts'
import { createAnalyzeCommand } from './analyze.ts'
import { createBackupCommand } from './backup.ts'
import { createCasesCommand } from './cases.ts'
import { createCollectiveCommand } from './collective.ts'
import { createDossierCommand } from './dossier.ts'
import { createDuplicatesCommand } from './duplicates.ts'
import { createDecideCommand, createEightDCommand, createExportCommand } from './decide.ts'
import { createEfficacyCommand } from './efficacy.ts'
import { createImportCommand } from './import.ts'
import { createLlmCommand } from './llm.ts'
import { createModelsCommand } from './models.ts'
import { createNeo4jCommand } from './neo4j.ts'
import { openFishbone } from './open-command.ts'
import type { CommandStreams } from './open-command.ts'
import { createRestoreCommand } from './restore.ts'
import { createScanCommand } from './scan.ts'
import { createServeCommand } from './serve.ts'
import { createSimilarCommand } from './similar.ts'
import { createTermsCommand } from './terms.ts'
import { createSuggestCommand } from './suggest.ts'
import { createTriageCommand } from './triage.ts'
import { openImportServices } from './import-services.ts'
import { fishboneVersion } from './version.ts'
import { createWorkCommand } from './work.ts'

/** Exit codes of every command: 0 done, 1 something went wrong, 2 wrong input, 3 the database cannot be reached. */
const exitCodes: Partial<Record<ErrorCode, number>> = {
  FB_INVALID: 2,
  FB_NO_SUBJECT: 2,
  FB_CONFIG_INVALID: 2,
  FB_IMPORT_FORMAT: 2,
  FB_GRAPH_UNAVAILABLE: 3,
}

const usageExit = 2

const onInterrupt = (listener: () => void) => {
  process.on('SIGINT', listener)
  process.on('SIGTERM', listener)
  return () => {
    process.off('SIGINT', listener)
    process.off('SIGTERM', listener)
  }
}

const createImport = (streams: CommandStreams, setExitCode: (code: number) => void): Command =>
  createImportCommand({
    openServices: async () => openImportServices(await openFishbone(streams, { quietly: true })),
    now: () => new Date(),
    ...streams,
    setExitCode,
    onInterrupt,
    leave: code => process.exit(code),
  })

const createAnalyze = (streams: CommandStreams, setExitCode: (code: number) => void): Command =>
  createAnalyzeCommand({
    open: async () => {
      const fishbone = await openFishbone(streams, { quietly: true })
      try {
        return { ...(await fishbone.rootCauses()), close: () => fishbone.close() }
      } catch (error) {
        await fishbone.close()
        throw error
      }
    },
    ...streams,
    setExitCode,
    onInterrupt,
    leave: code => process.exit(code),
  })

/** Wrong usage is told in one line and ends with exit code 2. */
const hardenUsage = (command: Command): Command => {
  command.exitOverride()
  command.configureOutput({ outputError: (line, write) => write(line) })
  command.commands.forEach(hardenUsage)
  return command
}

const createProgram = (streams: CommandStreams, setExitCode: (code: number) => void): Command =>
  hardenUsage(
    new Command('fishbone')
      .description('Quality graph and root-cause engine for vehicles')
      .version(fishboneVersion())
      .showHelpAfterError('(fishbone --help tells more)')
      .addCommand(createServeCommand(streams))
      .addCommand(createWorkCommand(streams))
      .addCommand(createImport(streams, setExitCode))
      .addCommand(createTriageCommand(streams))
      .addCommand(createSimilarCommand(streams))
      .addCommand(createCasesCommand(streams))
      .addCommand(createDuplicatesCommand(streams))
      .addCommand(createDossierCommand(streams))
      .addCommand(createCollectiveCommand(streams))
      .addCommand(createTermsCommand(streams))
      .addCommand(createAnalyze(streams, setExitCode))
      .addCommand(createSuggestCommand(streams))
      .addCommand(createDecideCommand(streams))
      .addCommand(createEightDCommand(streams))
      .addCommand(createExportCommand(streams))
      .addCommand(createEfficacyCommand(streams))
      .addCommand(createScanCommand(streams))
      .addCommand(createBackupCommand(streams))
      .addCommand(createRestoreCommand(streams))
      .addCommand(createNeo4jCommand())
      .addCommand(createLlmCommand(streams))
      .addCommand(createModelsCommand()),
  )

const failed = (error: unknown, notices: NodeJS.WritableStream): number => {
  // Commander has said what is wrong; asking for help is no error.
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : usageExit
  const { message, stack } = error instanceof Error ? error : new Error(String(error))
  if (error instanceof FishboneError) {
    notices.write(`${error.code}: ${message}\n`)
    return exitCodes[error.code] ?? 1
  }
  notices.write(`${stack ?? message}\n`)
  return 1
}

/** Runs one command. @returns the exit code of the process. */
export const run = async (argv: readonly string[], streams: CommandStreams = { output: process.stdout, notices: process.stderr }): Promise<number> => {
  let exitCode = 0
  // A reader that has seen enough (`| head`) is no error.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => (error.code === 'EPIPE' ? process.exit(0) : undefined))
  try {
    await createProgram(streams, code => (exitCode = code)).parseAsync([...argv], { from: 'user' })
    return exitCode
  } catch (error) {
    return failed(error, streams.notices)
  }
}
