import { createHmac } from 'node:crypto'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ClockName } from '../../../src/domain/issue-clock.ts'
import { CloudEvent, Webhook, type EventType } from '../../../src/domain/webhook.ts'
import type { DueDelivery, Settlement, StoredWebhook } from '../../../src/graph/ports/webhooks.ts'
import { createDeliverWebhooks } from '../../../src/workflow/webhooks/deliver-webhooks.ts'
import { eventBody, withoutPersonal } from '../../../src/workflow/webhooks/event-body.ts'
import { checkWebhookUrl, createManageWebhooks } from '../../../src/workflow/webhooks/manage-webhooks.ts'
import { checkedLookup, createPostEvent } from '../../../src/workflow/webhooks/post-event.ts'
import { createIsPrivateAddress } from '../../../src/workflow/webhooks/private-addresses.ts'
import { defaultSchedule, pauseAfter } from '../../../src/workflow/webhooks/retry-schedule.ts'
import { createSecretSeal } from '../../../src/workflow/webhooks/secret-seal.ts'
import { newSecret, signatureHeaders } from '../../../src/workflow/webhooks/sign-message.ts'

const isPrivate = createIsPrivateAddress()

describe('private addresses', () => {
  it.each(['127.0.0.1', '10.1.2.3', '172.31.0.1', '192.168.1.1', '169.254.169.254', '100.64.0.1', '0.0.0.0', '::1', 'fd00::1', 'fe80::1', '::ffff:10.0.0.1', '64:ff9b::a00:1', '2002:a00:1::', 'name'])('refuses %s', address => expect(isPrivate(address)).toBe(true))
  it.each(['8.8.8.8', '172.32.0.1', '2606:4700::1111', '::ffff:8.8.8.8'])('lets %s pass', address => expect(isPrivate(address)).toBe(false))
  it.each(['http://127.0.0.1/x', 'https://[::1]/', 'http://2130706433/', 'http://0x7f.1/', 'https://localhost/', 'https://graph.internal/', 'ftp://qms.example/', 'https://u:p@qms.example/', 'nonsense'])('takes no webhook at %s', url =>
    expect(() => checkWebhookUrl(url, { isPrivate, allowPrivate: false })).toThrow(expect.objectContaining({ code: 'FB_INVALID' })))
  it('refuses a name of which one address is private, and connects to what it checked', async () => {
    const lookUp = (addresses: string[], allowPrivate = false) =>
      new Promise((done, failed) => checkedLookup({ isPrivate, allowPrivate, resolveName: (_name, _options, answer) => answer(null, addresses.map(address => ({ address, family: 4 }))) })('qms.example', {}, (error, address) => (error ? failed(error) : done(address))))
    await expect(lookUp(['8.8.8.8', '10.0.0.1'])).rejects.toMatchObject({ code: 'PRIVATE_ADDRESS' })
    expect(await lookUp(['8.8.8.8'])).toBe('8.8.8.8')
    expect(await lookUp(['10.0.0.1'], true)).toBe('10.0.0.1')
  })
})

it('signs id, time and body with the decoded secret', () => {
  const secret = newSecret()
  expect(secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/)
  const headers = signatureHeaders({ id: 'EVT-1', at: 1_700_000_000, body: '{"a":1}' }, secret)
  const expected = createHmac('sha256', Buffer.from(secret.slice(6), 'base64')).update('EVT-1.1700000000.{"a":1}').digest('base64')
  expect(headers).toEqual({ 'webhook-id': 'EVT-1', 'webhook-timestamp': '1700000000', 'webhook-signature': `v1,${expected}` })
})

