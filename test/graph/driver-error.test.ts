import { Neo4jError } from 'neo4j-driver'
import { expect, it } from 'vitest'
import { asGraphError, retryOf } from '../../src/graph/driver-error.ts'

const driverError = (code: string) => Object.assign(new Neo4jError('text with values', code, '', ''), { code })

it.each([
  ['ServiceUnavailable', 'connection', 'FB_GRAPH_UNAVAILABLE'],
  ['SessionExpired', 'connection', 'FB_GRAPH_UNAVAILABLE'],
  ['Neo.TransientError.General.DatabaseUnavailable', 'connection', 'FB_GRAPH_UNAVAILABLE'],
  ['Neo.TransientError.Transaction.DeadlockDetected', 'transient', 'FB_GRAPH_UNAVAILABLE'],
  ['N/A', 'never', 'FB_GRAPH_UNAVAILABLE'],
  ['Neo.ClientError.Statement.SyntaxError', 'never', 'FB_GRAPH_QUERY_FAILED'],
  ['Neo.ClientError.Schema.ConstraintValidationFailed', 'never', 'FB_GRAPH_QUERY_FAILED'],
  ['Neo.ClientError.Transaction.TransactionTimedOut', 'never', 'FB_GRAPH_UNAVAILABLE'],
  ['Neo.ClientError.Security.Unauthorized', 'never', 'FB_CONFIG_INVALID'],
])('takes %s: retry %s, code %s', (driverCode, retry, code) => {
  const error = driverError(driverCode)
  expect(retryOf(error)).toBe(retry)
  expect(asGraphError(error, 'a/b.cypher')).toMatchObject({ code, cause: error, details: { file: 'a/b.cypher', neo4jCode: driverCode } })
})

it('keeps the text of the database out of the message: it may quote a value', () => {
  expect((asGraphError(driverError('Neo.ClientError.Statement.SyntaxError'), 'a/b.cypher') as Error).message).not.toContain('values')
})

it('passes an error that is not the driver’s', () => {
  const error = new Error('mine')
  expect(asGraphError(error, 'a/b.cypher')).toBe(error)
  expect(retryOf(error)).toBe('never')
})
