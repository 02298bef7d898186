import type { IndexRow } from './queries.ts'
import { withoutComments } from './split-statements.ts'

/** What a schema statement asks for, in the words of `SHOW INDEXES`. */
export type AskedIndex = Omit<IndexRow, 'state' | 'entity'>

const head = /^CREATE\s+(?:(RANGE|FULLTEXT|VECTOR|TEXT|POINT)\s+)?(INDEX|CONSTRAINT)\s+(\w+)\s+IF\s+NOT\s+EXISTS\s+FOR\s+\(\s*(\w+)\s*:\s*(\w+)\s*\)/i

/**
 * Indexes that a series of schema statements leaves behind: later statements may drop what earlier ones made. Statements of another kind ask
 * for nothing.
 */
export function askedIndexes(statements: readonly string[]): AskedIndex[] {
  const asked = new Map<string, AskedIndex>()
  for (const statement of statements.map(withoutComments)) {
    const dropped = /^\s*DROP\s+(?:INDEX|CONSTRAINT)\s+(\w+)/i.exec(statement)
    if (dropped) asked.delete(dropped[1] as string)
    const index = asAskedIndex(statement.trim())
    if (index) asked.set(index.name, index)
  }
  return [...asked.values()]
}

function asAskedIndex(statement: string): AskedIndex | null {
  const match = head.exec(statement)
  if (!match) return null
  const [text, kind, object, name, variable, label] = match as unknown as [string, string | undefined, string, string, string, string]
  const unique = object.toUpperCase() === 'CONSTRAINT'
  const [target = '', options = ''] = statement.slice(text.length).split(/\bOPTIONS\b/i)
  const properties = [...target.matchAll(new RegExp(`\\b${variable}\\.(\\w+)`, 'g'))].map(found => found[1] as string)
  return {
    name,
    type: kind?.toUpperCase() ?? 'RANGE',
    labels: [label],
    properties,
    unique,
    analyzer: textSetting(options, 'fulltext.analyzer'),
    dimensions: numberSetting(options, 'vector.dimensions'),
    similarity: textSetting(options, 'vector.similarity_function')?.toUpperCase() ?? null,
  }
}

function textSetting(options: string, key: string): string | null {
  return new RegExp(`\`${key}\`\\s*:\\s*['"]([^'"]+)['"]`).exec(options)?.[1] ?? null
}

function numberSetting(options: string, key: string): number | null {
  const found = new RegExp(`\`${key}\`\\s*:\\s*(\\d+)`).exec(options)?.[1]
  return found === undefined ? null : Number(found)
}

/**
 * Where the database differs from what was asked: `CREATE … IF NOT EXISTS` is silent about an index of the same name on something else.
 *
 * @returns one sentence a difference, each naming the index; empty when all is as asked.
 */
export function schemaDifferences(asked: readonly AskedIndex[], present: readonly IndexRow[]): string[] {
  const byName = new Map(present.map(index => [index.name, index]))
  return asked.flatMap(index => {
    const found = byName.get(index.name)
    if (!found) return [`index ${index.name} is missing`]
    if (found.state === 'FAILED') return [`index ${index.name} has failed and must be made again`]
    const keys = ['type', 'labels', 'properties', 'unique', 'analyzer', 'dimensions', 'similarity'] as const
    return keys
      .filter(key => JSON.stringify(found[key]) !== JSON.stringify(index[key]))
      .map(key => `index ${index.name}: ${key} is ${JSON.stringify(found[key])}, asked for ${JSON.stringify(index[key])}`)
  })
}
