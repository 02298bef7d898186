import type { Fishbone } from '../composition-root.ts'
import { readConfig } from '../config.ts'

/** Where a command writes: results, and notices for a person (progress, warnings). */
export type CommandStreams = {
  output: NodeJS.WritableStream & { isTTY?: boolean; columns?: number }
  notices: NodeJS.WritableStream & { isTTY?: boolean }
}

/**
 * The parts of Fishbone for one command; the caller closes them. Loaded here and not at the top: the libraries behind them take longer to load
 * than a wrong option takes to be told.
 *
 * @param options.quietly for a command that prints an answer: the log says only what went wrong, unless `LOG_LEVEL` asks for more.
 * @param options.isServing see `FishboneOptions`.
 * @throws FB_CONFIG_INVALID
 */
export const openFishbone = async ({ notices }: CommandStreams, { quietly = false, isServing = false }: { quietly?: boolean; isServing?: boolean } = {}): Promise<Fishbone> => {
  const config = readConfig()
  const [{ createFishbone }, { createLogger }] = await Promise.all([import('../composition-root.ts'), import('../logger.ts')])
  const level = quietly && !process.env['LOG_LEVEL'] ? 'error' : config.logLevel
  return createFishbone({ config, logger: createLogger({ level }), isServing, onProgress: line => void notices.write(`${line}\n`) })
}
