import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { projectRoot } from '../../src/project-root.ts'

/** Labels and relationship types with the property keys of each. */
export type GraphModel = { labels: Map<string, Set<string>>; types: Map<string, Set<string>> }

/** Reads docs/graph-model.md, the one place that names labels, types and properties: its table of nodes and its block of relationships. */
export function readGraphModel(source = readFileSync(join(projectRoot, 'docs', 'graph-model.md'), 'utf8')): GraphModel {
  return { labels: readLabels(sectionOf(source, 'Nodes')), types: readTypes(sectionOf(source, 'Relationships')) }
}

function sectionOf(source: string, title: string): string {
  const found = source.split(/^## /m).find(section => section.startsWith(`${title}\n`))
  if (!found) throw new Error(`docs/graph-model.md has no section ${title}`)
  return found
}

function readLabels(section: string): Map<string, Set<string>> {
  const labels = new Map<string, Set<string>>()
  for (const line of section.split('\n').filter(row => row.startsWith('| `'))) {
    const [names = '', , properties = ''] = line.split('|').slice(1)
    for (const name of quoted(names)) labels.set(name, new Set(['id', ...quoted(withoutAsides(properties))]))
  }
  return labels
}

function readTypes(section: string): Map<string, Set<string>> {
  const types = new Map<string, Set<string>>()
  for (const [, names = '', keys = ''] of section.matchAll(/\[:([A-Z_|]+)(?:\s*\{([^}]*)\})?\]/g)) {
    for (const name of names.split('|')) {
      const known = types.get(name) ?? new Set<string>()
      for (const key of keys.split(',').map(word => word.trim()).filter(Boolean)) known.add(key)
      types.set(name, known)
    }
  }
  return types
}

/** `kind` (`ICA`, `PCA`): what stands in brackets are values and explanations, not keys. */
function withoutAsides(cell: string): string {
  return cell.replace(/\([^()]*\)/g, '')
}

function quoted(cell: string): string[] {
  return [...cell.matchAll(/`([A-Za-z]\w*)`/g)].map(match => match[1] as string)
}

export function propertyKeysOf(model: GraphModel): string[] {
  return [...new Set([...model.labels.values(), ...model.types.values()].flatMap(keys => [...keys]))]
}
