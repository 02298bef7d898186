import { z } from 'zod'
import { defineQuery } from '../define-query.ts'

const neighbourhood = (file: string) =>
  defineQuery({
    file,
    mode: 'READ',
    params: z.object({ id: z.string() }),
    row: z.strictObject({ record: z.unknown(), path: z.unknown() }),
    sample: { id: 'none' },
  })

export const showCase = neighbourhood('browser/case.cypher')
export const showFeedback = neighbourhood('browser/feedback.cypher')
export const showIssue = neighbourhood('browser/issue.cypher')

export const showIssueEvidence = defineQuery({
  file: 'browser/issue-evidence.cypher',
  mode: 'READ',
  params: z.object({ issueId: z.string(), limit: z.int().min(1) }),
  row: z.strictObject({ path: z.unknown() }),
  sample: { issueId: 'none', limit: 10 },
})

const statements = { Case: showCase, Feedback: showFeedback, Issue: showIssue }

export type LinkedRecord = { label: keyof typeof statements; id: string }

/** A Cypher string literal of exactly this text: quotes, backslashes and control characters escaped, nothing changed. */
export const cypherLiteral = (text: string): string =>
  `'${[...text.replace(/[\\']/g, '\\$&')].map(character => (/[\p{Cc}\u2028\u2029]/u.test(character) ? `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}` : character)).join('')}'`

const withoutHeader = (cypher: string): string => cypher.split('\n').filter(line => !line.startsWith('//')).join('\n').trim()

/** Encoded to the last mark: a terminal ends a link at a quote or a bracket. */
const encode = (text: string): string => encodeURIComponent(text).replace(/['()*!]/g, mark => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`)

/**
 * Address that opens a record with its neighbours in Neo4j Browser: the statement stands in the editor with the id written out.
 *
 * @param connection.browserUrl address of the Browser page; `uri` the Bolt address it connects to.
 */
export const browserLink = (record: LinkedRecord, connection: BrowserConnection): string =>
  // A function as replacement: `$&` and the like in an id stay what they are.
  openInBrowser(withoutHeader(statements[record.label].cypher).replaceAll('$id', () => cypherLiteral(record.id)), connection)

/** The statement that shows what an issue rests on, its id and limit written out. */
export const issueEvidenceStatement = (issueId: string, limit: number): string =>
  withoutHeader(showIssueEvidence.cypher).replaceAll('$issueId', () => cypherLiteral(issueId)).replaceAll('toInteger($limit)', String(limit))

export type BrowserConnection = { browserUrl: string; uri: string; user: string }

/** Address that opens Neo4j Browser with a statement in its editor. */
export const openInBrowser = (statement: string, connection: BrowserConnection): string => {
  const host = connection.uri.replace(/^[a-z0-9+]+:\/\//, '')
  const page = new URL('/browser', connection.browserUrl)
  const query = { dbms: `neo4j://${connection.user}@${host}`, db: 'neo4j', cmd: 'edit', arg: statement }
  return `${page.href}?${Object.entries(query).map(([name, value]) => `${name}=${encode(value)}`).join('&')}`
}
