import { mkdirSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { FishboneError } from '../../domain/error.ts'

/** Where one store keeps its things: all of it under `neo4j/` of the data folder. */
export type StoreFolders = ReturnType<typeof storeFolders>

export function storeFolders(dataDir: string) {
  // The real path: a server is recognised by its folder, and one folder may be reached by two names.
  const root = join(realPathOf(resolve(dataDir)), 'neo4j')
  const home = join(root, 'home')
  return {
    root,
    home,
    conf: join(root, 'conf'),
    logs: join(home, 'logs'),
    consoleLog: join(root, 'console.log'),
    passwordFile: join(root, 'password'),
    recordFile: join(root, 'server.json'),
    lockFile: join(root, 'start.lock'),
  }
}

function realPathOf(path: string): string {
  try {
    return realpathSync(path)
  } catch {
    return path
  }
}

/**
 * Makes the folders of a store, readable by their owner only.
 *
 * @throws FB_NEO4J_SETUP when the data folder cannot be written.
 */
export function makeStoreFolders(dataDir: string): StoreFolders {
  const probe = join(resolve(dataDir), 'neo4j', `.writable-${process.pid}`)
  try {
    mkdirSync(join(resolve(dataDir), 'neo4j'), { recursive: true, mode: 0o700 })
    writeFileSync(probe, '')
    rmSync(probe)
    const folders = storeFolders(dataDir)
    for (const folder of [folders.home, folders.conf]) mkdirSync(folder, { recursive: true, mode: 0o700 })
    return folders
  } catch (cause) {
    const message = `the data folder ${resolve(dataDir)} cannot be written; set FISHBONE_DATA_DIR to a folder of yours`
    throw new FishboneError('FB_NEO4J_SETUP', message, { cause })
  }
}
