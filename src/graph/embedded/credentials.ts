import { createHash, randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { StoreFolders } from './store-folders.ts'

const iterations = 1024

/** Password of the store: made once, readable by its owner only. */
export function keepPassword(folders: StoreFolders): string {
  if (!existsSync(folders.passwordFile)) {
    writeFileSync(folders.passwordFile, `${randomBytes(24).toString('base64url')}\n`, { mode: 0o600, flag: 'wx' })
  }
  return readFileSync(folders.passwordFile, 'utf8').trim()
}

/**
 * Hands the first password to a store that was never started, in the file that `neo4j-admin dbms set-initial-password` writes. That command
 * takes the password as an argument, where every user of the machine can read it, and costs two seconds of Java.
 */
export function writeInitialPassword(folders: StoreFolders, password: string): void {
  if (existsSync(join(folders.home, 'data', 'databases', 'system'))) return
  const folder = join(folders.home, 'data', 'dbms')
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, 'auth.ini'), `${renderAuthLine('neo4j', password, randomBytes(32))}\n`, { mode: 0o600 })
}

/** One line of `auth.ini`: `user:SHA-256,digest,salt,iterations:`, digest = SHA-256 applied 1024 times, first to salt and password. */
export function renderAuthLine(user: string, password: string, salt: Buffer): string {
  let digest = createHash('sha256').update(salt).update(password, 'utf8').digest()
  for (let round = 1; round < iterations; round++) digest = createHash('sha256').update(digest).digest()
  return `${user}:SHA-256,${digest.toString('hex')},${salt.toString('hex')},${iterations}:`
}
