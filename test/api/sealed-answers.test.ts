import { expect, it } from 'vitest'
import { createMemoryIdempotencyStore, useTestApp } from './app-double.ts'

const open = useTestApp()

// A call whose answer only its caller may see: the first answer again, and nothing readable of it in the store.
const keepingStore = () => {
  const store = createMemoryIdempotencyStore()
  const kept: string[] = []
  return { kept, store: { ...store, finish: (...[held, answer]: Parameters<typeof store.finish>) => (kept.push(answer.body), store.finish(held, answer)) } }
}

it('gives the secret of a webhook again to a repeated call, and keeps it sealed', async () => {
  const { kept, store } = keepingStore()
  let made = 0
  const { call } = await open({
    idempotencyStore: store,
    webhooks: {
      nextId: () => 'WHK-1', list: () => Promise.resolve([]), find: () => Promise.reject(new Error('unasked')), remove: () => Promise.resolve(), deliveries: () => Promise.resolve([]), replay: () => Promise.reject(new Error('unasked')),
      create: ({ url, events }, { webhookId }) =>
        Promise.resolve({ webhookId, url, events, description: null, state: 'active', createdAt: '2023-01-09T06:13:00Z', failingSince: null, disabledAt: null, disabledReason: null, counts: { pending: 0, delivered: 0, failed: 0 }, secret: `whsec_${++made}` }),
    },
  })
  const ask = () => call('POST', '/v1/webhooks', { role: 'admin', headers: { 'idempotency-key': 'k-1' }, payload: { url: 'https://qms.example/', events: ['issue.opened'] } })
  const [first, again] = [await ask(), await ask()]
  expect([first.statusCode, first.json<{ secret: string }>().secret]).toEqual([201, 'whsec_1'])
  expect([again.statusCode, again.headers['idempotency-replayed'], again.json()]).toEqual([201, 'true', first.json()])
  expect(kept).toHaveLength(1)
  expect(kept[0]).not.toMatch(/whsec|\{/)
})

it('logs each look at VINs, also at an answer that is given again, in the form it was asked for', async () => {
  const { kept, store } = keepingStore()
  const car = { vehicleId: 'veh_1', vin: 'LJ1EEAUU0N7700001', model: 'ES8', modelYear: 2022, state: 'sold' }
  const { call, audited } = await open({
    idempotencyStore: store,
    actionScope: actionId => Promise.resolve({ actionId, asOf: '2023-01-09', stock: 0, inTransit: 0, atOutlet: 0, sold: 1, total: 1, cars: [car], cypher: 'MATCH', params: {} }),
  })
  const ask = () => call('POST', '/v1/actions/SUG-1/scope', { headers: { 'idempotency-key': 'k-2', accept: 'text/csv' }, payload: {} })
  const [first, again] = [await ask(), await ask()]
  expect([again.body, again.headers['content-type']]).toEqual([first.body, 'text/csv; charset=utf-8'])
  expect(kept[0]).not.toContain(car.vin)
  expect(audited).toEqual([{ action: 'scope.read', subject: 'SUG-1', detail: { cars: 1 } }, { action: 'scope.read', subject: 'SUG-1', detail: { again: true } }])
})
