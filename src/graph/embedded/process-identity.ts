import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { entryPoint } from './release.ts'

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

/** Command line of a process, its words joined by a space; empty when there is none (gone, or a zombie). */
export function commandLineOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0').join(' ').trim()
  } catch {
    const ps = spawnSync('ps', ['-ww', '-o', 'command=', '-p', String(pid)], { encoding: 'utf8' })
    return ps.status === 0 ? ps.stdout.trim() : ''
  }
}

/**
 * Whether a pid is the Neo4j of this home folder. A pid alone proves nothing: after a restart of the machine it may be anybody's, so the
 * command line must name both the server and the folder.
 */
export function isServerOf(home: string, pid: number, readCommandLine: (pid: number) => string = commandLineOf): boolean {
  const commandLine = readCommandLine(pid)
  return commandLine.includes(entryPoint) && `${commandLine} `.includes(`--home-dir=${home} `)
}
