import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { FishboneError } from '../../domain/error.ts'
import { splitStatements } from './split-statements.ts'

/** One file of the append-only series `V0001__what.cypher`. */
export type SchemaFile = { name: string; checksum: string; statements: string[] }

/**
 * Reads the series in order.
 *
 * @throws FB_MIGRATION_INVALID when a name does not fit, or a number is missing or given twice.
 */
export function readSchemaFiles(folder: string): SchemaFile[] {
  const names = readdirSync(folder).filter(name => name.endsWith('.cypher')).sort()
  names.forEach((name, index) => {
    const expected = `V${String(index + 1).padStart(4, '0')}__`
    if (!name.startsWith(expected) || !/^V\d{4}__[a-z0-9-]+\.cypher$/.test(name)) {
      throw new FishboneError('FB_MIGRATION_INVALID', `schema file ${name}: the name must begin with ${expected} and go on in kebab-case`, {
        details: { file: name },
      })
    }
  })
  return names.map(name => asSchemaFile(name, readFileSync(join(folder, name), 'utf8')))
}

/** Line ends do not count: a checkout on Windows is the same file. */
export function asSchemaFile(name: string, source: string): SchemaFile {
  const text = source.replaceAll('\r\n', '\n')
  return { name, checksum: createHash('sha256').update(text).digest('hex'), statements: splitStatements(text) }
}
