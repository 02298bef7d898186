// `npm test`: set-up, then unit and integration tests against a Neo4j of their own, which is stopped again. Arguments go on to Vitest:
// `npm test -- --project unit`, `npm test -- test/graph`.
import { spawn } from 'node:child_process'
import { mkdirSync, readFileSync, rmSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { built, setUp } from './setup.mjs'

const root = fileURLToPath(new URL('..', import.meta.url))
const testDir = resolve(process.env.FISHBONE_TEST_DIR || join(root, '.fishbone', 'test'))
const resultsFile = join(testDir, `results-${process.pid}.json`)

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
    const code = await runVitest(process.argv.slice(2), { FISHBONE_TEST_DIR: testDir, FISHBONE_TEST_MODEL: model ? 'present' : 'absent' })
    return closing(readTotals(code), code)
  } finally {
    rmSync(resultsFile, { force: true })
    // Vitest stops what it started; this is for a run that was killed.
    if (!wasRunning) await stopEmbeddedNeo4j(testDir)
  }
}

/** Runs Vitest in our process group, so that Ctrl-C reaches it too and it stops the database before it ends. */
async function runVitest(words, environment) {
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${resultsFile}`]
  const vitest = join(root, 'node_modules', 'vitest', 'vitest.mjs')
  const child = spawn(process.execPath, [vitest, 'run', ...reporters, ...words], { cwd: root, stdio: 'inherit', env: { ...process.env, ...environment } })
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))
  return new Promise(settle => {
    child.once('error', () => settle(1))
    child.once('close', code => settle(code ?? 130))
  })
}

/** Totals of the run; a file that fails before its first test counts as one failure. */
function readTotals(code) {
  try {
    const results = JSON.parse(readFileSync(resultsFile, 'utf8'))
    const broken = results.testResults.filter(file => file.status === 'failed' && !file.assertionResults.some(test => test.status === 'failed'))
    const failed = results.numFailedTests + broken.length
    return { passed: results.numPassedTests, failed: code === 0 ? failed : Math.max(failed, 1), skipped: results.numPendingTests + (results.numTodoTests ?? 0) }
  } catch {
    return { passed: 0, failed: 1, skipped: 0 }
  }
}

function closing({ passed, failed, skipped }, code = 1) {
  console.log(`${passed} passed, ${failed} failed, ${skipped} skipped`)
  return failed > 0 ? code || 1 : code
}
