import { mkdirSync, mkdtempSync, existsSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { keepPassword, renderAuthLine, writeInitialPassword } from '../../../src/graph/embedded/credentials.ts'
import { makeStoreFolders } from '../../../src/graph/embedded/store-folders.ts'

let dataDir: string
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'fishbone-credentials-'))
})
afterEach(() => rmSync(dataDir, { recursive: true }))

it('writes the line that neo4j-admin 5.26.29 wrote for the same password and salt', () => {
  const salt = Buffer.from('d10c051843a6f9fdc65c3339dc0895cb4737fb79cb057729ca2a9d70d2222fa4', 'hex')
  expect(renderAuthLine('neo4j', 'secretpass1', salt)).toBe(
    `neo4j:SHA-256,db2d6e34fdc8177d7ed98321ffe51a0c7179924856561c7c70dcd91eaed358a6,${salt.toString('hex')},1024:`,
  )
})

it('makes one long password a store, for its owner’s eyes only', () => {
  const folders = makeStoreFolders(dataDir)
  const password = keepPassword(folders)
  expect(password).toMatch(/^[\w-]{32}$/)
  expect(keepPassword(folders)).toBe(password)
  expect(statSync(folders.passwordFile).mode & 0o777).toBe(0o600)
  expect(keepPassword(makeStoreFolders(join(dataDir, 'other')))).not.toBe(password)
})

it('leaves a store alone that was started before', () => {
  const folders = makeStoreFolders(dataDir)
  mkdirSync(join(folders.home, 'data', 'databases', 'system'), { recursive: true })
  writeInitialPassword(folders, 'secretpass1')
  expect(existsSync(join(folders.home, 'data', 'dbms', 'auth.ini'))).toBe(false)
})
