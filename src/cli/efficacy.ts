import { Command, InvalidArgumentError, Option } from 'commander'
import { actionTypes } from '../domain/case.ts'
import type { CaseAction } from '../domain/case.ts'
import { InstantOrDay } from '../domain/instant.ts'
import type { ActionEfficacyService } from '../workflow/action-efficacy.ts'
import { openFishbone } from './open-command.ts'
import type { CommandStreams } from './open-command.ts'
import { printEfficacies, printRecurrences, printTypeRecords } from './print-efficacy.ts'
import type { PrintOptions } from './print-triage.ts'
import { createPaint, isColourOn } from './terminal.ts'

type EfficacyOptions = { case?: string; actionType?: CaseAction['actionType']; types?: boolean; watch?: boolean; asOf?: string; json?: boolean }

const asOf = (text: string): string => {
  if (!InstantOrDay.safeParse(text).success) throw new InvalidArgumentError('a day (2023-02-01) or an instant (2023-02-01T06:00:00Z) is wanted.')
  return text
}

/** What is asked for, as JSON and as words. */
const answerOf = async (service: ActionEfficacyService, actionId: string | undefined, options: EfficacyOptions) => {
  const control = { asOf: options.asOf }
  if (options.watch) {
    const items = await service.watchRecurrences(control)
    return { json: { items }, words: (print: PrintOptions) => printRecurrences(items, print) }
  }
  if (actionId !== undefined) {
    const one = await service.actionEfficacy(actionId, control)
    return { json: one, words: (print: PrintOptions) => printEfficacies([one], print) }
  }
  const records = options.types || options.actionType ? await service.actionTypeRecord(options.actionType, control) : []
  const items = options.types ? [] : await service.actionEfficacies({ caseId: options.case, actionType: options.actionType }, control)
  const words = (print: PrintOptions): string =>
    [...(records.length > 0 ? [printTypeRecords(records, print)] : []), ...(options.types ? [] : [printEfficacies(items, print)])].join('\n\n')
  return { json: { items, ...(records.length > 0 && { records }) }, words }
}

const run = async (actionId: string | undefined, options: EfficacyOptions, command: Command, streams: CommandStreams): Promise<void> => {
  const asked = [actionId, options.case, options.actionType, options.types, options.watch].filter(one => one !== undefined)
  if (asked.length > 1) return command.error('error: ask in one way: an action, --case, --action-type, --types or --watch', { exitCode: 2 })
  const fishbone = await openFishbone(streams, { quietly: true })
  try {
    const { json, words } = await answerOf(await fishbone.actionEfficacy(), actionId, options)
    const paint = createPaint(isColourOn(streams.output, process.env))
    const columns = streams.output.columns ?? 110
    streams.output.write(`${options.json ? JSON.stringify(json, null, 2) : words({ paint, columns })}\n`)
  } finally {
    await fishbone.close()
  }
}

/** `fishbone efficacy`: the call `GET /v1/actions/{id}/efficacy` from the command line, for one action or many. */
export const createEfficacyCommand = (streams: CommandStreams): Command =>
  new Command('efficacy')
    .description('what the actions of past cases did: rate before and after, recurrences')
    .argument('[action]', 'id of an action; all actions without it')
    .option('--case <id>', 'the actions of one case')
    .addOption(new Option('--action-type <type>', 'the actions of one type, with the record of the type').choices([...actionTypes]))
    .option('--types', 'how each type of action has fared')
    .option('--watch', 'look for actions whose cars fail again, and keep what is found')
    .addOption(new Option('--as-of <day>', 'as it was known on a day').argParser(asOf))
    .option('--json', 'print the answer as JSON')
    .action((actionId: string | undefined, options: EfficacyOptions, command: Command) => run(actionId, options, command, streams))
