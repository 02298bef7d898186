import { withoutComments } from '../../src/graph/migration/split-statements.ts'

/** The statement with comments gone and strings emptied, so that words in them count for nothing. */
export function bareStatement(cypher: string): string {
  return withoutComments(cypher).replace(/'(?:\\.|[^'\\])*'|"(?:\\.|[^"\\])*"/g, "''")
}

/** Names behind `$`. */
export function parametersOf(cypher: string): string[] {
  return [...new Set([...bareStatement(cypher).matchAll(/\$(\w+)/g)].map(match => match[1] as string))].sort()
}

/**
 * Names of the columns: what stands behind `AS`, or a bare variable, in each `RETURN` outside a subquery.
 *
 * @returns one list a branch of a `UNION`; none when the statement returns nothing.
 */
export function returnedNames(cypher: string): string[][] {
  const words = topLevel(bareStatement(cypher))
  return words
    .split(/\bUNION\b(?:\s+ALL\b)?/i)
    .map(branch => branch.split(/\bRETURN\b/i).slice(1).at(-1))
    .filter(clause => clause !== undefined)
    .map(clause => clause.replace(/^\s*DISTINCT\b/i, '').split(/\b(?:ORDER\s+BY|SKIP|OFFSET|LIMIT)\b/i)[0] as string)
    .map(items => items.split(',').map(item => item.trim().split(/\s+/).at(-1) as string).sort())
}

/** The statement without anything inside brackets: subqueries, lists, maps and arguments are replaced by nothing. */
function topLevel(statement: string): string {
  let depth = 0
  let kept = ''
  for (const character of statement) {
    if ('([{'.includes(character)) depth++
    if (depth === 0) kept += character
    if (')]}'.includes(character)) {
      depth--
      kept += ' '
    }
  }
  return kept
}

/** A node or a relationship of a pattern: `(car:Vehicle {id: $id})`, `-[edge:RAN|BUILT_WITH]->`. */
export type PatternElement = { kind: 'node' | 'relationship'; variable: string; names: string[]; keys: string[] }

const elements = {
  node: /\(\s*(\w*)\s*:\s*([A-Za-z_]\w*(?:\s*[|&:]\s*\w+)*)\s*(\{[^{}]*\})?\s*\)/g,
  relationship: /\[\s*(\w*)\s*:\s*([A-Za-z_]\w*(?:\s*\|\s*:?\w+)*)\s*(?:\*[\d.]*)?\s*(\{[^{}]*\})?\s*\]/g,
} as const

export function patternElements(cypher: string): PatternElement[] {
  const statement = bareStatement(cypher)
  return (['node', 'relationship'] as const).flatMap(kind =>
    [...statement.matchAll(elements[kind])].map(([, variable = '', names = '', map = '']) => ({
      kind,
      variable,
      names: names.split(/[\s|&:]+/).filter(Boolean),
      keys: [...map.matchAll(/[{,]\s*(\w+)\s*:/g)].map(match => match[1] as string),
    })),
  )
}

/** Every `variable.key` that is read or set; calls such as `db.awaitIndexes()` are none. */
export function propertyUses(cypher: string): { variable: string; key: string }[] {
  return [...bareStatement(cypher).matchAll(/(?<![.\w$`])([A-Za-z_]\w*)\.([A-Za-z_]\w*)\b(?!\s*\(|\.\w)/g)].map(match => ({
    variable: match[1] as string,
    key: match[2] as string,
  }))
}

/** Keys of the map literals that a statement builds itself: `{code: dtc.code}`. */
export function mapKeysOf(cypher: string): string[] {
  const withoutPatterns = bareStatement(cypher).replace(elements.node, '()').replace(elements.relationship, '[]')
  return [...withoutPatterns.matchAll(/[{,]\s*(\w+)\s*:/g)].map(match => match[1] as string)
}
