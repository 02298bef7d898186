import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { closeSync, existsSync, openSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { isServerOf } from './process-identity.ts'
import { entryPoint } from './release.ts'
import type { StoreFolders } from './store-folders.ts'

export type ServerCommand = { java: { command: string; major: number }; lib: string; heapMb: number }

/** Oldest Java whose vector instructions this release uses; an older one only warns about the module. */
const vectorJava = 20

/** What of our environment the server may see: neither keys nor passwords. */
const passedOn = ['PATH', 'HOME', 'TMPDIR', 'JAVA_HOME', 'JAVA_TOOL_OPTIONS', 'SystemRoot'] as const

/** Starts the server in a process group of its own, so that the terminal's Ctrl-C reaches only us and we stop it in order. */
export function spawnServer(folders: StoreFolders, command: ServerCommand): ChildProcess {
  const log = openSync(folders.consoleLog, 'a', 0o600)
  const passed = Object.fromEntries(passedOn.map(name => [name, process.env[name]]))
  const child = spawn(command.java.command, serverArguments(folders, command, process.env['JAVA_TOOL_OPTIONS']), {
    detached: true,
    stdio: ['ignore', log, log],
    cwd: folders.root,
    // In the plain C locale Java cannot name a folder that is not ASCII.
    env: { ...passed, LC_ALL: 'C.UTF-8', NEO4J_HOME: folders.home, NEO4J_CONF: folders.conf },
  })
  closeSync(log)
  child.on('error', () => {})
  child.unref()
  return child
}

/**
 * For its first thousands of reports a server uses more of the processor for compiling itself than for its answers. What runs often is compiled just as
 * well, but after four times as many runs as usual: what runs seldom is not compiled so dearly while reports wait.
 */
const compileLater = [
  '-XX:Tier4InvocationThreshold=20000', '-XX:Tier4MinInvocationThreshold=2400', '-XX:Tier4CompileThreshold=60000', '-XX:Tier4BackEdgeThreshold=160000',
]

/** The collector with the least work beside the answers, for a heap as small as ours; Java refuses to start with two of them. */
const collectorBeside = (toolOptions: string): string[] => (/-XX:\+Use\w+GC\b/.test(toolOptions) ? [] : ['-XX:+UseSerialGC'])

/** @param toolOptions what the environment tells every Java (`JAVA_TOOL_OPTIONS`). */
export function serverArguments(folders: StoreFolders, { java, lib, heapMb }: ServerCommand, toolOptions = ''): string[] {
  const opened = ['java.nio', 'java.io', 'sun.nio.ch', 'java.util.concurrent']
  return [
    `-Xms${Math.min(512, heapMb)}m`,
    `-Xmx${heapMb}m`,
    ...collectorBeside(toolOptions),
    ...compileLater,
    ...opened.map(name => `--add-opens=java.base/${name}=ALL-UNNAMED`),
    ...(java.major >= vectorJava ? ['--add-modules=jdk.incubator.vector'] : []),
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
 * @returns `alive` when it is still there after all.
 */
export async function endServer(folders: StoreFolders, pid: number, limitMs: number): Promise<'stopped' | 'killed' | 'alive'> {
  if (!signalServer(folders, pid, 'SIGTERM') || (await isGoneWithin(folders, pid, limitMs))) return 'stopped'
  signalServer(folders, pid, 'SIGKILL')
  return (await isGoneWithin(folders, pid, 5_000)) ? 'killed' : 'alive'
}

/** @returns whether there was a server of this store to signal. */
function signalServer(folders: StoreFolders, pid: number, signal: NodeJS.Signals): boolean {
  if (!isServerOf(folders.home, pid)) return false
  try {
    process.kill(pid, signal)
  } catch {
    // Gone in between, or not ours to signal: the wait that follows tells which.
  }
  return true
}

async function isGoneWithin(folders: StoreFolders, pid: number, limitMs: number): Promise<boolean> {
  for (const until = Date.now() + limitMs; Date.now() < until; await pause(100)) {
    if (!isServerOf(folders.home, pid)) return true
  }
  return false
}

/** Last lines of what the server said, newest last, without the places in its source. */
export function lastLogLines(folders: StoreFolders, count = 8): string[] {
  for (const file of [join(folders.logs, 'neo4j.log'), folders.consoleLog]) {
    if (!existsSync(file)) continue
    const lines = readFileSync(file, 'utf8').split('\n')
    const said = lines.filter(line => line.trim() !== '' && !/^\s+(?:at |\.\.\. \d+ more)/.test(line))
    if (said.length > 0) return said.slice(-count)
  }
  return []
}
