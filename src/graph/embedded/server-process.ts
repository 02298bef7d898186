import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { closeSync, existsSync, openSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { isServerOf } from './process-identity.ts'
import { entryPoint } from './release.ts'
import type { StoreFolders } from './store-folders.ts'

export type ServerCommand = { java: string; lib: string; heapMb: number }

/** Starts the server in a process group of its own, so that the terminal's Ctrl-C reaches only us and we stop it in order. */
export function spawnServer(folders: StoreFolders, { java, lib, heapMb }: ServerCommand): ChildProcess {
  const log = openSync(folders.consoleLog, 'a')
  const child = spawn(java, serverArguments(folders, lib, heapMb), {
    detached: true,
    stdio: ['ignore', log, log],
    cwd: folders.root,
    // In the plain C locale Java cannot name a folder that is not ASCII.
    env: { ...process.env, LC_ALL: 'C.UTF-8', NEO4J_HOME: folders.home, NEO4J_CONF: folders.conf },
  })
  closeSync(log)
  child.unref()
  return child
}

export function serverArguments(folders: StoreFolders, lib: string, heapMb: number): string[] {
  const opened = ['java.nio', 'java.io', 'java.util.concurrent'].map(name => `--add-opens=java.base/${name}=ALL-UNNAMED`)
  return [
    `-Xms${Math.min(512, heapMb)}m`,
    `-Xmx${heapMb}m`,
    ...opened,
    '--add-opens=java.base/sun.nio.ch=ALL-UNNAMED',
    '--add-modules',
    'jdk.incubator.vector',
    '-cp',
    join(lib, '*'),
    entryPoint,
    `--home-dir=${folders.home}`,
    `--config-dir=${folders.conf}`,
  ]
}

/**
 * Ends the server of a store: SIGTERM, which flushes, then SIGKILL after the limit. A pid that is not this store's server is left alone.
 *
 * @returns whether it had to be killed.
 */
export async function endServer(folders: StoreFolders, pid: number, limitMs = 30_000): Promise<boolean> {
  if (!isServerOf(folders.home, pid)) return false
  process.kill(pid, 'SIGTERM')
  if (await isGoneWithin(folders, pid, limitMs)) return false
  if (isServerOf(folders.home, pid)) process.kill(pid, 'SIGKILL')
  await isGoneWithin(folders, pid, 5_000)
  return true
}

async function isGoneWithin(folders: StoreFolders, pid: number, limitMs: number): Promise<boolean> {
  for (const until = Date.now() + limitMs; Date.now() < until; await pause(100)) {
    if (!isServerOf(folders.home, pid)) return true
  }
  return false
}

/** Last lines of what the server said, newest last. */
export function lastLogLines(folders: StoreFolders, count = 12): string[] {
  for (const file of [join(folders.logs, 'neo4j.log'), folders.consoleLog]) {
    if (!existsSync(file)) continue
    const lines = readFileSync(file, 'utf8').trimEnd().split('\n')
    if (lines[0] !== '') return lines.slice(-count)
  }
  return []
}
