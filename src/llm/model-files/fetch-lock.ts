import { randomUUID } from 'node:crypto'
import { readFile, rename, rm, stat, utimes, writeFile, link } from 'node:fs/promises'
import { hostname } from 'node:os'
import { setTimeout as sleep } from 'node:timers/promises'

export type FetchLockOptions = {
  signal?: AbortSignal | undefined
  /** Called once when somebody else holds the lock. */
  onWait?: () => void
  pollMs?: number
  /** A holder touches its lock this often; one untouched for ten times as long is dead. */
  touchMs?: number
}

/**
 * Runs `work` while no other process on this folder does. A lock whose holder was killed is taken over.
 */
export async function withFetchLock<T>(path: string, options: FetchLockOptions, work: () => Promise<T>): Promise<T> {
  const { touchMs = 3_000 } = options
  await acquire(path, { ...options, touchMs })
  const touch = setInterval(() => void utimes(path, new Date(), new Date()).catch(() => undefined), touchMs)
  touch.unref()
  try {
    return await work()
  } finally {
    clearInterval(touch)
    await rm(path, { force: true })
  }
}

async function acquire(path: string, options: FetchLockOptions & { touchMs: number }): Promise<void> {
  const owner = JSON.stringify({ pid: process.pid, host: hostname(), token: randomUUID() })
  for (let hasWaited = false; ; hasWaited = true) {
    options.signal?.throwIfAborted()
    if (await create(path, owner)) return
    const holder = await readFile(path, 'utf8').catch(() => null)
    if (holder === null) continue
    if (await isDead(path, holder, options.touchMs * 10)) {
      await takeAway(path, holder)
      continue
    }
    if (!hasWaited) options.onWait?.()
    await sleep(options.pollMs ?? 500, undefined, options.signal === undefined ? {} : { signal: options.signal })
  }
}

async function create(path: string, owner: string): Promise<boolean> {
  try {
    await writeFile(path, owner, { flag: 'wx' })
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false
    throw error
  }
}

async function isDead(path: string, holder: string, longestSilenceMs: number): Promise<boolean> {
  const touched = await stat(path).catch(() => null)
  if (touched === null) return false
  if (Date.now() - touched.mtimeMs > longestSilenceMs) return true
  const { pid, host } = parseHolder(holder)
  return host === hostname() && pid !== undefined && !isAlive(pid)
}

function parseHolder(holder: string): { pid?: number; host?: string } {
  try {
    return JSON.parse(holder) as { pid?: number; host?: string }
  } catch {
    // Half-written by a holder that is just creating it, or died doing so: its age decides.
    return {}
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

/** Two waiters may find the same dead lock: whoever moved a living one away by mistake puts it back. */
async function takeAway(path: string, deadHolder: string): Promise<void> {
  const aside = `${path}.${randomUUID()}`
  const isMoved = await rename(path, aside).then(() => true, () => false)
  if (!isMoved) return
  const moved = await readFile(aside, 'utf8').catch(() => deadHolder)
  if (moved !== deadHolder) await link(aside, path).catch(() => undefined)
  await rm(aside, { force: true })
}
