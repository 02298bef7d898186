import { Command, InvalidArgumentError, Option } from 'commander'
import { InstantOrDay } from '../domain/instant.ts'
import { printDecision, printPerformance, printScan } from './print-alerts.ts'
import { openFishbone } from './open-command.ts'
import type { CommandStreams } from './open-command.ts'
import { createStepProgress } from './step-progress.ts'
import { createPaint, isColourOn } from './terminal.ts'

type ScanCommandOptions = {
  asOf?: string
  component?: string
  symptom?: string
  seed?: number
  performance?: boolean
  decide?: string
  reason?: string
  json?: boolean
}

const asOf = (text: string): string => {
  if (!InstantOrDay.safeParse(text).success) throw new InvalidArgumentError('a day (2023-02-01) or an instant (2023-02-01T06:00:00Z) is wanted.')
  return text
}

const seed = (text: string): number => {
  if (!/^\d{1,10}$/.test(text)) throw new InvalidArgumentError('a number from 0 on is wanted.')
  return Number(text)
}

const run = async (verdict: string | undefined, options: ScanCommandOptions, command: Command, streams: CommandStreams): Promise<void> => {
  if (options.decide !== undefined && verdict !== 'confirmed' && verdict !== 'rejected')
    return command.error('error: say what the alert turned out to be: fishbone scan --decide ALERT confirmed|rejected --reason TEXT', { exitCode: 2 })
  if (options.decide !== undefined && !options.reason?.trim()) return command.error('error: a decision needs its --reason', { exitCode: 2 })
  if (options.decide === undefined && verdict !== undefined) return command.error(`error: unexpected argument ${verdict}`, { exitCode: 2 })
  const fishbone = await openFishbone(streams, { quietly: true })
  try {
    const { output } = streams
    const print = { paint: createPaint(isColourOn(output, process.env)), columns: output.columns ?? 110 }
    const tell = (value: unknown, text: string): void => void output.write(`${options.json ? JSON.stringify(value, null, 2) : text}\n`)
    const warning = await fishbone.earlyWarning()
    if (options.decide !== undefined) {
      const alert = await warning.decideAlert(options.decide, { outcome: verdict as 'confirmed' | 'rejected', reason: options.reason!.trim() })
      return tell(alert, printDecision(alert))
    }
    if (options.performance) {
      const log = await warning.performance()
      return tell(log, printPerformance(log, print))
    }
    const progress = createStepProgress(streams.notices)
    const scan = await warning.scan(requestOf(options, warning.resolveStreams), { onProgress: progress.tell }).finally(progress.clear)
    tell(scan, printScan(scan, print))
  } finally {
    await fishbone.close()
  }
}

const requestOf = (
  { asOf: at, component, symptom, seed: given }: ScanCommandOptions,
  resolve: (names: { component?: string; symptom?: string }) => { component: string | null; symptom: string | null },
) => ({
  ...(at !== undefined && { asOf: at }),
  ...(given !== undefined && { seed: given }),
  ...((component ?? symptom) !== undefined && { streams: [resolve({ ...(component !== undefined && { component }), ...(symptom !== undefined && { symptom }) })] }),
})

/** `fishbone scan`: the calls `POST /v1/early-warning/scans` and `GET /v1/early-warning/performance` from the command line. */
export const createScanCommand = (streams: CommandStreams): Command =>
  new Command('scan')
    .description('early warning: new problems of cohorts and models, before anyone asks')
    .argument('[verdict]', 'with --decide: confirmed or rejected')
    .addOption(new Option('--as-of <day>', 'leave out what was received later').argParser(asOf))
    .option('--component <name>', 'only streams of this component, by key or name; a parent includes its children')
    .option('--symptom <name>', 'only streams of this symptom, by key or name')
    .addOption(new Option('--seed <n>', 'seed of the simulated null streams behind the thresholds (42)').argParser(seed))
    .option('--performance', 'how past alerts turned out: precision, lead time, false alarms')
    .option('--decide <alert>', 'keep what an alert turned out to be')
    .option('--reason <text>', 'why it was so decided')
    .option('--json', 'print exactly what the HTTP API answers')
    .action((verdict: string | undefined, options: ScanCommandOptions, command: Command) => run(verdict, options, command, streams))
