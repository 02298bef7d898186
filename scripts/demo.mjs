// From a fresh checkout to the first answers: sets up, starts Neo4j, loads the fixtures, serves the API and sends it two complaints over HTTP,
// as the issue workflow will. Plain Node, since nothing is built yet. Running it again finds everything there and gives the same answers.
import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { createInterface } from 'node:readline/promises'
import { fileURLToPath } from 'node:url'
import { built, setUp } from './setup.mjs'

const root = fileURLToPath(new URL('..', import.meta.url))
const dataDir = join(root, '.fishbone', 'demo')
const say = (line = '') => process.stdout.write(`${line}\n`)

/** What is loaded, in this order; all through the importer, which writes the missing vectors at the end of the last step. */
const steps = [
  {
    words: ['--no-wait'],
    files: {
      'fixtures/dtc/dtc-codes.csv': 'real fault-code reference (MIT)',
      'fixtures/dtc/obd-ontology-excerpt.nt': 'real fault-code ontology, excerpt (MIT)',
      'fixtures/telemetry/obdb-signals.json': 'real signal definitions (OBDb, CC BY-SA 4.0)',
      'fixtures/telemetry/obdb-answers.ndjson.gz': 'real telemetry answers (OBDb, CC BY-SA 4.0)',
    },
  },
  {
    words: ['--no-wait'],
    files: {
      'fixtures/nhtsa/cases.ndjson': 'real recalls (NHTSA, public domain)',
      'fixtures/chinese/cases.ndjson': 'Chinese cases, WRITTEN BY HAND for this project',
    },
  },
  {
    words: ['--no-wait'],
    files: {
      'fixtures/nhtsa/feedback.ndjson': 'real complaints (NHTSA, public domain)',
      'fixtures/chinese/feedback.ndjson': 'Chinese feedback, WRITTEN BY HAND for this project',
    },
  },
  { words: [], files: { '.fishbone/demo/fleet': 'fleet of the simulator, SYNTHETIC' } },
]

/** The synthetic fleet: whoever reads its truth file knows what was planted, the engine never does. */
const fleet = { seed: 1, vehicles: 3_000, folder: join(dataDir, 'fleet') }
const questions = [
  { why: 'a lot was planted', words: ['--component', 'traction-battery', '--symptom', 'charging-stops'] },
  { why: 'nothing was planted but four weeks in which everybody complains', words: ['--component', 'drive-motor', '--symptom', 'loss-of-drive'] },
]

/** The two complaints are written for the demo. The cases they find are real recalls, save those said to be written by hand. */
const complaints = [
  {
    channel: 'nomi', sourceId: 'demo-zh-1', occurredAt: '2024-01-09T06:12:44Z', receivedAt: '2024-01-09T06:12:46Z',
    make: 'Hyundai', model: 'Kona Electric', modelYear: 2020, language: 'zh',
    text: '充电到一半就停了，仪表提示动力电池故障，下车闻到车底有烧焦的味道，我的电话13812345678，请尽快联系。',
    snapshot: {
      snapshotId: 'demo-snapshot-1', capturedAt: '2024-01-09T06:12:44Z', trigger: 'voice-feedback', ambientC: -4,
      dtcs: [{ code: 'P0AA6', failureType: '00', status: 47, ecu: 'BMS' }], signals: { hv_soc_pct: 41.5 },
    },
  },
  {
    channel: 'hotline', sourceId: 'demo-en-1', occurredAt: '2024-01-10T17:30:00Z', receivedAt: '2024-01-10T17:41:00Z',
    make: 'Kia', model: 'EV6', modelYear: 2022, language: 'en',
    text: 'Driving at 65 mph on the highway I heard a loud pop, a warning to check the electrical system came on, and the car lost all power within two minutes. The 12V battery was not being charged.',
  },
]

const environment = key => ({
  ...process.env,
  FISHBONE_DATA_DIR: dataDir,
  FISHBONE_API_KEYS: `contributor:${key}`,
  HOST: '127.0.0.1',
  PORT: '0',
  LOG_LEVEL: process.env.LOG_LEVEL || 'error',
})

/** Runs `fishbone WORDS` and answers what it printed. */
const fishbone = (words, env, signal) => run([join(root, 'bin', 'fishbone.js'), ...words], `fishbone ${words.join(' ')}`, env, signal)

