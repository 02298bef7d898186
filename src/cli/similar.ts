import { Command, InvalidArgumentError, Option } from 'commander'
import { SearchCasesRequest } from '../domain/case-search.ts'
import { caseKinds } from '../domain/case.ts'
import { InstantOrDay } from '../domain/instant.ts'
import { openFishbone } from './open-command.ts'
import type { CommandStreams } from './open-command.ts'
import { printCases } from './print-cases.ts'
import { vehicleOf, withQuestionOptions } from './question-options.ts'
import type { QuestionOptions } from './question-options.ts'
import { createPaint, isColourOn } from './terminal.ts'

type SimilarOptions = QuestionOptions & {
  component?: string[]
  symptom?: string[]
  asOf?: string
  kind?: (typeof caseKinds)[number][]
  limit?: number
  /** Off with --no-diverse. */
  diverse: boolean
}

const limit = (text: string): number => {
  if (!/^\d+$/.test(text) || Number(text) < 1 || Number(text) > 200) throw new InvalidArgumentError('a number from 1 to 200 is wanted.')
  return Number(text)
}

const asOf = (text: string): string => {
  if (!InstantOrDay.safeParse(text).success) throw new InvalidArgumentError('a day (2023-02-01) or an instant (2023-02-01T06:00:00Z) is wanted.')
  return text
}

const requestOf = (options: SimilarOptions): SearchCasesRequest =>
  SearchCasesRequest.parse({
    text: options.text,
    dtcs: options.dtc,
    components: options.component,
    symptoms: options.symptom,
    vehicle: vehicleOf(options),
    asOf: options.asOf,
    kinds: options.kind,
    limit: options.limit,
    ...(!options.diverse && { diverse: false }),
  })

const run = async (options: SimilarOptions, command: Command, streams: CommandStreams): Promise<void> => {
  if (!options.text && !options.dtc && !options.component && !options.symptom)
    return command.error('error: say what to look for: --text, --dtc, --component or --symptom', { exitCode: 2 })
  const request = requestOf(options)
  const fishbone = await openFishbone(streams, { quietly: true })
  try {
    const reply = await (await fishbone.searchCases())(request)
    const paint = createPaint(isColourOn(streams.output, process.env))
    const columns = streams.output.columns ?? 110
    streams.output.write(`${options.json ? JSON.stringify(reply, null, 2) : printCases(reply, { paint, columns })}\n`)
  } finally {
    await fishbone.close()
  }
}

/** `fishbone similar`: the call `POST /v1/cases/search` from the command line. */
export const createSimilarCommand = (streams: CommandStreams): Command =>
  withQuestionOptions(new Command('similar'))
    .description('similar past cases with cause, containment and remedy, best first')
    .option('--component <name...>', 'a component, by key or name')
    .option('--symptom <name...>', 'a symptom, by key or name')
    .addOption(new Option('--as-of <day>', 'leave out what was closed or received later').argParser(asOf))
    .addOption(new Option('--kind <kind...>', 'kinds of cases').choices([...caseKinds]))
    .option('--no-diverse', 'strictly by score, near twins of a case above included')
    .addOption(new Option('--limit <n>', 'most cases to show (10)').argParser(limit))
    .action((options: SimilarOptions, command: Command) => run(options, command, streams))
