import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { createWriteStream, readFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'

/** As users run it; a bench builds it first. */
const command = fileURLToPath(new URL('../../bin/fishbone.js', import.meta.url))

export const freePort = () =>
  new Promise<number>(resolve => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as { port: number }
      probe.close(() => resolve(port))
    })
  })

export type Kept = { pid: () => number | null; stop: (signal?: NodeJS.Signals) => Promise<void> }

/**
 * Keeps a program running as a service manager does: one that ends is started again after a pause, until it is stopped. What it writes goes to a file.
 *
 * @param start gives program, arguments and environment of one start.
 */
export const keep = (name: string, folder: string, start: () => { file: string; args: string[]; env: NodeJS.ProcessEnv }, againAfterMs = 1_000): Kept => {
  const log = createWriteStream(join(folder, `${name}.log`), { flags: 'a' })
  let child: ChildProcess | null = null
  let isStopping = false
  const run = () => {
    const { file, args, env } = start()
    child = spawn(file, args, { env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'pipe'] })
    child.stdout?.pipe(log, { end: false })
    child.stderr?.pipe(log, { end: false })
    child.once('exit', () => {
      child = null
      if (!isStopping) setTimeout(() => isStopping || run(), againAfterMs)
    })
  }
  run()
  return {
    pid: () => child?.pid ?? null,
    async stop(signal = 'SIGTERM') {
      isStopping = true
      const ending = child
      if (ending === null) return
      const ended = new Promise(resolve => ending.once('exit', resolve))
      ending.kill(signal)
      await Promise.race([ended, pause(40_000)])
    },
  }
}

export const keepFishbone = (name: string, args: string[], folder: string, env: NodeJS.ProcessEnv): Kept =>
  keep(name, folder, () => ({ file: process.execPath, args: [command, ...args], env }))

export const keepRedis = (port: number, folder: string): Kept =>
  keep('redis', folder, () => ({ file: 'redis-server', args: ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no'], env: {} }), 2_000)

/** The pid of the embedded Neo4j of a data folder, as Fishbone notes it. */
export const neo4jPid = (dataDir: string): number | null => (JSON.parse(readFileSync(join(dataDir, 'neo4j', 'server.json'), 'utf8')) as { pid: number | null }).pid