const run = (words, name, env, signal) =>
  new Promise((resolve, reject) => {
    const child = spawn(process.execPath, words, { cwd: root, env, stdio: ['ignore', 'pipe', 'pipe'], signal, killSignal: 'SIGTERM' })
    let out = ''
    let err = ''
    child.stdout.on('data', chunk => (out += chunk))
    child.stderr.on('data', chunk => (err += chunk))
    child.once('error', reject)
    child.once('close', code => (code === 0 ? resolve(out) : reject(new Error(`${name} ended with ${code}:\n${err || out}`))))
  })

const loadFixtures = async (env, signal) => {
  for (const { words, files } of steps) {
    const { files: loaded } = JSON.parse(await fishbone(['import', ...Object.keys(files), ...words, '--json'], env, signal))
    for (const { path, read, resumed, created, unchanged, seconds } of loaded) {
      const what = Object.entries(files).find(([start]) => path.includes(start))?.[1] ?? path
      const detail = what.includes('SYNTHETIC') ? `${what}: ${basename(path)}` : what
      say(`  ${String(read + resumed).padStart(6)}  ${detail}: ${created} new, ${unchanged} unchanged, ${seconds.toFixed(1)} s`)
    }
  }
}

const makeFleet = (env, signal) =>
  run(['--import', 'tsx', join(root, 'simulator', 'main.ts'), '--out', fleet.folder, '--seed', `${fleet.seed}`, '--vehicles', `${fleet.vehicles}`], 'the simulator', env, signal)

/** Root causes and early warning on the synthetic fleet, as of its last day, and what was planted in it. */
const showStatistics = async (env, { paint }, signal) => {
  const truth = JSON.parse(readFileSync(`${fleet.folder}-truth.json`, 'utf8'))
  const asOf = ['--as-of', truth.cutOff]
  for (const { why, words } of questions) {
    const line = ['analyze', ...words, ...asOf, '--max', '1']
    say()
    say(paint.bold(`fishbone ${line.join(' ')}   synthetic: ${why}`))
    say(await fishbone(line, env, signal))
  }
  const suggest = ['suggest', ...questions[0].words, ...asOf, ...(process.env.LLM_BASE_URL ? ['--wording', 'model'] : [])]
  say(paint.bold(`fishbone ${suggest.join(' ')}   causes, containment and corrective actions with numbered evidence${process.env.LLM_BASE_URL ? ', worded by the model of LLM_BASE_URL' : ', without a model'}`))
  say(await fishbone(suggest, env, signal))
  const line = ['scan', '--component', 'traction-battery', '--symptom', 'charging-stops', ...asOf]
  say(paint.bold(`fishbone ${line.join(' ')}   what a nightly watch would say of it, with limits from simulated streams without a defect`))
  say(await fishbone(line, env, signal))
  say(paint.dim(`Planted, by ${fleet.folder}-truth.json:`))
  for (const { component, symptom, family, factors } of truth.streams.filter(stream => stream.factors.length > 0))
    say(paint.dim(`  ${component} ${symptom}: ${family}, ${factors.map(one => `${one.dimension} ${one.level}`).join(' + ')}`))
}

/** Starts `fishbone serve` on a free port of the loopback address. */
const startServer = (env, signal) =>
  new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [join(root, 'bin', 'fishbone.js'), 'serve'], { cwd: root, env, stdio: ['ignore', 'pipe', 'pipe'] })
    const ended = new Promise(done => child.once('close', done))
    const stop = async () => {
      child.kill('SIGTERM')
      await ended
    }
    signal.addEventListener('abort', () => child.kill('SIGTERM'), { once: true })
    let out = ''
    let err = ''
    child.stderr.on('data', chunk => (err += chunk))
    child.stdout.on('data', chunk => {
      out += chunk
      const address = /^listening on (http:\S+)$/m.exec(out)?.[1]
      if (address) resolve({ address, stop })
    })
    child.once('error', reject)
    void ended.then(code => reject(new Error(`fishbone serve ended with ${code}:\n${err}`)))
  })

