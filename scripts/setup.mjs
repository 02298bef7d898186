// Brings a checkout to where everything runs: packages, build, Neo4j, embedding model. Plain Node, since nothing is installed yet.
// Each step looks first and does nothing when it is done, so running it again costs about a second.
import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { takeTurn } from './take-turn.mjs'

const root = fileURLToPath(new URL('..', import.meta.url))
const oldestNode = [20, 19]

/**
 * @param {{ say?: (line: string) => void }} [options]
 * @returns {Promise<{ model: boolean }>} whether the embedding model is there; everything else is, or it throws.
 */
export async function setUp({ say = line => console.log(line) } = {}) {
  checkNode(process.versions.node)
  await takeTurn(join(root, '.fishbone', 'setup.lock'), async () => {
    await installPackages(say)
    await build(say)
  })
  const config = (await built('config.js')).readConfig()
  await fetchNeo4j(config, say)
  return { model: await fetchModel(config, say) }
}

/** @param {string} version */
export function checkNode(version) {
  const [major = 0, minor = 0] = version.split('.').map(Number)
  if (major > oldestNode[0] || (major === oldestNode[0] && minor >= oldestNode[1])) return
  throw new Error(`Fishbone needs Node ${oldestNode.join('.')} or newer; this is Node ${version}. Get one from https://nodejs.org or with nvm.`)
}

async function installPackages(say) {
  if (packagesMatch()) return
  say('packages: installing what package-lock.json names (about half a minute)')
  const startedAt = Date.now()
  const ticking = setInterval(() => say(`packages: still installing, ${Math.round((Date.now() - startedAt) / 1000)} s`), 15_000)
  try {
    await run('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], 'the packages could not be installed')
  } finally {
    clearInterval(ticking)
  }
  say('packages: installed')
}

/** Whether node_modules holds exactly the versions of the lock file, by npm's own record of what it installed. */
function packagesMatch() {
  const wanted = readLock(join(root, 'package-lock.json'))
  const present = readLock(join(root, 'node_modules', '.package-lock.json'))
  if (!wanted || !present) return false
  const isMissing = ([path, entry]) => path !== '' && (present[path] ? present[path].version !== entry.version : !entry.optional)
  return !Object.entries(wanted).some(isMissing) && Object.keys(present).every(path => path in wanted)
}

function readLock(path) {
  try {
    return JSON.parse(readFileSync(path, 'utf8')).packages
  } catch {
    return null
  }
}

async function build(say) {
  const stamp = join(root, 'dist', '.built')
  const sources = fingerprint()
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === sources) return
  say('build: compiling')
  for (const project of ['tsconfig.build.json', 'tsconfig.client.json']) {
    await run(process.execPath, [join(root, 'node_modules', 'typescript', 'bin', 'tsc'), '-p', project], 'the build failed')
  }
  mkdirSync(join(root, 'dist'), { recursive: true })
  writeFileSync(stamp, sources)
  say('build: done')
}

/** Changes with any source: name, size or time. */
function fingerprint() {
  const sources = readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' }).filter(name => name.endsWith('.ts'))
  const files = [...sources.map(name => join('src', name)), 'tsconfig.json', 'tsconfig.build.json', 'tsconfig.client.json', 'package-lock.json'].sort()
  const hash = createHash('sha256')
  for (const file of files) {
    const { size, mtimeMs } = statSync(join(root, file))
    hash.update(`${file} ${size} ${mtimeMs}\n`)
  }
  return hash.digest('hex')
}

async function fetchNeo4j(config, say) {
  const { prepareNeo4j } = await built('graph/index.js')
  await prepareNeo4j({ given: config.neo4j, cacheDir: config.cacheDir, onProgress: say })
}

/** The model is optional: without it search goes by words and the graph. */
async function fetchModel(config, say) {
  if (config.embeddings.kind !== 'local') return false
  const { fetchModel: fetch } = await built('llm/index.js')
  try {
    await fetch({ cacheDir: config.cacheDir, onProgress: progressLines(say) })
    return true
  } catch (error) {
    say(`embedding model: not to be had, going on without it (similar cases are found by words and graph only).\n  ${error.message}`)
    return false
  }
}

/** One line a stage, and one each tenth of a download. */
function progressLines(say) {
  let last = ''
  return ({ source, stage, file, doneBytes, totalBytes }) => {
    const tenth = totalBytes ? Math.floor((10 * doneBytes) / totalBytes) * 10 : null
    const line = `embedding model: ${stage}${file ? ` ${file}` : ''} (${source})${tenth === null ? '' : ` ${tenth} %`}`
    if (line !== last) say(line)
    last = line
  }
}

/** @param {string} path of a module under dist/ */
export function built(path) {
  return import(pathToFileURL(join(root, 'dist', path)).href)
}

async function run(command, words, failure) {
  const child = spawn(command, words, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'], shell: process.platform === 'win32' && command === 'npm' })
  let said = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', chunk => (said += chunk))
  const code = await new Promise(resolve => {
    child.once('error', error => {
      said += error.message
      resolve(1)
    })
    child.once('close', resolve)
  })
  if (code !== 0) throw new Error(`${failure}:\n${said.trim().split('\n').slice(-30).join('\n')}`)
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const startedAt = Date.now()
  try {
    await setUp()
    console.log(`set-up: ready after ${((Date.now() - startedAt) / 1000).toFixed(1)} s`)
  } catch (error) {
    console.error(error.message)
    process.exitCode = 1
  }
}
