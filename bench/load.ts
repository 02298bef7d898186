/**
 * Feedback over HTTP with much of it there already: `npx tsx bench/load.ts --work FOLDER [--data FOLDER] [--seconds 60] [--senders 20] [--rates 50,0] [--warm-up 3000]`.
 *
 * The work folder is one that `bench/triage-load.ts --load-only` filled (or a copy of it: this bench adds to it, and takes its feedback for compared). `fishbone serve` runs as
 * it is built, a process of its own, without embedding model; senders ask over HTTP, at a rate and then as fast as it goes (rate 0), then issues are read. Latencies are those a
 * caller sees, after a minute or two of the same load: server and database compile themselves meanwhile. Every accepted record is looked up in the graph. Writes `bench/results/load-<commit>.json`.
 */
import { execFileSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { cpus, loadavg } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { createRandom } from '../src/analysis/random.ts'
import { stopEmbeddedNeo4j } from '../src/graph/index.ts'
import { lookUp, untilReady } from './kills/look-up.ts'
import { freePort, keepFishbone, neo4jPid } from './kills/processes.ts'
import { cpuMsOf, machineBusyMs } from './load/cpu-time.ts'
import { settleHistory } from './load/settle-history.ts'
import { quantilesOf, readIssues, sendAtRate } from './load/senders.ts'
import { baseTexts, generateFeedback } from './triage-load/generated-load.ts'

const { values: options } = parseArgs({
  options: {
    work: { type: 'string' }, data: { type: 'string' }, seconds: { type: 'string', default: '60' }, senders: { type: 'string', default: '20' },
    rates: { type: 'string', default: '50,0' }, reads: { type: 'string', default: '500' }, 'warm-up': { type: 'string', default: '3000' },
  },
})
if (options.work === undefined) throw new Error('usage: npx tsx bench/load.ts --work FOLDER')
const work = options.work
const dataDir = join(work, 'data')
const key = 'bench-key-of-an-admin'
const note = (line: string): void => console.error(`${new Date().toISOString().slice(11, 19)} ${line}`)

/** What the server and its database used while some work was done, and how busy the machine was beside them. */
const withCpu = async <T>(pids: { server: number; neo4j: number }, work: () => Promise<T>) => {
  const [server, neo4j, busy, startedAt] = [cpuMsOf(pids.server), cpuMsOf(pids.neo4j), machineBusyMs(), performance.now()]
  const result = await work()
  const [serverMs, neo4jMs] = [cpuMsOf(pids.server) - server, cpuMsOf(pids.neo4j) - neo4j]
  return { result, cpu: { serverMs, neo4jMs, othersShareOfMachine: Math.round((100 * (machineBusyMs() - busy - serverMs - neo4jMs)) / ((performance.now() - startedAt) * cpus().length)) / 100 } }
}

const main = async (): Promise<void> => {
  execFileSync('npm', ['run', '-s', 'build'])
  const port = await freePort()
  const url = `http://127.0.0.1:${port}`
  const server = keepFishbone('server', ['serve'], work, {
    NEO4J_URI: '', REDIS_URL: '', FISHBONE_DATA_DIR: dataDir, EMBEDDINGS: 'none', PORT: String(port), FISHBONE_API_KEYS: `admin:${key}`, RATE_LIMIT_PER_MINUTE: '1000000', LOG_LEVEL: 'warn',
  })
  try {
    await untilReady(url, 300_000)
    const waited = await settleHistory(dataDir)
    const pids = { server: server.pid()!, neo4j: neo4jPid(dataDir)! }
    const texts = baseTexts(options.data ?? null)
    const random = createRandom(3)
    const shuffled = texts.map(text => ({ text, order: random() })).sort((a, b) => a.order - b.order).map(({ text }) => text).slice(-Math.max(1_000, texts.length - 1_200))
    const stream = (prefix: string, count: number) => generateFeedback({ texts: shuffled, count, cars: 40_000, seed: Date.now() % 1_000_000, arrivesAt: new Date(), prefix: `${prefix}-${Date.now().toString(36)}` })
    const call = { url, key }
    note(`ready; ${waited} reports taken for compared; warming up`)
    await sendAtRate(call, stream('warm', Number(options['warm-up'])), { senders: Number(options.senders), perSecond: 0, seconds: 240 })
    const phases = []
    const accepted: string[] = []
    const issues = new Set<string>()
    for (const perSecond of options.rates.split(',').map(Number)) {
      const { result, cpu } = await withCpu(pids, () => sendAtRate(call, stream(`rate${perSecond}`, 200_000), { senders: Number(options.senders), perSecond, seconds: Number(options.seconds) }))
      accepted.push(...result.accepted)
      for (const issue of result.issues) issues.add(issue)
      const count = result.latencies.length
      phases.push({
        asked: perSecond === 0 ? 'as fast as it goes' : `${perSecond} a second`, answers: result.statuses, perSecond: Math.round((10 * count) / result.seconds) / 10,
        latencyMs: quantilesOf(result.latencies), cpuMsARequest: { server: Math.round((10 * cpu.serverMs) / count) / 10, neo4j: Math.round((10 * cpu.neo4jMs) / count) / 10 }, othersShareOfMachine: cpu.othersShareOfMachine,
        firstFaults: result.faults.slice(0, 5),
      })
      note(JSON.stringify(phases.at(-1)))
      await pause(2_000)
    }
    await readIssues(call, [...issues], { reads: Number(options.reads), readers: 4 })
    const reads = []
    for (const readers of [4, 1]) {
      const { result, cpu } = await withCpu(pids, () => readIssues(call, [...issues], { reads: Number(options.reads), readers }))
      const each = (ms: number): number => Math.round((10 * ms) / Number(options.reads)) / 10
      reads.push({ ...result, cpuMsARead: { server: each(cpu.serverMs), neo4j: each(cpu.neo4jMs) }, othersShareOfMachine: cpu.othersShareOfMachine })
      note(JSON.stringify(reads.at(-1)))
    }
    const found = await lookUp(dataDir, accepted, accepted)
    const commit = execFileSync('git', ['rev-parse', '--short', 'HEAD']).toString().trim()
    const loaded = JSON.parse(readFileSync(join(work, 'loaded.json'), 'utf8')) as unknown
    const result = { commit, date: new Date().toISOString(), machine: { cpu: cpus()[0]?.model, cores: cpus().length, loadAverage: loadavg() }, loaded, warmUps: Number(options['warm-up']), senders: Number(options.senders), phases, getIssue: reads, found }
    writeFileSync(new URL(`results/load-${commit}.json`, import.meta.url), `${JSON.stringify(result, null, 2)}\n`)
    console.log(JSON.stringify(result, null, 2))
  } finally {
    await server.stop()
    await stopEmbeddedNeo4j(dataDir)
  }
}

await main()
