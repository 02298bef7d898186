import { mkdirSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'

/** A holder touches its lock every two seconds; one this old was left behind by a process that was killed. */
const leftBehindMs = 15_000

/**
 * Runs work while holding a lock file, so that two set-ups of one checkout do not install at once. The built program has its own lock; this
 * one runs before anything is built.
 *
 * @template T
 * @param {string} path
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function takeTurn(path, work) {
  mkdirSync(dirname(path), { recursive: true })
  while (!tryTake(path)) {
    if (isLeftBehind(path)) rmSync(path, { force: true })
    else await pause(200)
  }
  const heartbeat = setInterval(() => touch(path), 2_000)
  try {
    return await work()
  } finally {
    clearInterval(heartbeat)
    rmSync(path, { force: true })
  }
}

function tryTake(path) {
  try {
    writeFileSync(path, String(process.pid), { flag: 'wx' })
    return true
  } catch (error) {
    if (error.code === 'EEXIST') return false
    throw error
  }
}

function isLeftBehind(path) {
  try {
    if (Date.now() - statSync(path).mtimeMs > leftBehindMs) return true
    process.kill(Number(readFileSync(path, 'utf8')) || process.pid, 0)
    return false
  } catch (error) {
    return error.code === 'ESRCH'
  }
}

function touch(path) {
  try {
    utimesSync(path, new Date(), new Date())
  } catch {
    // Removed under us: nothing left to hold.
  }
}
