import { Command, InvalidArgumentError } from 'commander'
import { InstantOrDay } from '../domain/instant.ts'
import { openFishbone } from './open-command.ts'
import type { CommandStreams } from './open-command.ts'
import { printDossier } from './print-dossier.ts'
import { createPaint, isColourOn } from './terminal.ts'

type DossierOptions = { at?: string; json?: boolean; showVin?: boolean }

const instant = (given: string): string => {
  const parsed = InstantOrDay.safeParse(given)
  if (!parsed.success) throw new InvalidArgumentError('a day such as 2023-02-01, or an instant such as 2023-02-01T08:00:00Z.')
  return parsed.data
}

const run = async (vinOrId: string, options: DossierOptions, streams: CommandStreams): Promise<void> => {
  const fishbone = await openFishbone(streams, { quietly: true })
  try {
    const readDossier = await fishbone.readDossier()
    const dossier = await readDossier({ vinOrId, ...(options.at && { at: options.at }) }, { maySeeVin: options.showVin === true })
    const paint = createPaint(isColourOn(streams.output, process.env))
    streams.output.write(`${options.json ? JSON.stringify(dossier, null, 2) : printDossier(dossier, { paint, columns: streams.output.columns ?? 110 })}\n`)
  } finally {
    await fishbone.close()
  }
}

/** `fishbone dossier`: one car as it was, and as it was known, at an instant. */
export const createDossierCommand = (streams: CommandStreams): Command =>
  new Command('dossier')
    .description('one car as it was at an instant: parts, software, feedback, snapshots, repairs, issues, alerts, open campaigns')
    .argument('<vin>', 'VIN of the car, or its pseudonym (veh_…)')
    .option('--at <instant>', 'a day (its end, UTC) or an instant; without it, now', instant)
    .option('--show-vin', 'also print the VIN')
    .option('--json', 'print exactly what the HTTP API answers')
    .action((vinOrId: string, options: DossierOptions) => run(vinOrId, options, streams))