const post = async (address, path, key, body) => {
  const reply = await fetch(`${address}${path}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  const answer = await reply.json()
  if (!reply.ok) throw new Error(`${path} answered ${reply.status} ${answer.code}: ${answer.detail}`)
  return { status: reply.status, answer }
}

const showComplaint = async ({ address, key, complaint, neo4j, print }) => {
  const { text, dtcs, make, model, modelYear, snapshot } = { dtcs: complaint.snapshot?.dtcs.map(dtc => dtc.code), ...complaint }
  const arrival = await post(address, '/v1/feedback', key, complaint)
  const search = await post(address, '/v1/cases/search', key, { text, ...(dtcs && { dtcs }), vehicle: { make, model, modelYear }, limit: 3 })
  const link = (label, id) => (neo4j.browserUrl ? print.browserLink({ label, id }, neo4j) : '(no Neo4j Browser at this address)')
  say()
  say(print.paint.bold(`POST /v1/feedback -> ${arrival.status}   a complaint about a ${make} ${model} ${modelYear}, written for this demo${snapshot ? ', with a snapshot of the car' : ''}`))
  say(print.triage(arrival.answer.triage))
  say(`  ${print.paint.dim('issue         ')}${arrival.answer.issueId} (${arrival.answer.issueIsNew ? 'opened' : arrival.status === 200 ? 'as before: the record was there' : 'joined'})`)
  say(`  ${print.paint.dim('in the graph  ')}${link('Feedback', arrival.answer.feedbackId)}`)
  say()
  say(print.paint.bold(`POST /v1/cases/search -> ${search.status}   similar past cases, each with the record it came from`))
  for (const item of search.answer.items) {
    say(print.cases({ items: [item], timings: {} }))
    say(`     ${print.paint.dim('record        ')}${recordOf(item)}`)
    say(`     ${print.paint.dim('in the graph  ')}${link('Case', item.caseId)}`)
  }
}

const recordOf = ({ caseId, kind }) =>
  kind === 'recall' && /^\d{2}[A-Z]\d+$/.test(caseId) ? `NHTSA recall campaign ${caseId} (real)` : `${caseId}, written by hand for this project`

const loadPrinters = async () => {
  const [{ printTriage }, { printCases }, { createPaint, isColourOn }, { browserLink }] = await Promise.all(
    ['cli/print-triage.js', 'cli/print-cases.js', 'cli/terminal.js', 'graph/browser/browser-link.js'].map(built),
  )
  const paint = createPaint(isColourOn(process.stdout, process.env))
  const options = { paint, columns: process.stdout.columns ?? 120 }
  return { paint, browserLink, triage: triage => printTriage(triage, options), cases: reply => printCases(reply, options) }
}

const waitForEnter = async (neo4j, signal) => {
  say()
  const password = process.env.NEO4J_URI ? 'password as in NEO4J_PASSWORD' : `password in the file ${join(dataDir, 'neo4j', 'password')}`
  say(`Neo4j stays up for you: ${neo4j.browserUrl ?? neo4j.uri}   user ${neo4j.user}, ${password}`)
  const prompt = createInterface({ input: process.stdin, output: process.stdout })
  try {
    await prompt.question('Press Enter to stop it. ', { signal })
  } finally {
    prompt.close()
  }
}

const main = async signal => {
  const key = randomBytes(24).toString('base64url')
  const env = environment(key)
  Object.assign(process.env, { FISHBONE_DATA_DIR: dataDir })
  await setUp({ say })
  const [{ resolveNeo4j }, { readConfig }, print] = await Promise.all([built('graph/index.js'), built('config.js'), loadPrinters()])
  const config = readConfig(env)
  const neo4j = await resolveNeo4j({ given: config.neo4j ?? undefined, dataDir, cacheDir: config.cacheDir, onProgress: say, signal })
  try {
    say('Loading through the importer (the first time the last step takes a minute or two: the embedding model reads every text once):')
    await makeFleet(env, signal)
    await loadFixtures(env, signal)
    const server = await startServer(env, signal)
    try {
      say(`fishbone serve is listening on ${server.address}`)
      for (const complaint of complaints) await showComplaint({ address: server.address, key, complaint, neo4j, print })
    } finally {
      await server.stop()
    }
    await showStatistics(env, print, signal)
    if (process.stdin.isTTY && process.stdout.isTTY) await waitForEnter(neo4j, signal)
  } finally {
    await neo4j.stop()
  }
}

const interrupt = new AbortController()
for (const name of ['SIGINT', 'SIGTERM']) process.once(name, () => interrupt.abort(new Error('interrupted')))
try {
  await main(interrupt.signal)
} catch (error) {
  process.exitCode = interrupt.signal.aborted ? 130 : 1
  if (!interrupt.signal.aborted) process.stderr.write(`${error.message}\n`)
}
