import { existsSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { withFileLock } from '../../../src/graph/embedded/file-lock.ts'

let folder: string
let lock: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'fishbone-lock-'))
  lock = join(folder, 'a.lock')
})
afterEach(() => rmSync(folder, { recursive: true }))

it('lets one in at a time and leaves no file behind', async () => {
  let inside = 0
  let most = 0
  const visit = () =>
    withFileLock(lock, 5_000, async () => {
      most = Math.max(most, ++inside)
      await pause(5)
      inside--
    })
  await Promise.all([visit(), visit(), visit(), visit()])
  expect(most).toBe(1)
  expect(existsSync(lock)).toBe(false)
})

it('takes over the lock of a process that is gone', async () => {
  writeFileSync(lock, JSON.stringify({ pid: 4_194_305 }))
  expect(await withFileLock(lock, 2_000, () => Promise.resolve('in'))).toBe('in')
})

it('takes over a lock nobody has touched for long, though its pid lives', async () => {
  writeFileSync(lock, JSON.stringify({ pid: process.pid }))
  const longAgo = new Date(Date.now() - 60_000)
  utimesSync(lock, longAgo, longAgo)
  expect(await withFileLock(lock, 2_000, () => Promise.resolve('in'))).toBe('in')
})

it('gives up on a lock that is held', async () => {
  writeFileSync(lock, JSON.stringify({ pid: process.pid }))
  await expect(withFileLock(lock, 150, () => Promise.resolve())).rejects.toMatchObject({ code: 'FB_NEO4J_SETUP' })
  expect(existsSync(lock)).toBe(true)
})

it('gives the lock back when the work fails', async () => {
  await expect(withFileLock(lock, 1_000, () => Promise.reject(new Error('work')))).rejects.toThrow('work')
  expect(existsSync(lock)).toBe(false)
})
