import { createHash } from 'node:crypto'
import { z } from 'zod'
import { FishboneError } from '../../domain/error.ts'

const FrontMatter = z.strictObject({
  id: z.string().regex(/^[a-z][a-z0-9-]*$/),
  version: z.string().regex(/^\d+$/),
  purpose: z.string().min(1),
  /** Name of the schema of the answer. */
  schema: z.string().min(1),
  languages: z.array(z.enum(['en', 'zh'])).min(1),
  /** Tokens an answer may take. */
  maxTokens: z.coerce.number().int().min(50).max(4_000),
})

/** One version of a prompt: fixed text first, data in `{{placeholders}}` last. */
export type Prompt = z.infer<typeof FrontMatter> & {
  system: string
  user: string
  /** Names of all placeholders, in order of first use. */
  placeholders: string[]
  /** Of the whole file as it lies on disk. */
  sha256: string
}

const layout = /^---\n([\s\S]*?)\n---\n<!-- system -->\n([\s\S]*?)\n<!-- user -->\n([\s\S]*)$/
const placeholder = /\{\{(\w+)\}\}/g

const invalid = (name: string, fault: string, cause?: unknown): never => {
  throw new FishboneError('FB_CONFIG_INVALID', `prompt ${name}: ${fault}`, { cause, details: { prompt: name } })
}

const frontMatterOf = (text: string): Record<string, unknown> =>
  Object.fromEntries(
    text.split('\n').map(line => {
      const [, key = '', value = ''] = /^(\w+):\s*(.*)$/.exec(line) ?? []
      return [key, value.startsWith('[') ? value.slice(1, -1).split(',').map(part => part.trim()) : value.trim()]
    }),
  )

/**
 * Reads `prompts/<name>/<version>.md`.
 *
 * @param name as in messages: `explain-candidates/v1.md`.
 * @throws FB_CONFIG_INVALID where the layout, the front matter or a placeholder is wrong.
 */
export const parsePrompt = (name: string, text: string): Prompt => {
  const plain = text.replaceAll('\r\n', '\n')
  const [, head, system, user] = layout.exec(plain) ?? invalid(name, 'must be front matter, <!-- system -->, text, <!-- user -->, text')
  const parsed = FrontMatter.safeParse(frontMatterOf(head ?? ''))
  if (!parsed.success) return invalid(name, parsed.error.issues.map(issue => `${issue.path.join('.')} ${issue.message}`).join('; '), parsed.error)
  const [id, file] = name.split('/')
  if (parsed.data.id !== id || `v${parsed.data.version}.md` !== file) return invalid(name, `says it is ${parsed.data.id} version ${parsed.data.version}`)
  const body = `${system}\n${user}`
  const left = body.replace(placeholder, '')
  if (left.includes('{{') || left.includes('}}')) return invalid(name, 'holds braces that are no placeholder; a prompt has no logic')
  return {
    ...parsed.data,
    system: (system ?? '').trim(),
    user: (user ?? '').trim(),
    placeholders: [...new Set(Array.from(body.matchAll(placeholder), match => match[1] as string))],
    sha256: createHash('sha256').update(plain).digest('hex'),
  }
}