it('agrees with the example of the Standard Webhooks specification', () => {
  const headers = signatureHeaders({ id: 'msg_p5jXN8AQM9LWM0D4loKWxJek', at: 1_614_265_330, body: '{"test": 2432232314}' }, 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw')
  expect(headers['webhook-signature']).toBe('v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=')
})

it('keeps secrets sealed, and opens them with the same key only', () => {
  const seal = createSecretSeal({ key: Buffer.alloc(32, 1) })
  const sealed = seal.seal('whsec_x')
  expect(sealed).not.toContain('whsec')
  expect(seal.open(sealed)).toBe('whsec_x')
  expect(() => createSecretSeal({ key: Buffer.alloc(32, 2) }).open(sealed)).toThrow(expect.objectContaining({ code: 'FB_VIN_KEY_INVALID' }))
})

it('tries again after 5 s, 15 s, 45 s and so on for 24 hours', () => {
  const pause = (attempts: number, tookMs = 0) => pauseAfter(attempts, { startedAt: 0, now: tookMs, random: () => 0.5 }, defaultSchedule)
  expect([1, 2, 3, 20].map(attempts => pause(attempts))).toEqual([5_000, 15_000, 45_000, 3 * 3_600_000])
  expect(pause(12, 21 * 3_600_000)).not.toBeNull()
  expect(pause(12, 22 * 3_600_000)).toBeNull()
})

it('sends no words of people, no car and no name', () => {
  expect(withoutPersonal({ issueId: 'I', owner: 'li', feedback: [{ feedbackId: 'f', text: 'my car', vehicleId: 'veh_1' }], department: { key: 'k', reason: 'component x' }, suggestions: { containment: [{ text: 'quarantine lot', quotes: [{ text: 'said' }] }] } })).toEqual({
    issueId: 'I', owner: null, feedback: [{ feedbackId: 'f', text: null, vehicleId: null }], department: { key: 'k', reason: 'component x' }, suggestions: { containment: [{ text: 'quarantine lot', quotes: [] }] },
  })
})

it('names the clock beside the data, and only where an event tells of one', () => {
  const envelope = { id: 'EVT-1', subject: 'ISS-1', time: '2023-01-09T00:00:00.000Z', source: '/fishbone' }
  const told = (type: EventType, clock: ClockName | null) => CloudEvent.parse(JSON.parse(eventBody({ ...envelope, type, clock }, { issueId: 'ISS-1' })))
  expect(told('sla.breached', 'resolution')).toMatchObject({ clock: 'resolution', data: { issueId: 'ISS-1' } })
  expect(told('issue.updated', null)).not.toHaveProperty('clock')
})

describe('over HTTP', () => {
  const server = createServer((request, response) => {
    const status = Number(request.url?.slice(1))
    response.writeHead(status, status === 302 ? { location: 'http://127.0.0.1:1/' } : {}).end('ok')
  })
  let base = ''
  beforeAll(async () => {
    await new Promise<void>(done => server.listen(0, '127.0.0.1', done))
    base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  })
  afterAll(() => new Promise(done => server.close(done)))
  const post = (url: string, allowPrivate = true) => createPostEvent({ isPrivate, allowPrivate, timeoutMs: 2_000 })(url, { headers: { 'content-type': 'application/json' }, body: '{}' }, new AbortController().signal)

  it('takes 2xx as delivered, anything else as failed, and follows no redirect', async () => {
    expect(await post(`${base}/204`)).toEqual({ ok: true, status: 204, error: null })
    expect(await post(`${base}/500`)).toMatchObject({ ok: false, status: 500 })
    expect(await post(`${base}/302`)).toMatchObject({ ok: false, status: 302, error: 'answered 302: redirects are not followed' })
    expect(await post('http://127.0.0.1:1/')).toMatchObject({ ok: false, status: null, error: 'not reached (ECONNREFUSED)' })
  })
  it('never connects to a private address that is not allowed, also by a name', async () => {
    expect(await post(`${base}/204`, false)).toMatchObject({ ok: false, status: null, error: 'the address 127.0.0.1 is not of the public internet' })
    expect(await post(base.replace('127.0.0.1', 'localhost'), false)).toMatchObject({ ok: false, status: null })
  })
})

describe('delivering', () => {
  const seal = createSecretSeal({ key: Buffer.alloc(32, 1) })
  const hook: StoredWebhook = {
    ...Webhook.parse({ webhookId: 'W', url: 'https://qms.example/', events: ['issue.opened'], description: null, state: 'active', createdAt: 't', failingSince: null, disabledAt: null, disabledReason: null, counts: { pending: 0, delivered: 0, failed: 0 } }),
    secretSealed: seal.seal(newSecret()),
  }
  type Kept = DueDelivery & { state: Settlement['state']; nextAttemptAt: string | null }
  const open = (deliveries: Kept[], post: (id: string) => number, given: Partial<StoredWebhook> = {}) => {
    let clock = Date.parse('2023-01-09T00:00:00.000Z')
    const webhook = { ...hook, ...given }
    const sent: string[] = []
    const deliver = createDeliverWebhooks({
      store: {
        announceRecurrences: () => Promise.resolve(0),
        due: at => Promise.resolve(deliveries.some(one => one.state === 'pending' && one.nextAttemptAt! <= at) ? ['W'] : []),
        lease: () => Promise.resolve(webhook.state === 'active' ? webhook : null),
        release: () => Promise.resolve(),
        heads: at => {
          void at
          const first = new Map<string, Kept>()
          for (const one of deliveries) if (one.state === 'pending' && !first.has(one.subject)) first.set(one.subject, one)
          return Promise.resolve([...first.values()].filter(one => one.nextAttemptAt! <= new Date(clock).toISOString()))
        },
        keepBody: (_id, body) => Promise.resolve(body),
        settle: (_id, settlement, health) => {
          const one = deliveries.find(delivery => delivery.deliveryId === settlement.deliveryId)!
          Object.assign(one, { state: settlement.state, nextAttemptAt: settlement.nextAttemptAt, attempts: one.attempts + 1, startedAt: one.startedAt ?? settlement.at, log: settlement.log })
          webhook.failingSince = health.failingSince
          if (health.disable !== null) Object.assign(webhook, { state: 'disabled', disabledReason: health.disable })
          return Promise.resolve()
        },
        giveUpDisabled: () => {
          const waiting = webhook.state === 'disabled' ? deliveries.filter(one => one.state === 'pending') : []
          for (const one of waiting) Object.assign(one, { state: 'failed', nextAttemptAt: null })
          return Promise.resolve(waiting.length)
        },
      },
      seal, schedule: { ...defaultSchedule, jitter: 0 }, random: () => 0.5, newId: () => 'run', now: () => new Date(clock), readSubject: () => Promise.resolve({ issueId: 'I' }),
      onError: error => { throw error },
      post: (_url, { headers }) => {
        sent.push(headers['webhook-id']!)
        const status = post(headers['webhook-id']!)
        return Promise.resolve({ ok: status < 300, status, error: status < 300 ? null : `answered ${status}` })
      },
    })
    return { deliver, sent, webhook, later: (ms: number) => (clock += ms) }
  }
  const delivery = (id: string, subject: string): Kept => ({
    deliveryId: `${id}.W`, eventId: id, type: 'issue.opened', subject, attempts: 0, startedAt: null, eventAt: '2023-01-09T00:00:00.000Z', clock: null, body: null, log: [], state: 'pending', nextAttemptAt: '2023-01-09T00:00:00.000Z',
  })

  it('keeps the order of a subject when an earlier event fails, and lets other subjects pass', async () => {
    const deliveries = [delivery('e1', 'A'), delivery('e2', 'A'), delivery('e3', 'B')]
    let fails = true
    const { deliver, sent, later } = open(deliveries, id => (id === 'e1' && fails ? 500 : 200))
    await deliver()
    expect(sent).toEqual(['e1', 'e3'])
    fails = false
    later(5_000)
    await deliver()
    expect(sent).toEqual(['e1', 'e3', 'e1', 'e2'])
    expect(deliveries.map(one => [one.state, one.attempts])).toEqual([['delivered', 2], ['delivered', 1], ['delivered', 1]])
  })
  it('gives an event up after a day and goes on with the next of its subject', async () => {
    const deliveries = [delivery('e1', 'A'), delivery('e2', 'A')]
    const { deliver, later } = open(deliveries, id => (id === 'e1' ? 500 : 200))
    for (let i = 0; i < 20; i++) {
      await deliver()
      later(3 * 3_600_000)
    }
    expect(deliveries.map(one => one.state)).toEqual(['failed', 'delivered'])
  })
  it('disables a webhook after five days of failure, and at once when it says that it is gone', async () => {
    const long = open([delivery('e1', 'A')], () => 500, { failingSince: '2023-01-04T00:00:00.000Z' })
    await long.deliver()
    expect(long.webhook.state).toBe('disabled')
    const waiting = [delivery('e1', 'A'), delivery('e2', 'A'), delivery('e3', 'B')]
    const gone = open(waiting, id => (id === 'e1' ? 410 : 500))
    await gone.deliver()
    // Also what the batch had left for later, and what was never tried: nothing will be sent.
    expect(waiting.map(one => [one.state, one.nextAttemptAt, one.attempts])).toEqual([['failed', null, 1], ['failed', null, 0], ['failed', null, 1]])
    expect(gone.webhook).toMatchObject({ state: 'disabled', disabledReason: 'the receiver answered 410 Gone' })
  })
})

it('tells a secret once and keeps it sealed', async () => {
  const kept: StoredWebhook[] = []
  const seal = createSecretSeal({ key: Buffer.alloc(32, 1) })
  const manage = createManageWebhooks({
    seal, isPrivate, allowPrivate: false, now: () => new Date('2023-01-09T00:00:00Z'), newId: () => '1',
    store: {
      create: ({ createdBy: _by, ...webhook }) => Promise.resolve(void kept.push({ ...webhook, state: 'active', failingSince: null, disabledAt: null, disabledReason: null, counts: { pending: 0, delivered: 0, failed: 0 } })),
      find: id => Promise.resolve(kept.find(one => one.webhookId === id) ?? null), list: () => Promise.resolve([]), remove: () => Promise.resolve(false), deliveries: () => Promise.resolve([]), replay: () => Promise.resolve(null),
    },
  })
  const created = await manage.create({ url: 'https://qms.example/hook', events: ['issue.opened'] }, { webhookId: 'WHK-1', by: 'key_1' })
  expect(created.secret).toMatch(/^whsec_/)
  expect(seal.open(kept[0]!.secretSealed)).toBe(created.secret)
  expect(JSON.stringify(await manage.find(created.webhookId))).not.toMatch(/secret|whsec/i)
  await expect(manage.replay(created.webhookId, 'x')).rejects.toMatchObject({ code: 'FB_NOT_FOUND' })
})
