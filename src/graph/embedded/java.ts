import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { oldestJava } from './release.ts'

export type JavaFound = { ok: true; command: string; major: number } | { ok: false; problem: string }

/** Finds a Java that is new enough: `JAVA_HOME`, else `java` on the path. */
export function findJava(env: Record<string, string | undefined>): JavaFound {
  const command = env.JAVA_HOME ? join(env.JAVA_HOME, 'bin', 'java') : 'java'
  const run = spawnSync(command, ['-version'], { encoding: 'utf8', env: { ...env } })
  if (run.error || run.status !== 0) {
    return { ok: false, problem: env.JAVA_HOME ? `no java at ${command} (JAVA_HOME)` : 'no java on the PATH' }
  }
  const major = majorVersionOf(run.stderr + run.stdout)
  if (major === null) return { ok: false, problem: `${command} does not tell its version` }
  if (major < oldestJava) return { ok: false, problem: `${command} is Java ${major}, too old` }
  return { ok: true, command, major }
}

/** Major version in the output of `java -version`: `"17.0.15"` is 17, `"1.8.0_412"` is 8. */
export function majorVersionOf(output: string): number | null {
  const match = /version "(?:1\.)?(\d+)/.exec(output)
  return match ? Number(match[1]) : null
}

/** Whether Maven answers. */
export function hasMaven(env: Record<string, string | undefined>): boolean {
  const run = spawnSync('mvn', ['-v'], { encoding: 'utf8', env: { ...env } })
  return !run.error && run.status === 0
}
