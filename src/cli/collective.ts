import { Command, InvalidArgumentError, Option } from 'commander'
import { CollectiveRequest } from '../domain/collective-view.ts'
import { InstantOrDay } from '../domain/instant.ts'
import { openFishbone } from './open-command.ts'
import type { CommandStreams } from './open-command.ts'
import { printCollectiveView } from './print-collective.ts'
import { createPaint, isColourOn } from './terminal.ts'

type CollectiveOptions = { issue?: string; component?: string; symptom?: string; text?: string; model?: string; asOf?: string; json?: boolean }

const instant = (given: string): string => {
  if (!InstantOrDay.safeParse(given).success) throw new InvalidArgumentError('a day such as 2023-02-01, or an instant such as 2023-02-01T08:00:00Z.')
  return given
}

const run = async ({ issue, json, ...question }: CollectiveOptions, command: Command, streams: CommandStreams): Promise<void> => {
  if ((issue ?? question.component ?? question.symptom ?? question.text) === undefined)
    return command.error('error: say which problem: --issue, --component, --symptom or --text', { exitCode: 2 })
  const fishbone = await openFishbone(streams, { quietly: true })
  try {
    const readCollectiveView = await fishbone.collectiveView()
    const view = await readCollectiveView(CollectiveRequest.parse({ ...question, ...(issue && { issueId: issue }) }))
    const paint = createPaint(isColourOn(streams.output, process.env))
    streams.output.write(`${json ? JSON.stringify(view, null, 2) : printCollectiveView(view, { paint, columns: streams.output.columns ?? 110 })}\n`)
  } finally {
    await fishbone.close()
  }
}

/** `fishbone collective`: who else has a problem, since when, and how fast it grows. */
export const createCollectiveCommand = (streams: CommandStreams): Command =>
  new Command('collective')
    .description('who else has a problem, since when, and how fast it grows')
    .option('--issue <id>', 'an issue: its component, symptom and model')
    .option('--component <name>', 'the component, by key or name; a parent includes its children')
    .option('--symptom <name>', 'the symptom, by key or name')
    .option('--text <text>', 'what a person said, which is linked first')
    .option('--model <name>', 'only cars of this model')
    .addOption(new Option('--as-of <day>', 'leave out what was received later').argParser(instant))
    .option('--json', 'print exactly what the HTTP API answers')
    .action((options: CollectiveOptions, command: Command) => run(options, command, streams))
