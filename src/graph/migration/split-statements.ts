/**
 * Cuts a schema file into its statements at each `;` that ends one. A `;` inside a string, a quoted name or a comment ends nothing.
 *
 * @returns statements without the `;`, in order; pieces that hold only comments and white space are left out.
 */
export function splitStatements(source: string): string[] {
  const statements: string[] = []
  let begin = 0
  for (let at = 0; at < source.length; ) {
    if (source[at] === ';') {
      statements.push(source.slice(begin, at))
      begin = at + 1
    }
    at = endOfToken(source, at)
  }
  statements.push(source.slice(begin))
  return statements.map(statement => statement.trim()).filter(statement => withoutComments(statement).trim() !== '')
}

/** Index behind the token at `at`: a whole string, quoted name or comment, else one character. */
function endOfToken(source: string, at: number): number {
  const here = source[at]
  if (here === "'" || here === '"') return endOfString(source, at, here)
  if (here === '`') return endAfter(source, source.indexOf('`', at + 1), 1)
  if (source.startsWith('//', at)) return endAfter(source, source.indexOf('\n', at), 1)
  if (source.startsWith('/*', at)) return endAfter(source, source.indexOf('*/', at + 2), 2)
  return at + 1
}

function endOfString(source: string, at: number, quote: string): number {
  for (let index = at + 1; index < source.length; index++) {
    if (source[index] === '\\') index++
    else if (source[index] === quote) return index + 1
  }
  return source.length
}

function endAfter(source: string, found: number, length: number): number {
  return found === -1 ? source.length : found + length
}

/** The source without its comments; strings and quoted names are kept whole. */
export function withoutComments(source: string): string {
  let kept = ''
  for (let at = 0; at < source.length; ) {
    const end = endOfToken(source, at)
    const isComment = source.startsWith('//', at) || source.startsWith('/*', at)
    kept += isComment ? ' ' : source.slice(at, end)
    at = end
  }
  return kept
}
