/**
 * kill -9 of the server, a worker, Redis and Neo4j in turn, under load: `npx tsx bench/kills.ts --work FOLDER [--kills 10] [--seconds 12]`.
 *
 * Real processes over HTTP: `fishbone serve` and `fishbone work` on one data folder with its embedded Neo4j, and redis-server without a disk. Server,
 * worker and Redis are started again as a service manager does; Neo4j is left to Fishbone. Senders send each record until it is accepted. Then every
 * accepted record is looked up and every job waited for. Writes `bench/results/kills-<commit>.json`; ends with 1 when something is missing.
 */
import { execFileSync } from 'node:child_process'
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { cpus, loadavg } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { stopEmbeddedNeo4j } from '../src/graph/index.ts'
import { lookUp, untilReady, untilEnded } from './kills/look-up.ts'
import { freePort, keepFishbone, keepRedis, neo4jPid } from './kills/processes.ts'
import type { Kept } from './kills/processes.ts'
import { emptySent, sendFeedback, sendJobs } from './kills/senders.ts'

const { values: options } = parseArgs({ options: { work: { type: 'string' }, kills: { type: 'string', default: '10' }, seconds: { type: 'string', default: '12' } } })
if (options.work === undefined) throw new Error('usage: npx tsx bench/kills.ts --work FOLDER')
const [work, kills, seconds] = [options.work, Number(options.kills), Number(options.seconds)]
const dataDir = join(work, 'data')
const key = 'bench-key-of-an-admin'
const note = (line: string): void => console.error(`${new Date().toISOString().slice(11, 19)} ${line}`)

const start = async () => {
  execFileSync('npm', ['run', '-s', 'build'])
  rmSync(work, { recursive: true, force: true })
  mkdirSync(work, { recursive: true })
  const [port, redisPort] = [await freePort(), await freePort()]
  const env = {
    NEO4J_URI: '', FISHBONE_DATA_DIR: dataDir, REDIS_URL: `redis://127.0.0.1:${redisPort}`, EMBEDDINGS: 'none', PORT: String(port), FISHBONE_API_KEYS: `admin:${key}`,
    RATE_LIMIT_PER_MINUTE: '100000', LOG_LEVEL: 'warn',
  }
  const redis = keepRedis(redisPort, work)
  const server = keepFishbone('server', ['serve'], work, env)
  const url = `http://127.0.0.1:${port}`
  await untilReady(url, 180_000)
  const worker = keepFishbone('worker', ['work'], work, env)
  await pause(8_000)
  return { url, redis, server, worker }
}

type Parts = Awaited<ReturnType<typeof start>>

const victims = (parts: Parts): { name: string; pid: () => number | null }[] => [
  { name: 'server', pid: parts.server.pid }, { name: 'worker', pid: parts.worker.pid }, { name: 'redis', pid: parts.redis.pid }, { name: 'neo4j', pid: () => neo4jPid(dataDir) },
]

const killInTurn = async (parts: Parts, sent: ReturnType<typeof emptySent>) => {
  const killed: { what: string; secondsUntilReady: number; secondsUntilAccepted: number | null }[] = []
  for (let at = 0; at < kills; at += 1) {
    const { name, pid } = victims(parts)[at % 4]!
    const target = pid()
    if (target === null) throw new Error(`${name} does not run`)
    const killedAt = performance.now()
    process.kill(target, 'SIGKILL')
    await pause(300)
    await untilReady(parts.url, 120_000)
    const readyAt = performance.now()
    // Under load means that records flow again before the next one is killed.
    await untilFlowing(sent, 5, 120_000)
    await pause(seconds * 1_000)
    const next = sent.acceptedAt.find(one => one > killedAt + 300)
    killed.push({ what: name, secondsUntilReady: Math.round((readyAt - killedAt) / 100) / 10, secondsUntilAccepted: next === undefined ? null : Math.round((next - killedAt) / 100) / 10 })
    note(`${at + 1}. ${name} (${target}) killed: ready after ${killed.at(-1)?.secondsUntilReady} s; ${sent.accepted.feedback.length} records, ${sent.accepted.jobs.length} jobs accepted`)
  }
  return killed
}

/** Waits until some more records are accepted. */
const untilFlowing = async (sent: ReturnType<typeof emptySent>, more: number, limitMs: number): Promise<void> => {
  const [until, aim] = [performance.now() + limitMs, sent.accepted.feedback.length + more]
  while (sent.accepted.feedback.length < aim) {
    if (performance.now() > until) throw new Error(`no ${more} records were accepted within ${limitMs / 1_000} s`)
    await pause(200)
  }
}

const main = async (): Promise<number> => {
  const parts = await start()
  const all: Kept[] = [parts.worker, parts.server, parts.redis]
  try {
    note('ready; the load begins')
    const sent = emptySent()
    const over = new AbortController()
    const sender = { url: parts.url, key, sent, signal: over.signal }
    const senders = [sendJobs(sender, 'file', 3_000), ...[0, 1, 2, 3].map(at => sendFeedback(sender, `sender${at}`, 200))]
    await untilFlowing(sent, 20, 240_000)
    note('records flow; killing')
    const killed = await killInTurn(parts, sent)
    over.abort()
    await Promise.all(senders)
    note('the load is over; waiting for the jobs')
    const jobs = await untilEnded(parts.url, key, sent.accepted.jobs, 900_000)
    const found = await lookUp(dataDir, [...sent.accepted.feedback, ...sent.accepted.imported], sent.accepted.feedback)
    const commit = execFileSync('git', ['rev-parse', '--short', 'HEAD']).toString().trim()
    const { accepted, statuses, faults } = sent
    const result = {
      commit, date: new Date().toISOString(), machine: { cpu: cpus()[0]?.model, cores: cpus().length, loadAverage: loadavg() },
      kills: killed, acceptedSingly: accepted.feedback.length, acceptedInFiles: accepted.imported.length, acceptedJobs: accepted.jobs.length,
      found, jobs, answers: statuses, faults: faults.length, firstFaults: faults.slice(0, 10),
    }
    writeFileSync(new URL(`results/kills-${commit}.json`, import.meta.url), `${JSON.stringify(result, null, 2)}\n`)
    console.log(JSON.stringify(result, null, 2))
    return found.missing + found.twice + found.withoutTriage + found.inTwoIssues + jobs.notEnded + jobs.failed + faults.length === 0 ? 0 : 1
  } finally {
    for (const one of all) await one.stop()
    // Started again after its owner was killed, it is nobody's.
    await stopEmbeddedNeo4j(dataDir)
  }
}

process.exitCode = await main()
