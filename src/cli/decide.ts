import { userInfo } from 'node:os'
import { Argument, Command, Option } from 'commander'
import { decisionVerdicts, type DecisionVerdict } from '../domain/suggestion.ts'
import { openFishbone, type CommandStreams } from './open-command.ts'

/** `fishbone decide`: the call `POST /v1/suggestions/{id}/decision` from the command line. */
export const createDecideCommand = (streams: CommandStreams): Command =>
  new Command('decide')
    .description('record what a person decided of a suggestion; later rankings go by it')
    .argument('<suggestion>', 'id of a suggestion (SUG-…)')
    .addArgument(new Argument('<verdict>', 'verified-by-repair also makes the issue a closed case').choices([...decisionVerdicts]))
    .option('--reason <text>', 'why')
    .option('--edited <text>', 'the words it should have had; wanted with the verdict edited')
    .option('--by <name>', 'who decided (the user of this computer)')
    .option('--json', 'print the answer as JSON')
    .action(async (suggestionId: string, verdict: DecisionVerdict, options: { reason?: string; edited?: string; by?: string; json?: boolean }) => {
      const fishbone = await openFishbone(streams, { quietly: true })
      try {
        const { decideSuggestion } = await fishbone.decisions()
        const decided = await decideSuggestion(suggestionId, { verdict, reason: options.reason, edited: options.edited }, { by: options.by ?? userInfo().username })
        const words = `${decided.suggestionId} is ${decided.status}, by ${decided.by}${decided.caseId ? `; the issue is now past case ${decided.caseId}` : ''}`
        streams.output.write(`${options.json ? JSON.stringify(decided, null, 2) : words}\n`)
      } finally {
        await fishbone.close()
      }
    })

/** `fishbone 8d`: the call `GET /v1/issues/{id}/8d` from the command line. */
export const createEightDCommand = (streams: CommandStreams): Command =>
  new Command('8d')
    .description('the 8D draft of an issue, from its stored suggestions')
    .requiredOption('--issue <id>', 'an issue that suggestions were made for')
    .addOption(new Option('--format <format>', 'Markdown, a printable page, or JSON').choices(['md', 'html', 'json']).default('md'))
    .action(async ({ issue, format }: { issue: string; format: 'md' | 'html' | 'json' }) => {
      const fishbone = await openFishbone(streams, { quietly: true })
      try {
        const { draft8d } = await fishbone.decisions()
        const { draft, markdown, html } = await draft8d(issue)
        streams.output.write(format === 'md' ? markdown : format === 'html' ? html : `${JSON.stringify(draft, null, 2)}\n`)
      } finally {
        await fishbone.close()
      }
    })

/** `fishbone export instruction-tuning`: the call `GET /v1/exports/instruction-tuning` from the command line. */
export const createExportCommand = (streams: CommandStreams): Command =>
  new Command('export').description('what can be taken out').addCommand(
    new Command('instruction-tuning').description('accepted, edited and verified suggestions as JSONL chat examples, redacted').action(async () => {
      const fishbone = await openFishbone(streams, { quietly: true })
      try {
        const { exportInstructionTuning } = await fishbone.decisions()
        streams.output.write(await exportInstructionTuning())
      } finally {
        await fishbone.close()
      }
    }),
  )
