import { Command, InvalidArgumentError, Option } from 'commander'
import { InstantOrDay } from '../domain/instant.ts'
import type { SuggestionSet } from '../domain/suggestion.ts'
import type { SuggestRequest } from '../workflow/suggestions/make-suggestions.ts'
import { openFishbone, type CommandStreams } from './open-command.ts'
import { printSuggestions } from './print-suggestions.ts'
import { createStepProgress } from './step-progress.ts'
import { createPaint, isColourOn } from './terminal.ts'

type SuggestOptions = {
  issue?: string; component?: string; symptom?: string; model?: string[]; asOf?: string; language?: 'en' | 'zh'; wording?: 'template' | 'model'; stored?: boolean; json?: boolean
}

const asOf = (text: string): string => {
  if (!InstantOrDay.safeParse(text).success) throw new InvalidArgumentError('a day (2023-02-01) or an instant (2023-02-01T06:00:00Z) is wanted.')
  return text
}

const requestOf = (options: SuggestOptions, command: Command): SuggestRequest => {
  const { issue, component, symptom, model, language, wording } = options
  const isClass = component !== undefined || symptom !== undefined
  if ((issue === undefined) === !isClass) return command.error('error: say what to suggest for, in one way: --issue, or --component and --symptom', { exitCode: 2 })
  if (options.stored && issue === undefined) return command.error('error: --stored reads the suggestions of an issue: --issue is wanted', { exitCode: 2 })
  return {
    subject: issue !== undefined ? { issueId: issue } : { component, symptom }, ...(model && { population: { models: model } }), asOf: options.asOf, language, wording,
  }
}

const run = async (options: SuggestOptions, command: Command, streams: CommandStreams): Promise<void> => {
  const request = requestOf(options, command)
  const progress = createStepProgress(streams.notices)
  const fishbone = await openFishbone(streams, { quietly: true })
  try {
    const { makeSuggestions, readSuggestions } = await fishbone.suggestions()
    const set: SuggestionSet = options.stored ? await readSuggestions(options.issue!) : await makeSuggestions(request, { onProgress: progress.tell })
    progress.clear()
    const paint = createPaint(isColourOn(streams.output, process.env))
    streams.output.write(`${options.json ? JSON.stringify(set, null, 2) : printSuggestions(set, { paint, columns: streams.output.columns ?? 110 })}\n`)
  } finally {
    progress.clear()
    await fishbone.close()
  }
}

/** `fishbone suggest`: the call `POST /v1/issues/{id}/suggestions` from the command line, also for a class that has no issue. */
export const createSuggestCommand = (streams: CommandStreams): Command =>
  new Command('suggest')
    .description('root causes, containment and corrective actions for an issue, each with what it rests on')
    .option('--issue <id>', 'an issue')
    .option('--component <name>', 'a class instead: the component, by key or name')
    .option('--symptom <name>', 'a class instead: the symptom, by key or name')
    .option('--model <name...>', 'compare only cars of these models')
    .addOption(new Option('--as-of <day>', 'leave out what was received, closed or decided later').argParser(asOf))
    .addOption(new Option('--language <language>', 'language of the sentences').choices(['en', 'zh']).default('en'))
    .addOption(new Option('--wording <how>', 'who words them: the template, or the language model with the template behind it').choices(['template', 'model']).default('template'))
    .option('--stored', 'the suggestions made before, with what was decided since')
    .option('--json', 'print exactly what the HTTP API answers')
    .action((options: SuggestOptions, command: Command) => run(options, command, streams))
