import { basename } from 'node:path'
import type { FileSummary, ImportSummary } from '../ingest/import-files/import-summary.ts'

const number = (value: number): string => value.toLocaleString('en')

const endings: Record<ImportSummary['outcome'], string> = {
  loaded: 'All loaded.',
  'some-refused': 'Loaded, but some was refused.',
  'database-lost': 'The database was lost. Run the same command again: it goes on after the last committed batch.',
  interrupted: 'Interrupted. Run the same command again: it goes on after the last committed batch.',
}

const fileLines = (file: FileSummary): string[] => {
  const rate = file.seconds > 0 ? `, ${number(Math.round((file.read - file.resumed) / file.seconds))}/s` : ''
  const written = `${number(file.created)} created, ${number(file.updated)} updated, ${number(file.unchanged)} unchanged, ${number(file.superseded)} superseded`
  const resumed = file.resumed > 0 ? [`  ${number(file.resumed)} were written by an earlier run`] : []
  const flags = Object.entries(file.flags).map(([flag, { count, firstLines }]) => `  ${flag}: ${number(count)} (lines ${firstLines.join(', ')}${count > firstLines.length ? ', …' : ''})`)
  return [
    `${basename(file.path)} (${[...new Set([file.format, file.kind])].filter(Boolean).join(', ')}): ${number(file.read)} read, ${written}, ${number(file.rejected)} rejected${rate}`,
    ...resumed,
    ...flags,
    ...(file.unknownFields.length > 0 ? [`  unknown fields, not loaded: ${file.unknownFields.join(', ')}`] : []),
    ...(file.rejectsPath ? [`  refused lines and why: ${file.rejectsPath}`] : []),
    ...(file.refused ? [`  the rest of the file was refused: ${file.refused}`] : []),
  ]
}

const linesOf = (file: FileSummary): string[] =>
  file.format === null ? [`${file.path}: refused: ${file.refused ?? 'unknown'}`] : fileLines(file)

/** The result of an import for a person, a line or a few for each file. */
export function summaryText({ files, ignored, outcome, lastCommitted }: ImportSummary): string {
  return [
    ...files.flatMap(linesOf),
    ...(ignored.length > 0 ? [`Not read, no data files: ${ignored.map(path => basename(path)).join(', ')}`] : []),
    ...(files.length === 0 ? ['No files to load.'] : []),
    ...(lastCommitted ? [`Last committed line: ${lastCommitted.line} of ${lastCommitted.path}`] : []),
    endings[outcome],
  ].join('\n')
}
