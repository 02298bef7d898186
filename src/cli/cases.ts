import { userInfo } from 'node:os'
import { Command, InvalidArgumentError, Option } from 'commander'
import { InstantOrDay } from '../domain/instant.ts'
import type { CaseConfirmations } from '../retrieval/index.ts'
import { openFishbone } from './open-command.ts'
import type { CommandStreams } from './open-command.ts'
import { printCaseRecord } from './print-case-record.ts'
import { createPaint, isColourOn } from './terminal.ts'

type CasesOptions = { by?: string; asOf?: string; json?: boolean }

const asOf = (text: string): string => {
  if (!InstantOrDay.safeParse(text).success) throw new InvalidArgumentError('a day (2023-02-01) or an instant (2023-02-01T06:00:00Z) is wanted.')
  return text
}

/** The account that types, where the system knows one. */
const whoTypes = (): string | null => {
  try {
    return userInfo().username
  } catch {
    return null
  }
}

const withCases = async (streams: CommandStreams, work: (cases: CaseConfirmations) => Promise<string>): Promise<void> => {
  const fishbone = await openFishbone(streams, { quietly: true })
  try {
    streams.output.write(`${await work(await fishbone.caseConfirmations())}\n`)
  } finally {
    await fishbone.close()
  }
}

const jsonOption = (): Option => new Option('--json', 'print exactly what the HTTP API answers')
const byOption = (): Option => new Option('--by <name>', 'who says so (the account that types)')
const jsonOr = (value: unknown, text: string, { json }: CasesOptions): string => (json ? JSON.stringify(value, null, 2) : text)

const createShow = (streams: CommandStreams): Command =>
  new Command('show')
    .description('one past case, with the complaints that were confirmed for it')
    .argument('<case>', 'id of the case')
    .addOption(new Option('--as-of <day>', 'leave out what was closed, received or confirmed later').argParser(asOf))
    .addOption(jsonOption())
    .action((caseId: string, options: CasesOptions) =>
      withCases(streams, async ({ readCase }) => {
        const record = await readCase(caseId, { asOf: options.asOf })
        const paint = createPaint(isColourOn(streams.output, process.env))
        return jsonOr(record, printCaseRecord(record, { paint, columns: streams.output.columns ?? 110 }), options)
      }))

const createConfirm = (streams: CommandStreams): Command =>
  new Command('confirm')
    .description('say that a complaint was this case: from then on it helps to find the case')
    .argument('<case>', 'id of the case')
    .argument('<feedback>', 'id of the complaint, such as app:F-1')
    .addOption(byOption())
    .addOption(jsonOption())
    .action((caseId: string, feedbackId: string, options: CasesOptions) =>
      withCases(streams, async ({ confirmCase }) => {
        const stands = await confirmCase(caseId, feedbackId, { by: options.by ?? whoTypes() })
        const told = `${stands.feedbackId} is confirmed for ${stands.caseId} since ${stands.confirmedAt}${stands.confirmedBy === null ? '' : ` by ${stands.confirmedBy}`}`
        return jsonOr(stands, told, options)
      }))

const createUnconfirm = (streams: CommandStreams): Command =>
  new Command('unconfirm')
    .description('take a confirmation back')
    .argument('<case>', 'id of the case')
    .argument('<feedback>', 'id of the complaint')
    .addOption(byOption())
    .action((caseId: string, feedbackId: string, options: CasesOptions) =>
      withCases(streams, async ({ unconfirmCase }) => {
        await unconfirmCase(caseId, feedbackId, { by: options.by ?? whoTypes() })
        return `${feedbackId} is not confirmed for ${caseId} any more`
      }))

/** `fishbone cases`: the calls under `/v1/cases/{id}` from the command line. */
export const createCasesCommand = (streams: CommandStreams): Command =>
  new Command('cases')
    .description('past cases: show one, confirm that a complaint was this case, take it back')
    .addCommand(createShow(streams))
    .addCommand(createConfirm(streams))
    .addCommand(createUnconfirm(streams))
