import { createInterface } from 'node:readline/promises'
import { Command } from 'commander'
import { readConfig } from '../config.ts'
import type { Config } from '../config.ts'
import { readEmbeddedStatus, resetEmbeddedNeo4j, resolveNeo4j, stopEmbeddedNeo4j } from '../graph/index.ts'
import type { EmbeddedStatus } from '../graph/index.ts'

/** `fishbone neo4j start|stop|status|reset`: the database that Fishbone runs for its data folder. */
export function createNeo4jCommand(): Command {
  const command = new Command('neo4j').description('the Neo4j that Fishbone runs for its data folder')
  command.command('start').description('start it (fetching it first when needed) and leave it running').action(start)
  command.command('stop').description('stop it').action(stop)
  command.command('status').description('tell whether it runs, where, and where its logs are').action(status)
  command
    .command('reset')
    .description('stop it and remove everything in it')
    .option('--yes', 'do not ask')
    .action(({ yes }: { yes?: boolean }) => reset(yes ?? false))
  return command
}

async function start(): Promise<void> {
  const config = readConfig()
  if (isGiven(config)) return
  const interrupt = new AbortController()
  const onSignal = () => interrupt.abort(new Error('interrupted'))
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, onSignal)
  const server = await resolveNeo4j({ dataDir: config.dataDir, cacheDir: config.cacheDir, onProgress: print, signal: interrupt.signal })
  print(server.ownedByUs ? 'Neo4j: started; it runs until `fishbone neo4j stop`' : 'Neo4j: was running already')
  await status()
}

async function stop(): Promise<void> {
  const config = readConfig()
  if (isGiven(config)) return
  const outcome = await stopEmbeddedNeo4j(config.dataDir)
  const words = { stopped: 'stopped', killed: 'did not stop in time and was killed; the next start recovers it', 'not-running': 'was not running' }
  print(`Neo4j: ${words[outcome]}`)
}

async function status(): Promise<void> {
  const config = readConfig()
  if (isGiven(config)) return
  print(statusText(await readEmbeddedStatus(config.dataDir)))
}

async function reset(isSure: boolean): Promise<void> {
  const { dataDir } = readConfig()
  const { store } = await readEmbeddedStatus(dataDir)
  if (!isSure && !(await agrees(`Remove the store ${store} and everything in it? [y/N] `))) {
    print('nothing removed')
    return
  }
  print((await resetEmbeddedNeo4j(dataDir)) ? `Neo4j: removed ${store}` : `Neo4j: there was no store at ${store}`)
}

/** What `status` prints: never the password itself, only where it is kept. */
export function statusText(found: EmbeddedStatus): string {
  const words = { running: 'running', 'not-answering': 'its process is there but does not answer', stopped: 'stopped' }
  const rows: [string, string | null][] = [
    ['Neo4j', words[found.state] + (found.pid === null ? '' : ` (process ${found.pid})`)],
    ['bolt', found.uri],
    ['browser', found.browserUrl],
    ['user', found.uri === null ? null : 'neo4j'],
    ['password', found.uri === null ? null : `in ${found.passwordFile}`],
    ['store', found.store],
    ['logs', `${found.logs} and ${found.consoleLog}`],
  ]
  return rows.flatMap(([name, value]) => (value === null ? [] : [`${name.padEnd(9)} ${value}`])).join('\n')
}

/** With an address of one's own there is no server here to start or stop. */
function isGiven({ neo4j }: Config): boolean {
  if (neo4j) print(`NEO4J_URI is set: Fishbone uses ${neo4j.uri} and runs no Neo4j itself`)
  return neo4j !== null
}

async function agrees(question: string): Promise<boolean> {
  const prompt = createInterface({ input: process.stdin, output: process.stdout })
  try {
    // End of input is a no: a script must say --yes.
    const answer = await Promise.race([prompt.question(question), new Promise<string>(done => prompt.once('close', () => done('')))])
    return /^(y|yes|是)$/i.test(answer.trim())
  } finally {
    prompt.close()
  }
}

function print(line: string): void {
  console.log(line)
}
