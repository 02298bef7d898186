import { expect, it } from 'vitest'
import { createAuditStore } from '../../../src/graph/audit/audit-store.ts'
import { createDecisionScope } from '../../../src/graph/audit/decision-scope.ts'
import type { GraphClient, GraphTransaction } from '../../../src/graph/ports.ts'

// A graph that keeps what was committed: `write` is the client's, as far as a decision sees it.
const openGraph = () => {
  const committed: string[] = []
  const decisions = createDecisionScope()
  const auditIdOf = (params: unknown) => (params as { auditId: string }).auditId
  const refusals: string[] = []
  const write = async (work: (tx: GraphTransaction) => Promise<unknown>) => {
    const uncommitted: string[] = []
    const tx = { one: (_query: unknown, params: unknown) => Promise.resolve(void uncommitted.push(auditIdOf(params))) } as unknown as GraphTransaction
    const result = await work(tx)
    await decisions.beforeCommit(tx)
    committed.push(`[${uncommitted.join(' ')}]`)
    return result
  }
  const client = {
    one: (query: { file: string }, params: { detail: string }) => Promise.resolve(void (query.file.endsWith('mark-refused.cypher') ? refusals.push(params.detail) : committed.push(auditIdOf(params)))),
  } as unknown as GraphClient
  const store = createAuditStore({ client, decisions, newId: () => 'AUD-1' })
  return { committed, refusals, write, store }
}
const entry = { at: '2023-01-09T06:13:00.000Z', keyId: 'key_1', role: 'engineer', action: 'issue.merge', subject: 'ISS-1', requestId: 'r-1', detail: null }

it('writes the entry in each transaction of the decision, under one id', async () => {
  const { committed, write, store } = openGraph()
  const decided = await store.alongside(entry, async () => {
    await write(() => Promise.resolve())
    await write(() => Promise.resolve())
    return 'merged'
  })
  expect(decided).toBe('merged')
  // And once more at the end, which changes nothing: a decision may have had nothing to write.
  expect(committed).toEqual(['[AUD-1]', '[AUD-1]', 'AUD-1'])
})

it('logs nothing of a decision that is refused', async () => {
  const { committed, write, store } = openGraph()
  await expect(store.alongside(entry, () => write(() => Promise.reject(new Error('the issue is closed'))))).rejects.toThrow('closed')
  expect(committed).toEqual([])
})

it('says of an entry that was committed with nothing done that the decision was refused', async () => {
  const { committed, refusals, write, store } = openGraph()
  const refused = Object.assign(new Error('there is no such delivery'), { code: 'FB_NOT_FOUND' })
  await expect(store.alongside({ ...entry, detail: { into: 'ISS-2' } }, () => write(() => Promise.resolve()).then(() => Promise.reject(refused)))).rejects.toBe(refused)
  expect([committed, refusals]).toEqual([['[AUD-1]'], ['{"into":"ISS-2","refused":"FB_NOT_FOUND"}']])
})

it('leaves what the decision set going, and other callers, alone', async () => {
  const { committed, write, store } = openGraph()
  let later = Promise.resolve<unknown>(null)
  let go = () => {}
  const ended = new Promise<void>(resolve => { go = resolve })
  await Promise.all([
    store.alongside(entry, () => {
      later = ended.then(() => write(() => Promise.resolve()))
      return Promise.resolve()
    }),
    write(() => Promise.resolve()),
  ])
  go()
  await later
  expect(committed.toSorted()).toEqual(['AUD-1', '[]', '[]'])
})
