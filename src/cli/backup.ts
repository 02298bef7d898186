import { stat } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { Command } from 'commander'
import { readConfig } from '../config.ts'
import type { BackupMade } from '../workflow/backup/make-backup.ts'
import type { CommandStreams } from './open-command.ts'
import { createStepProgress } from './step-progress.ts'
import { onceInterrupted } from './interrupt.ts'
import { fishboneVersion } from './version.ts'

const defaultName = (at: Date) => `fishbone-${at.toISOString().replace(/[-:]|\.\d+/g, '')}.backup`

/** Where the backup goes: the file named, or a file named after the instant in the folder named. */
const pathOf = async (given: string | undefined, at: Date): Promise<string> => {
  const path = resolve(given ?? '.')
  const isFolder = await stat(path).then(found => found.isDirectory(), () => false)
  return isFolder ? join(path, defaultName(at)) : path
}

/** What a person must know of a backup that was made. */
export const backupText = (path: string, { header, nodes, relationships, files }: BackupMade): string[] => [
  `backup of ${header.madeAt}: ${path}`,
  `  graph        ${nodes} nodes, ${relationships} relationships${header.writesHeld ? '; writes waited while it was read' : ''}`,
  `  data folder  ${files} files`,
  ...keyLines(header),
]

const keyLines = ({ vinKey }: BackupMade['header']): string[] => {
  const lines: Record<typeof vinKey.in, string[]> = {
    archive: ['  VIN key      in the backup: who holds the file can open every VIN in it. Keep it like a key'],
    environment: ['  VIN key      NOT in the backup: it is set by FISHBONE_VIN_KEY. Keep it apart: without it no VIN in the backup can ever be opened'],
    'left-out': ['  VIN key      NOT in the backup (--without-keys). Keep vin.key apart: without it no VIN in the backup can ever be opened'],
    lost: ['  VIN key      LOST: neither vin.key of the data folder nor FISHBONE_VIN_KEY opens the VINs of this graph. Find the key before you need this backup'],
  }
  return lines[vinKey.in]
}

const backup = async (given: string | undefined, { keys }: { keys: boolean }, { output, notices }: CommandStreams): Promise<void> => {
  const config = readConfig()
  const path = await pathOf(given, new Date())
  const { runBackup } = await import('../composition-root.ts')
  const progress = createStepProgress(notices)
  const interrupt = onceInterrupted()
  try {
    const made = await runBackup(path, { withKeys: keys }, {
      config, version: fishboneVersion(), signal: interrupt.signal, onProgress: progress.tell,
    })
    progress.clear()
    output.write(`${backupText(path, made).join('\n')}\n`)
  } finally {
    progress.clear()
    interrupt.end()
  }
}

/** `fishbone backup`: graph, data folder and keys as one file. */
export const createBackupCommand = (streams: CommandStreams): Command =>
  new Command('backup')
    .description('write the graph, the data folder and the keys to one file')
    .argument('[file]', 'the file to make, or a folder to put it in; this folder by default')
    .option('--without-keys', 'leave out the VIN key and the API keys')
    .addHelpText('after', '\nServers and workers may go on: the file holds one moment. When they write meanwhile, their writes wait while the graph is read again.\nIt has its name when it is whole; one that is cut short ends in .partial and is removed. See docs/operations.md.')
    .action((file: string | undefined, { withoutKeys }: { withoutKeys?: boolean }) => backup(file, { keys: withoutKeys !== true }, streams))
