import { Command } from 'commander'
import type { Fishbone } from '../composition-root.ts'
import { parseDtc } from '../domain/dtc.ts'
import type { Triage } from '../domain/triage.ts'
import { textSubject } from '../workflow/triage/triage-subject.ts'
import { openFishbone } from './open-command.ts'
import type { CommandStreams } from './open-command.ts'
import { printTriage } from './print-triage.ts'
import { withQuestionOptions } from './question-options.ts'
import type { QuestionOptions } from './question-options.ts'
import { createPaint, isColourOn } from './terminal.ts'

/** Triage of a text as if it had just arrived; nothing is stored. */
export const triageText = async (fishbone: Fishbone, options: QuestionOptions & { text: string }): Promise<Triage> => {
  const [triageFeedback, { redactor }, vehicleOfVin] = await Promise.all([fishbone.triage(), fishbone.privacy(), fishbone.vehicleLookUp()])
  const known = options.vin ? await vehicleOfVin(options.vin) : null
  return triageFeedback({
    ...textSubject(redactor.redact(options.text).text, null, fishbone.now()),
    vehicleId: known?.vehicleId ?? null,
    make: options.make ?? known?.make ?? null,
    model: options.model ?? known?.model ?? null,
    modelYear: options.modelYear ?? known?.modelYear ?? null,
    recordedDtcs: (options.dtc ?? []).map(code => ({ code: parseDtc(code)?.code ?? code, failureType: parseDtc(code)?.failureType ?? null, status: null })),
  })
}

const run = async (options: QuestionOptions, command: Command, streams: CommandStreams): Promise<void> => {
  const { text } = options
  if (text === undefined) return command.error("error: say what the person said: --text '…'", { exitCode: 2 })
  const fishbone = await openFishbone(streams, { quietly: true })
  try {
    const triage = await triageText(fishbone, { ...options, text })
    const paint = createPaint(isColourOn(streams.output, process.env))
    const columns = streams.output.columns ?? 110
    streams.output.write(`${options.json ? JSON.stringify(triage, null, 2) : printTriage(triage, { paint, columns })}\n`)
  } finally {
    await fishbone.close()
  }
}

/** `fishbone triage`: what the API answers to such feedback, without storing it. */
export const createTriageCommand = (streams: CommandStreams): Command =>
  withQuestionOptions(new Command('triage'))
    .description('triage one text without storing it: components, symptoms, hazards, severity, similar past cases')
    .action((options: QuestionOptions, command: Command) => run(options, command, streams))
