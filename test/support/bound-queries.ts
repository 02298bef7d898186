import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { z } from 'zod'
import type { Query } from '../../src/graph/ports.ts'
import { projectRoot } from '../../src/project-root.ts'

export type BoundQuery = Query<z.ZodType, z.ZodType>

/** Every query that a module of `src/graph` exports, by itself or inside an exported list or object. */
export async function readBoundQueries(): Promise<BoundQuery[]> {
  const folder = join(projectRoot, 'src', 'graph')
  const modules = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(name => name.endsWith('.ts'))
  const found = new Set<BoundQuery>()
  for (const name of modules.sort()) {
    const exported = (await import(pathToFileURL(join(folder, name)).href)) as Record<string, unknown>
    for (const value of Object.values(exported)) {
      for (const candidate of [value, ...(isPlain(value) ? Object.values(value) : [])]) {
        if (isQuery(candidate)) found.add(candidate)
      }
    }
  }
  return [...found].sort((a, b) => a.file.localeCompare(b.file))
}

/** Files under `cypher/` that hold one statement each: all but the schema series. */
export function listStatementFiles(): string[] {
  return readdirSync(join(projectRoot, 'cypher'), { recursive: true, encoding: 'utf8' })
    .map(name => name.replaceAll('\\', '/'))
    .filter(name => name.endsWith('.cypher') && !name.startsWith('schema/'))
    .sort()
}

function isPlain(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null
}

function isQuery(value: unknown): value is BoundQuery {
  return isPlain(value) && typeof value.file === 'string' && typeof value.cypher === 'string' && 'params' in value && 'row' in value
}
