import { Command } from 'commander'
import { openFishbone } from './open-command.ts'
import type { CommandStreams } from './open-command.ts'
import { awaitStop } from './stop-signal.ts'

const work = async (streams: CommandStreams): Promise<void> => {
  const fishbone = await openFishbone(streams)
  const stop = awaitStop(fishbone.logger)
  try {
    const working = fishbone.startWork()
    working.catch(() => undefined)
    const isWorking = await Promise.race([working.then(() => true), stop.asked.then(() => false)])
    if (!isWorking) return
    streams.output.write(`working on jobs${fishbone.config.redisUrl === null ? ' of the graph (REDIS_URL is not set)' : ''}\n`)
    // Nothing else holds the process while no job is there.
    const alive = setInterval(() => undefined, 60_000)
    await stop.asked
    clearInterval(alive)
  } finally {
    await stop.end(() => fishbone.close())
  }
}

/** `fishbone work`: does jobs and serves nothing; any number may run beside servers of the same graph. */
export const createWorkCommand = (streams: CommandStreams): Command =>
  new Command('work')
    .description('do jobs without serving: imports, analyses, scans, vectors; any number of workers may run')
    .addHelpText('after', '\nWorkers share the graph (NEO4J_URI), the queue (REDIS_URL) and, for imports, the data folder (FISHBONE_DATA_DIR) of the servers.\nStops on SIGTERM and SIGINT; a job that runs is given back.')
    .action(() => work(streams))
