// The local embedding model in both precisions, measured in turn: load, memory, speed, agreement with the reference vectors.
//
//   npx tsx bench/embedding.ts [--rounds 3]
//
// Fetches the model when it is not in the cache folder. Writes bench/results/embedding-<commit>.json.
import { execFileSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { cpus, loadavg, totalmem } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { readConfig } from '../src/config.ts'
import { fetchModel, modelStatus } from '../src/llm/index.ts'
import { projectRoot } from '../src/project-root.ts'
import type { Measured } from './embedding/measure.ts'

const { values: args } = parseArgs({ options: { rounds: { type: 'string', default: '3' } } })
const { cacheDir } = readConfig()
const { dir } = await fetchModel({ cacheDir })
const { models, fetched } = await modelStatus({ cacheDir })
const loadAtStart = loadavg().map(value => Math.round(value * 100) / 100)
const rounds: Record<string, Measured[]> = { fp32: [], int8: [] }

for (let round = 1; round <= Number(args.rounds); round += 1) {
  for (const precision of Object.keys(rounds)) {
    const line = execFileSync(process.execPath, ['--expose-gc', '--import', 'tsx', join(projectRoot, 'bench/embedding/measure.ts'), dir, precision], {
      cwd: projectRoot, encoding: 'utf8',
    })
    rounds[precision]?.push(JSON.parse(line) as Measured)
    console.log(`${round} ${precision} ${line.trim()}`)
  }
}

const commit = execFileSync('git', ['rev-parse', '--short', 'HEAD'], { cwd: projectRoot, encoding: 'utf8' }).trim()
const result = {
  commit,
  measuredAt: new Date().toISOString(),
  machine: { node: process.version, cpu: cpus()[0]?.model, cores: cpus().length, memoryGb: Math.round(totalmem() / 2 ** 30), loadAtStart },
  model: { fetched, files: models },
  // Other work on the machine shows in single rounds: read the best one, and the spread.
  rounds,
}
mkdirSync(join(projectRoot, 'bench/results'), { recursive: true })
const path = join(projectRoot, 'bench/results', `embedding-${commit}.json`)
writeFileSync(path, `${JSON.stringify(result, null, 2)}\n`)
console.log(path)
