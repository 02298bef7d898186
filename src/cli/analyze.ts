import { Command, InvalidArgumentError, Option } from 'commander'
import { Day, InstantOrDay } from '../domain/instant.ts'
import { FishboneError } from '../domain/error.ts'
import { AnalyzeRootCausesRequest, type RootCauseAnalysis } from '../domain/root-cause-analysis.ts'
import type { AnalyzeRootCauses } from '../workflow/root-causes/analyze-root-causes.ts'
import type { CommandStreams } from './open-command.ts'
import { createStepProgress } from './step-progress.ts'
import { printAnalysis } from './print-analysis.ts'
import { createPaint, isColourOn } from './terminal.ts'

export type AnalyzeCommandDependencies = CommandStreams & {
  /** Opens what an analysis needs; `close` lets go of it. */
  open: () => Promise<{ analyzeRootCauses: AnalyzeRootCauses; readAnalysis: (analysisId: string) => Promise<RootCauseAnalysis | null>; close(): Promise<void> }>
  setExitCode: (code: number) => void
  /** Calls back on every interrupt by the user; returns how to stop listening. */
  onInterrupt: (listener: () => void) => () => void
  /** Leaves without finishing anything. */
  leave: (code: number) => void
}

type AnalyzeOptions = {
  component?: string
  symptom?: string
  issue?: string
  text?: string
  asOf?: string
  model?: string[]
  modelYear?: number[]
  region?: string[]
  builtFrom?: string
  builtTo?: string
  seed?: number
  max?: number
  stored?: string
  json?: boolean
}

const interruptedExit = 130

const checked = <T>(isRight: (text: string) => boolean, value: (text: string) => T, wanted: string) => (text: string): T => {
  if (!isRight(text)) throw new InvalidArgumentError(`${wanted} is wanted.`)
  return value(text)
}
const same = (text: string): string => text
const day = checked(text => Day.safeParse(text).success, same, 'a day (2022-03-01)')
const asOf = checked(text => InstantOrDay.safeParse(text).success, same, 'a day (2023-02-01) or an instant (2023-02-01T06:00:00Z)')
const number = (least: number, most: number) =>
  checked(text => /^\d+$/.test(text) && Number(text) >= least && Number(text) <= most, Number, `a number from ${least} to ${most}`)
const year = number(1900, 2100)
const years = (text: string, earlier: number[] = []): number[] => [...earlier, year(text)]
const words = checked(text => text.trim() !== '' && text.length <= 20_000, same, 'some text of at most 20,000 characters')

const subjectOf = ({ issue, text, component, symptom }: AnalyzeOptions, command: Command): AnalyzeRootCausesRequest['subject'] => {
  const ways = [issue, text, component ?? symptom].filter(one => one !== undefined)
  if (ways.length !== 1)
    return command.error('error: say what to analyse, in one way: --component and --symptom, --issue, or --text', { exitCode: 2 })
  if (issue !== undefined) return { issueId: issue }
  return text === undefined ? { ...(component !== undefined && { component }), ...(symptom !== undefined && { symptom }) } : { text }
}

const requestOf = (options: AnalyzeOptions, command: Command): AnalyzeRootCausesRequest => {
  const { model, modelYear, region, builtFrom, builtTo } = options
  const population = { models: model, modelYears: modelYear, regions: region, builtFrom, builtTo }
  return AnalyzeRootCausesRequest.parse({
    subject: subjectOf(options, command),
    ...(Object.values(population).some(side => side !== undefined) && { population }),
    asOf: options.asOf,
    maxCandidates: options.max,
    seed: options.seed,
  })
}

const run = async (options: AnalyzeOptions, command: Command, { open, output, notices, setExitCode, onInterrupt, leave }: AnalyzeCommandDependencies): Promise<void> => {
  const request = options.stored === undefined ? requestOf(options, command) : null
  const controller = new AbortController()
  // A second interrupt does not wait for a step that cannot be cut short, such as the first loading of the fleet.
  const stopListening = onInterrupt(() => (controller.signal.aborted ? leave(interruptedExit) : controller.abort()))
  const progress = createStepProgress(notices)
  const opened = open()
  try {
    const { analyzeRootCauses, readAnalysis } = await opened
    const analysis = request === null
      ? await readAnalysis(options.stored!)
      : await analyzeRootCauses(request, { signal: controller.signal, onProgress: progress.tell })
    if (analysis === null) throw new FishboneError('FB_NOT_FOUND', `there is no analysis ${options.stored}`, { details: { analysisId: options.stored } })
    progress.clear()
    const paint = createPaint(isColourOn(output, process.env))
    output.write(`${options.json ? JSON.stringify(analysis, null, 2) : printAnalysis(analysis, { paint, columns: output.columns ?? 110 })}\n`)
  } catch (error) {
    progress.clear()
    if (!controller.signal.aborted) throw error
    notices.write('Interrupted: nothing was stored.\n')
    setExitCode(interruptedExit)
  } finally {
    stopListening()
    await (await opened.catch(() => null))?.close()
  }
}

/** `fishbone analyze`: the call `POST /v1/root-cause-analyses` from the command line. */
export const createAnalyzeCommand = (dependencies: AnalyzeCommandDependencies): Command =>
  new Command('analyze')
    .description('which lot, supplier, software, plant, week … explains the excess of a symptom class, or that none does')
    .option('--component <name>', 'the component, by key or name; a parent includes its children')
    .option('--symptom <name>', 'the symptom, by key or name')
    .option('--issue <id>', 'an issue: its component and symptom')
    .addOption(new Option('--text <text>', 'what a person said, which is linked first').argParser(words))
    .addOption(new Option('--as-of <day>', 'leave out what was received or closed later').argParser(asOf))
    .option('--model <name...>', 'compare only cars of these models')
    .addOption(new Option('--model-year <year...>', 'compare only cars of these model years').argParser(years))
    .option('--region <name...>', 'compare only cars of these regions')
    .addOption(new Option('--built-from <day>', 'compare only cars built then or later').argParser(day))
    .addOption(new Option('--built-to <day>', 'compare only cars built then or earlier').argParser(day))
    .addOption(new Option('--seed <n>', 'seed of the random draws behind the p values (42)').argParser(number(0, 0xffff_ffff)))
    .addOption(new Option('--max <n>', 'most candidates to show (10)').argParser(number(1, 100)))
    .option('--stored <id>', 'an analysis made before, each path run again')
    .option('--json', 'print exactly what the HTTP API answers')
    .action((options: AnalyzeOptions, command: Command) => run(options, command, dependencies))
