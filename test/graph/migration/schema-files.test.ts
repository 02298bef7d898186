import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { asSchemaFile, readSchemaFiles } from '../../../src/graph/migration/schema-files.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'fishbone-schema-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

it('takes the SHA-256 of the text, whatever its line ends', () => {
  // printf 'abc' | sha256sum
  expect(asSchemaFile('V0001__a.cypher', 'abc').checksum).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad')
  expect(asSchemaFile('V0001__a.cypher', 'a\r\nb').checksum).toBe(asSchemaFile('V0001__a.cypher', 'a\nb').checksum)
  expect(asSchemaFile('V0001__a.cypher', 'a b').checksum).not.toBe(asSchemaFile('V0001__a.cypher', 'a\nb').checksum)
})

it('reads the series in order', () => {
  writeFileSync(join(folder, 'V0002__b.cypher'), 'RETURN 2;')
  writeFileSync(join(folder, 'V0001__a.cypher'), 'RETURN 1; RETURN 11;')
  writeFileSync(join(folder, 'notes.md'), '')
  expect(readSchemaFiles(folder)).toMatchObject([
    { name: 'V0001__a.cypher', statements: ['RETURN 1', 'RETURN 11'] },
    { name: 'V0002__b.cypher', statements: ['RETURN 2'] },
  ])
})

it.each([[['V0002__b.cypher']], [['V0001__a.cypher', 'V0001__b.cypher']], [['V0001__a.cypher', 'V0003__c.cypher']], [['V0001__Big.cypher']], [['init.cypher']]])(
  'refuses the series %j',
  names => {
    for (const name of names) writeFileSync(join(folder, name), 'RETURN 1')
    expect(() => readSchemaFiles(folder)).toThrow(expect.objectContaining({ code: 'FB_MIGRATION_INVALID' }))
  },
)
