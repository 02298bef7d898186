import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { FishboneError } from '../../domain/error.ts'
import { isAlive } from './process-identity.ts'

/** A holder touches its lock every two seconds; one this old was left behind, even if its pid lives on as another program. */
const leftBehindMs = 15_000

/**
 * Runs work while holding a lock file, so that two processes on one machine take turns. A lock left behind by a killed process is taken over.
 *
 * @throws FB_NEO4J_SETUP when the lock is not had within `limitMs`.
 */
export async function withFileLock<T>(path: string, limitMs: number, work: () => Promise<T>): Promise<T> {
  const token = await take(path, Date.now() + limitMs)
  const heartbeat = setInterval(() => touch(path), 2_000)
  heartbeat.unref()
  try {
    return await work()
  } finally {
    clearInterval(heartbeat)
    if (contentOf(path) === token) rmSync(path, { force: true })
  }
}

async function take(path: string, until: number): Promise<string> {
  const token = JSON.stringify({ pid: process.pid, at: new Date().toISOString(), nonce: Math.random() })
  mkdirSync(dirname(path), { recursive: true })
  for (;;) {
    if (tryCreate(path, token)) return token
    removeWhenLeftBehind(path)
    if (Date.now() > until) {
      throw new FishboneError('FB_NEO4J_SETUP', `another process holds ${path}; if none is running, remove that file`)
    }
    await pause(100)
  }
}

function tryCreate(path: string, token: string): boolean {
  try {
    writeFileSync(path, token, { flag: 'wx', mode: 0o600 })
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false
    throw error
  }
}

function removeWhenLeftBehind(path: string): void {
  const content = contentOf(path)
  if (content === null || !isLeftBehind(path, content)) return
  // Renamed before it is judged again: another waiter may have replaced it in between, and then it is put back.
  const aside = `${path}.${process.pid}.${Math.random().toString(36).slice(2)}`
  try {
    renameSync(path, aside)
    if (contentOf(aside) !== content) linkSync(aside, path)
  } catch {
    // Someone else was faster; the next round sees their lock.
  }
  rmSync(aside, { force: true })
}

function isLeftBehind(path: string, content: string): boolean {
  try {
    if (Date.now() - statSync(path).mtimeMs > leftBehindMs) return true
    const { pid } = JSON.parse(content) as { pid?: number }
    return typeof pid === 'number' && !isAlive(pid)
  } catch {
    return false
  }
}

function touch(path: string): void {
  try {
    const now = new Date()
    utimesSync(path, now, now)
  } catch {
    // The folder went away with the store: nothing left to hold.
  }
}

function contentOf(path: string): string | null {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return null
  }
}
