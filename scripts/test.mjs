// `npm test`: set-up, then unit and integration tests against a Neo4j of their own, which is stopped again. Arguments go on to Vitest:
// `npm test -- --project unit`, `npm test -- test/graph`.
import { spawn } from 'node:child_process'
import { mkdirSync, readFileSync, rmSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { built, setUp } from './setup.mjs'

const root = fileURLToPath(new URL('..', import.meta.url))
const testDir = resolve(process.env.FISHBONE_TEST_DIR || join(root, '.fishbone', 'test'))
/** The shared Neo4j is waited for more than it works: what does not need it runs beside, and is printed when it is done. */
const besideEachOther = [['--project', 'integration'], ['--project', 'unit', '--project', 'standing']]

process.exitCode = await main().catch(error => {
  console.error(error.message)
  return closing({ passed: 0, failed: 1, skipped: 0 })
})

async function main() {
  const { model } = await setUp()
  const { readEmbeddedStatus, stopEmbeddedNeo4j } = await built('graph/index.js')
  const wasRunning = (await readEmbeddedStatus(testDir)).state !== 'stopped'
  mkdirSync(testDir, { recursive: true })
  try {
    const words = process.argv.slice(2)
    const runs = words.length > 0 ? [words] : besideEachOther
    const environment = { FISHBONE_TEST_DIR: testDir, FISHBONE_TEST_MODEL: model ? 'present' : 'absent' }
    const ended = await Promise.all(runs.map((run, at) => runVitest({ words: run, environment, isQuiet: at > 0 })))
    return closing(summed(ended.map(run => run.totals)), Math.max(...ended.map(run => run.code)))
  } finally {
    // Vitest stops what it started; this is for a run that was killed.
    if (!wasRunning) await stopEmbeddedNeo4j(testDir)
  }
}

/** Runs Vitest in our process group, so that Ctrl-C reaches it too and it stops the database before it ends. A quiet run is printed at its end. */
async function runVitest({ words, environment, isQuiet }) {
  const resultsFile = join(testDir, `results-${process.pid}-${isQuiet ? 'beside' : 'shown'}.json`)
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${resultsFile}`]
  const vitest = join(root, 'node_modules', 'vitest', 'vitest.mjs')
  const stdio = isQuiet ? ['ignore', 'pipe', 'pipe'] : 'inherit'
  const child = spawn(process.execPath, [vitest, 'run', ...reporters, ...words], { cwd: root, stdio, env: { ...process.env, ...environment } })
  const said = []
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', chunk => said.push(chunk))
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))
  const code = await new Promise(settle => {
    child.once('error', () => settle(1))
    child.once('close', ended => settle(ended ?? 130))
  })
  process.stdout.write(Buffer.concat(said))
  const totals = readTotals(resultsFile, code)
  rmSync(resultsFile, { force: true })
  return { code, totals }
}

/** Totals of the run; a file that fails before its first test counts as one failure. */
function readTotals(resultsFile, code) {
  try {
    const results = JSON.parse(readFileSync(resultsFile, 'utf8'))
    const broken = results.testResults.filter(file => file.status === 'failed' && !file.assertionResults.some(test => test.status === 'failed'))
    const failed = results.numFailedTests + broken.length
    return { passed: results.numPassedTests, failed: code === 0 ? failed : Math.max(failed, 1), skipped: results.numPendingTests + (results.numTodoTests ?? 0) }
  } catch {
    return { passed: 0, failed: 1, skipped: 0 }
  }
}

function summed(totals) {
  const add = name => totals.reduce((sum, one) => sum + one[name], 0)
  return { passed: add('passed'), failed: add('failed'), skipped: add('skipped') }
}

function closing({ passed, failed, skipped }, code = 1) {
  console.log(`${passed} passed, ${failed} failed, ${skipped} skipped`)
  return failed > 0 ? code || 1 : code
}
