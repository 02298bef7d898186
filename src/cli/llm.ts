import { Command, InvalidArgumentError, Option } from 'commander'
import { readConfig } from '../config.ts'
import { FishboneError } from '../domain/error.ts'
import { Day } from '../domain/instant.ts'
import { callChat, CallRecord, ledgerTotals, openModelFiles, openPromptLibrary, replayRecord, targetsOf } from '../llm/index.ts'
import type { PromptTotals, Replay } from '../llm/index.ts'
import type { CommandStreams } from './open-command.ts'
import { padTo } from './terminal.ts'

const day = (text: string): string => {
  if (!Day.safeParse(text).success) throw new InvalidArgumentError('a day (2026-11-22) is wanted.')
  return text
}

const table = (rows: readonly (readonly string[])[]): string => {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map(row => row[column]?.length ?? 0)))
  return rows.map(row => row.map((cell, column) => padTo(cell, widths[column] ?? 0)).join('  ').trimEnd()).join('\n')
}

const totalsTable = (totals: readonly PromptTotals[]): string =>
  table([
    ['prompt', 'model', 'calls', 'cached', 'failed', 'input', 'output', 'cost $', 'median ms'],
    ...totals.map(one => [
      `${one.promptId}@${one.promptVersion}`, one.modelId, String(one.calls), String(one.cached), String(one.failed), String(one.inputTokens), String(one.outputTokens),
      one.costUsd === null ? '–' : one.costUsd.toFixed(4), one.medianMs === null ? '–' : String(Math.round(one.medianMs)),
    ]),
  ])

const printLedger = async (options: { from?: string; json?: boolean; rows?: boolean }, { output }: CommandStreams): Promise<void> => {
  const rows = await openModelFiles(readConfig().dataDir).ledger.rows(options.from === undefined ? {} : { from: options.from })
  if (options.rows) return void output.write(rows.map(row => `${JSON.stringify(row)}\n`).join(''))
  const totals = ledgerTotals(rows)
  if (options.json) return void output.write(`${JSON.stringify(totals, null, 2)}\n`)
  output.write(totals.length === 0 ? 'No language model was asked yet.\n' : `${totalsTable(totals)}\n`)
}

const replayText = (replay: Replay): string =>
  [
    `record ${replay.recordId}, prompt ${replay.promptId}@${replay.promptVersion}${replay.isPromptUnchanged ? '' : ' (its file is not the one that ran)'}`,
    ...replay.calls.map((call, at) => `call ${at + 1} on ${call.modelId}: ${call.outcome === 'answer' ? (call.isSameJson ? 'the same answer' : 'another answer') : call.outcome}${call.isSameJson ? '' : `\n  then ${call.recorded ?? '–'}\n  now  ${call.now ?? '–'}`}`),
  ].join('\n')

const replay = async (recordId: string, options: { json?: boolean }, { output }: CommandStreams): Promise<void> => {
  const { dataDir, llm } = readConfig()
  const { records, ledger } = openModelFiles(dataDir)
  const record = CallRecord.safeParse(await records.read(recordId))
  if (!record.success) throw new FishboneError('FB_NOT_FOUND', `there is no record ${recordId} of a model call in ${dataDir}`, { details: { recordId } })
  const [target] = targetsOf(llm)
  if (!target) throw new FishboneError('FB_CONFIG_INVALID', 'LLM_BASE_URL and LLM_MODEL must be given to ask a model again')
  const result = await replayRecord(record.data, { target, call: callChat, prompts: openPromptLibrary(), ledger, price: llm.price, timeoutMs: llm.callMs, signal: new AbortController().signal, now: () => new Date() })
  output.write(`${options.json ? JSON.stringify(result, null, 2) : replayText(result)}\n`)
}

const printPrompts = ({ output }: CommandStreams): void => {
  const library = openPromptLibrary()
  output.write(`${table([['prompt', 'answer', 'tokens', 'sha256', 'purpose'], ...library.list().map(one => [`${one.id}@${one.version}`, one.schema, String(one.maxTokens), one.sha256.slice(0, 12), one.purpose])])}\n`)
  for (const fault of library.faults) output.write(`${fault}\n`)
}

/** `fishbone llm ledger|replay|prompts`: what language models were asked, what it cost, and the same question once more. */
export const createLlmCommand = (streams: CommandStreams): Command => {
  const llm = new Command('llm').description('what language models were asked, what it cost, and the same question once more')
  llm
    .command('ledger')
    .description('tokens, cost and time by prompt and model')
    .addOption(new Option('--from <day>', 'from this day on (UTC)').argParser(day))
    .option('--rows', 'every call as a JSON line')
    .option('--json', 'print the totals as JSON')
    .action((options: { from?: string; json?: boolean; rows?: boolean }) => printLedger(options, streams))
  llm
    .command('replay')
    .description('send the messages of a record again and compare the answers; a suggestion names its record')
    .argument('<record>', 'name of the record, as in the ledger: run-…')
    .option('--json', 'print both answers as JSON')
    .action((record: string, options: { json?: boolean }) => replay(record, options, streams))
  llm.command('prompts').description('the prompts that run, and what differs from their lock').action(() => printPrompts(streams))
  return llm
}
