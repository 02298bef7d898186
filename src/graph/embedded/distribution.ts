import { spawn } from 'node:child_process'
import { accessSync, constants, copyFileSync, existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { createInterface } from 'node:readline'
import { FishboneError } from '../../domain/error.ts'
import { projectRoot } from '../../project-root.ts'
import { withFileLock } from './file-lock.ts'
import { libraryFolder, neo4jVersion } from './release.ts'

export type Progress = (line: string) => void

/** Whether the jars are there. The folder gets its name only when it is complete, so looking is enough. */
export function hasDistribution(cacheDir: string): boolean {
  return existsSync(libraryFolder(cacheDir))
}

/**
 * Fetches Neo4j's jars through Maven into the cache folder (about 133 MB, once). Safe to run twice and by two processes at once.
 *
 * @returns folder of the jars.
 * @throws FB_NEO4J_SETUP when Maven fails; its log file is named.
 */
export async function fetchDistribution(cacheDir: string, onProgress: Progress = () => {}): Promise<string> {
  const lib = libraryFolder(cacheDir)
  if (hasDistribution(cacheDir)) return lib
  makeCacheFolder(cacheDir)
  await withFileLock(`${dirname(lib)}.lock`, 15 * 60_000, async () => {
    if (hasDistribution(cacheDir)) return
    const draft = `${dirname(lib)}.draft`
    rmSync(draft, { recursive: true, force: true })
    mkdirSync(draft, { recursive: true })
    // Maven writes beside its pom, and the checkout may be read-only.
    copyFileSync(join(projectRoot, 'neo4j', 'pom.xml'), join(draft, 'pom.xml'))
    await copyDependencies(draft, onProgress)
    mkdirSync(dirname(lib), { recursive: true })
    renameSync(join(draft, 'lib'), lib)
    rmSync(draft, { recursive: true, force: true })
  })
  return lib
}

function makeCacheFolder(cacheDir: string): void {
  try {
    mkdirSync(cacheDir, { recursive: true })
    accessSync(cacheDir, constants.W_OK)
  } catch (cause) {
    const message = `the cache folder ${cacheDir} cannot be written; set FISHBONE_CACHE_DIR to a folder of yours`
    throw new FishboneError('FB_NEO4J_SETUP', message, { cause })
  }
}

async function copyDependencies(folder: string, onProgress: Progress): Promise<void> {
  onProgress(`Neo4j ${neo4jVersion}: fetching with Maven, about 133 MB, once`)
  const maven = spawn('mvn', ['-B', 'dependency:copy-dependencies', '-DoutputDirectory=lib'], { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] })
  const lines: string[] = []
  let downloaded = 0
  createInterface({ input: maven.stdout }).on('line', line => {
    lines.push(line)
    const isJar = line.includes('Downloaded from') && line.includes('.jar')
    if (isJar && ++downloaded % 25 === 0) onProgress(`Neo4j ${neo4jVersion}: ${downloaded} jars fetched`)
  })
  createInterface({ input: maven.stderr }).on('line', line => lines.push(line))
  const code = await new Promise<number | null>((resolve, reject) => {
    maven.once('error', reject)
    maven.once('close', resolve)
  })
  if (code !== 0) throw mavenError(code, lines)
  onProgress(`Neo4j ${neo4jVersion}: ${readdirSync(join(folder, 'lib')).length} jars ready`)
}

function mavenError(code: number | null, lines: string[]): FishboneError {
  const errors = lines.filter(line => line.includes('ERROR')).slice(0, 5)
  const said = (errors.length > 0 ? errors : lines.slice(-5)).join('\n')
  return new FishboneError('FB_NEO4J_SETUP', `Maven could not fetch Neo4j ${neo4jVersion} (exit ${code}):\n${said}`)
}
