import { createServer } from 'node:net'
import { Command } from 'commander'
import type { ApiApp } from '../api/build-app.ts'
import type { Fishbone } from '../composition-root.ts'
import type { Config } from '../config.ts'
import { FishboneError } from '../domain/error.ts'
import { openFishbone } from './open-command.ts'
import type { CommandStreams } from './open-command.ts'
import { awaitStop } from './stop-signal.ts'
import { fishboneVersion } from './version.ts'

const portTaken = ({ host, port }: Config['http']) =>
  new FishboneError('FB_CONFIG_INVALID', `port ${port} of ${host} is taken by another program; set PORT to a free one, or to 0 to have one chosen`)

const asListenError = (error: NodeJS.ErrnoException, http: Config['http']): Error => {
  const { code } = error
  if (code === 'EADDRINUSE') return portTaken(http)
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND' || code === 'EACCES')
    return new FishboneError('FB_CONFIG_INVALID', `cannot listen on ${http.host} port ${http.port} (${code}); set HOST and PORT to an address of this machine`)
  return error
}

/** Tells that a port is taken before anything is started for nothing. */
const checkPort = (http: Config['http']): Promise<void> =>
  new Promise((resolve, reject) => {
    const probe = createServer()
    probe.once('error', error => reject(asListenError(error, http)))
    probe.listen({ host: http.host, port: http.port }, () => probe.close(() => resolve()))
  })

const listen = async (app: ApiApp, http: Config['http']): Promise<string> => {
  try {
    await app.listen({ host: http.host, port: http.port })
  } catch (error) {
    throw asListenError(error as NodeJS.ErrnoException, http)
  }
  const address = app.server.address()
  const port = typeof address === 'object' && address !== null ? address.port : http.port
  return `http://${http.host.includes(':') ? `[${http.host}]` : http.host}:${port}`
}

/** Starts serving; resolves when it listens. `stop` ends the server and then everything that was started for it. */
export const startServing = async (fishbone: Fishbone): Promise<{ address: string; keyMadeAt: string | null; stop: () => Promise<void> }> => {
  const { config, logger, now } = fishbone
  const [{ buildApp }, { openApiKeys }] = await Promise.all([import('../api/build-app.ts'), import('../composition-root.ts')])
  const { apiKeys, madeAt } = await openApiKeys(config)
  await checkPort(config.http)
  const services = await fishbone.api()
  const app = await buildApp(services, {
    apiKeys,
    logger: logger,
    version: fishboneVersion(),
    requestsPerMinute: config.http.requestsPerMinute,
    now,
  })
  const stop = async () => {
    await app.close()
    await fishbone.close()
  }
  await fishbone.startWork()
  return { address: await listen(app, config.http), keyMadeAt: madeAt, stop }
}

const serve = async (streams: CommandStreams): Promise<void> => {
  const fishbone = await openFishbone(streams, { isServing: true })
  const stop = awaitStop(fishbone.logger)
  const serving = startServing(fishbone)
  serving.catch(() => undefined)
  try {
    // A signal while it starts waits for no listening: what was made so far is closed below.
    const started = await Promise.race([serving, stop.asked.then(() => null)])
    if (started === null) return
    if (started.keyMadeAt !== null) streams.output.write(`the admin key of the API is in ${started.keyMadeAt}\n`)
    streams.output.write(`listening on ${started.address}\n`)
    await stop.asked
  } finally {
    await stop.end(async () => {
      const started = await serving.catch(() => null)
      await (started ? started.stop() : fishbone.close())
    })
  }
}

/** `fishbone serve`: the HTTP API, with what it needs started and stopped. */
export const createServeCommand = (streams: CommandStreams): Command =>
  new Command('serve')
    .description('serve the HTTP API; starts the embedded Neo4j unless NEO4J_URI names one')
    .addHelpText('after', '\nHOST and PORT set the address (127.0.0.1:3000), FISHBONE_API_KEYS the keys; see .env.example.\nStops all it started on SIGTERM and SIGINT.')
    .action(() => serve(streams))
