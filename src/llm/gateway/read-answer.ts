import type { ZodType } from 'zod'

export type ReadAnswer<T> = { ok: true; value: T } | { ok: false; problems: string[] }

/** Problems told to a model in one repair. */
const mostProblems = 8

/** The answer without its thoughts; a block that was never closed ends at the first line that begins with `{`. */
export const withoutThoughts = (text: string): string =>
  text
    .replace(/<think(?:ing)?>[\s\S]*?<\/think(?:ing)?>/gi, '')
    .replace(/^[\s\S]*?<\/think(?:ing)?>/i, '')
    .replace(/<think(?:ing)?>(?:(?!\n\s*\{)[\s\S])*/i, '')

/** The first balanced JSON object in a text, strings and escapes respected; null where none is complete. */
export const firstJsonObject = (text: string): string | null => {
  for (let start = text.indexOf('{'); start >= 0; start = text.indexOf('{', start + 1)) {
    const end = endOfObject(text, start)
    if (end !== null && isJson(text.slice(start, end))) return text.slice(start, end)
  }
  return null
}

const endOfObject = (text: string, start: number): number | null => {
  let depth = 0
  let isInString = false
  for (let at = start; at < text.length; at += 1) {
    const character = text[at]
    if (isInString) {
      if (character === '\\') at += 1
      else if (character === '"') isInString = false
    } else if (character === '"') isInString = true
    else if (character === '{') depth += 1
    else if (character === '}' && --depth === 0) return at + 1
  }
  return null
}

const isJson = (text: string): boolean => {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}

/** The answer of a model as a value of the schema, or sentences that say what is wrong with it. */
export const readAnswer = <T>(text: string, schema: ZodType<T>): ReadAnswer<T> => {
  const json = firstJsonObject(withoutThoughts(text))
  if (json === null) return { ok: false, problems: ['The answer holds no complete JSON object.'] }
  const parsed = schema.safeParse(JSON.parse(json))
  if (parsed.success) return { ok: true, value: parsed.data }
  return { ok: false, problems: parsed.error.issues.slice(0, mostProblems).map(issue => `${issue.path.join('.') || 'answer'}: ${issue.message}`) }
}
