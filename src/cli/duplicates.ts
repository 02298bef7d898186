import { Command, Option } from 'commander'
import type { Fishbone } from '../composition-root.ts'
import type { DuplicateEdge } from '../graph/ports/duplicates.ts'
import { openFishbone } from './open-command.ts'
import type { CommandStreams } from './open-command.ts'
import { createStepProgress } from './step-progress.ts'
import { createPaint, isColourOn, type Paint } from './terminal.ts'

type DuplicatesOptions = { undo?: string; redo?: string; reason?: string; by: string; again?: boolean; json?: boolean }
type Parts = Awaited<ReturnType<Fishbone['duplicates']>>

const relationWords: Record<DuplicateEdge['type'], string> = {
  'duplicate-of': 'told twice, counted once', 'same-issue': 'same problem of the same car, one event', similar: 'resembles, each counted', distinct: 'kept apart',
}

/** Relations of one feedback, told from its side. */
export const printRelations = (feedbackId: string, edges: readonly DuplicateEdge[], paint: Paint): string => {
  if (edges.length === 0) return `${feedbackId} belongs to no other report.`
  const order = Object.keys(relationWords)
  const lines = edges
    .toSorted((a, b) => order.indexOf(a.type) - order.indexOf(b.type) || b.score - a.score)
    .flatMap(({ from, to, type, score, reason, method, by, at }) => [
      `${paint.bold((from === feedbackId ? to : from).padEnd(28))} ${relationWords[type]}${from === feedbackId ? '' : ' (the other came later)'}`,
      paint.dim(`  ${reason || 'no reason given'} · ${method} · score ${score.toFixed(2)} · ${by}, ${at.slice(0, 10)}`),
    ])
  return lines.join('\n')
}

const decide = async ({ partReports }: Parts, feedbackId: string, { undo, redo, reason, by }: DuplicatesOptions): Promise<string> => {
  if (undo !== undefined) {
    const { was } = await partReports.undo({ feedbackId, otherId: undo, reason: reason ?? '', by })
    return was === 'none' || was === null ? 'They belonged together in no way; kept apart from now on.' : `Taken back: ${relationWords[was]}. No later run puts it back.`
  }
  const { forgotten } = await partReports.redo({ feedbackId, otherId: redo! })
  return forgotten ? 'Forgotten that they were parted, and compared again.' : 'Nobody had parted them; compared again.'
}

const compareAll = async ({ compareWaiting, compareAllAgain }: Parts, again: boolean, streams: CommandStreams): Promise<number> => {
  if (again) await compareAllAgain()
  const progress = createStepProgress(streams.notices)
  try {
    return (await compareWaiting({ onProgress: ({ done, total }) => progress.tell({ done, total, message: 'reports compared' }) })).compared
  } finally {
    progress.clear()
  }
}

const run = async (feedbackId: string | undefined, options: DuplicatesOptions, command: Command, streams: CommandStreams): Promise<void> => {
  const isDecision = options.undo !== undefined || options.redo !== undefined
  if (isDecision && feedbackId === undefined) return command.error('error: say which report: fishbone duplicates FEEDBACK --undo OTHER', { exitCode: 2 })
  if (options.undo !== undefined && !options.reason) return command.error('error: say why they are parted: --reason', { exitCode: 2 })
  const fishbone = await openFishbone(streams, { quietly: true })
  const write = (shown: unknown, words: string): void => void streams.output.write(`${options.json ? JSON.stringify(shown, null, 2) : words}\n`)
  try {
    const parts = await fishbone.duplicates()
    if (feedbackId === undefined) {
      const compared = await compareAll(parts, options.again ?? false, streams)
      return write({ compared }, compared === 0 ? 'No report waits to be compared.' : `${compared} reports compared.`)
    }
    const said = isDecision ? await decide(parts, feedbackId, options) : null
    const edges = await parts.compareFeedback(feedbackId)
    const paint = createPaint(isColourOn(streams.output, process.env))
    write({ feedbackId, relations: edges }, [...(said ? [said] : []), printRelations(feedbackId, edges, paint)].join('\n'))
  } finally {
    await fishbone.close()
  }
}

/** `fishbone duplicates`: which reports are one, why, and taking it back. */
export const createDuplicatesCommand = (streams: CommandStreams): Command =>
  new Command('duplicates')
    .description('reports told twice, of one problem, or alike: compare those that wait, show one, take a relation back')
    .argument('[feedback]', 'id of a report (channel:sourceId); without one, all that wait are compared')
    .option('--undo <other>', 'take back that the two belong together; remembered')
    .option('--redo <other>', 'forget that the two were parted')
    .option('--reason <text>', 'why they are parted')
    .addOption(new Option('--by <name>', 'who decides').default(process.env['USER'] ?? 'command line'))
    .option('--again', 'compare all reports again, not only those that wait')
    .option('--json', 'print as JSON')
    .action((feedbackId: string | undefined, options: DuplicatesOptions, command: Command) => run(feedbackId, options, command, streams))
