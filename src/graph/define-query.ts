import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { z } from 'zod'
import { FishboneError } from '../domain/error.ts'
import { projectRoot } from '../project-root.ts'
import type { Query } from './ports.ts'

export type QueryDefinition<P extends z.ZodType, R extends z.ZodType> = {
  /** Path under `cypher/`, e.g. `retrieval/find-cases-by-vector.cypher`. One file is one statement and is bound once. */
  file: string
  mode: 'READ' | 'WRITE'
  /** `z.object` whose keys are exactly the statement's `$parameters`. An absent key is sent as null. */
  params: P
  /** `z.strictObject` whose keys are exactly the names behind `RETURN … AS`; `z.strictObject({})` where nothing is returned. */
  row: R
  /**
   * Small legal parameters. The contract test demands them: `test/cypher/every-query.int.test.ts` runs each statement once with them on the
   * small test graph, which catches what no parser sees (a misspelt property of a `YIELD`ed node, a missing index). They need not find anything.
   */
  sample: z.input<P>
  /** Rows are not parsed one by one: for bulk reads only, whose sample a test parses. */
  trusted?: boolean
  /** Whole numbers come as bigint, so that they stay apart from fractions: for copies of the graph. */
  exact?: boolean
  /** For `CALL … IN TRANSACTIONS`, which the database refuses inside a transaction. Not usable in `write`. */
  autoCommit?: boolean
}

/**
 * Binds one `.cypher` file to the schemas of its parameters and rows. The file is read here, so a missing one fails at boot.
 *
 * @throws FB_CONFIG_INVALID when the file is missing.
 */
export function defineQuery<P extends z.ZodType, R extends z.ZodType>(definition: QueryDefinition<P, R>): Query<P, R> {
  const { trusted = false, exact = false, autoCommit = false, ...rest } = definition
  return Object.freeze({ ...rest, trusted, exact, autoCommit, cypher: readCypher(definition.file) })
}

function readCypher(file: string): string {
  try {
    return readFileSync(join(projectRoot, 'cypher', file), 'utf8')
  } catch (cause) {
    throw new FishboneError('FB_CONFIG_INVALID', `the statement file cypher/${file} cannot be read`, { cause, details: { file } })
  }
}
