import { resolve } from 'node:path'
import { Command } from 'commander'
import { readConfig } from '../config.ts'
import type { ArchiveSummary } from '../workflow/backup/archive-format.ts'
import type { Restored } from '../workflow/backup/restore-backup.ts'
import type { CommandStreams } from './open-command.ts'
import { createStepProgress } from './step-progress.ts'
import { fishboneVersion } from './version.ts'

type RestoreFlags = { check?: boolean; replace?: boolean; withoutVinKey?: boolean }

const keyWords = { archive: 'in the file', environment: 'not in the file: it was set by FISHBONE_VIN_KEY', 'left-out': 'not in the file: left out', lost: 'was lost before this backup was made' } as const

/** What `--check` says of a file that is whole. */
export const checkText = (path: string, { header, lines }: ArchiveSummary): string[] => [
  `${path} is whole`,
  `  made         ${header.madeAt} by Fishbone ${header.fishbone}, Neo4j ${header.neo4j}, schema ${header.schema.at(-1)?.file ?? 'none'}`,
  `  graph        ${lines.nodes} nodes, ${lines.relationships} relationships`,
  `  VIN key      ${keyWords[header.vinKey.in]}${header.vinKey.fingerprint === null ? '' : ` (fingerprint ${header.vinKey.fingerprint})`}`,
]

/** What a person must know of a restore. */
export const restoredText = ({ header, nodes, relationships, files, erasuresKnown, erasedAgain, closedVins }: Restored): string[] => [
  `restored the backup of ${header.madeAt}: ${nodes} nodes, ${relationships} relationships, ${files} files`,
  ...(erasuresKnown > 0
    ? [`  erasures     ${erasuresKnown} known to the graph that was replaced; ${erasedAgain} of them erased again`]
    : ['  erasures     the target knew of none: who was erased after this backup was made is in it again. Erase them again']),
  ...(closedVins > 0 ? [`  VIN key      LOST: ${closedVins} sealed VINs were removed, webhook secrets do not open: make the webhooks anew`] : []),
]

const restore = async (file: string, flags: RestoreFlags, { output, notices }: CommandStreams): Promise<void> => {
  const path = resolve(file)
  const progress = createStepProgress(notices)
  try {
    if (flags.check) {
      const { checkArchive } = await import('../workflow/backup/read-archive.ts')
      const summary = await checkArchive(path, done => progress.tell({ done, total: 0, message: 'the file is held against its sums' }))
      progress.clear()
      output.write(`${checkText(path, summary).join('\n')}\n`)
      return
    }
    const { runRestore } = await import('../composition-root.ts')
    const restored = await runRestore(path, { replace: flags.replace ?? false, withoutVinKey: flags.withoutVinKey ?? false }, { config: readConfig(), version: fishboneVersion(), onProgress: progress.tell })
    progress.clear()
    output.write(`${restoredText(restored).join('\n')}\n`)
  } finally {
    progress.clear()
  }
}

/** `fishbone restore`: a backup into an empty graph and data folder. */
export const createRestoreCommand = (streams: CommandStreams): Command =>
  new Command('restore')
    .description('read a backup into the graph and the data folder of this configuration')
    .argument('<file>', 'a file that fishbone backup made')
    .option('--check', 'only tell whether the file is whole, and what is in it')
    .option('--replace', 'remove what is in the graph first, and write over files of the data folder; keys that are there are put aside')
    .option('--without-vin-key', 'go on although the VIN key of the backup is lost: its sealed VINs are removed')
    .addHelpText('after', '\nThe file is held against its sums and the target looked at before anything is written. Stop servers and workers first.\nA restore that is cut short leaves a graph on which no Fishbone starts; run it again with --replace. See docs/operations.md.')
    .action((file: string, flags: RestoreFlags) => restore(file, flags, streams))
