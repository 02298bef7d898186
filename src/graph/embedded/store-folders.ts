import { join, resolve } from 'node:path'

/** Where one store keeps its things: all of it under `neo4j/` of the data folder. */
export type StoreFolders = ReturnType<typeof storeFolders>

export function storeFolders(dataDir: string) {
  const root = resolve(dataDir, 'neo4j')
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
