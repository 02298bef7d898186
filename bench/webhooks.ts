/**
 * Events to a receiver that fails half of the time: `npx tsx bench/webhooks.ts --work FOLDER [--events 1000] [--subjects 100]`.
 *
 * Starts a Neo4j of its own under the work folder, says the events in transactions of their own, and sends them with two senders at once through the
 * real store and over HTTP. The receiver checks each signature and answers 500, or hangs up, half of the time. Only pauses are shorter than in
 * service: the first is 20 ms. Writes `bench/results/webhooks-<commit>.json`.
 */
import { execFileSync } from 'node:child_process'
import { createHmac, randomUUID } from 'node:crypto'
import { mkdirSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { cpus, loadavg } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { createRandom } from '../src/analysis/random.ts'
import { createFishbone } from '../src/composition-root.ts'
import { readConfig } from '../src/config.ts'
import { emitEvent } from '../src/graph/webhooks/record-events.ts'
import { createWebhookStore } from '../src/graph/webhooks/webhook-store.ts'
import { createLogger } from '../src/logger.ts'
import { createDeliverWebhooks } from '../src/workflow/webhooks/deliver-webhooks.ts'
import { createManageWebhooks } from '../src/workflow/webhooks/manage-webhooks.ts'
import { createPostEvent } from '../src/workflow/webhooks/post-event.ts'
import { createIsPrivateAddress } from '../src/workflow/webhooks/private-addresses.ts'
import { defaultSchedule } from '../src/workflow/webhooks/retry-schedule.ts'
import { createSecretSeal } from '../src/workflow/webhooks/secret-seal.ts'

const { values: options } = parseArgs({ options: { work: { type: 'string' }, events: { type: 'string', default: '1000' }, subjects: { type: 'string', default: '100' } } })
if (options.work === undefined) throw new Error('usage: npx tsx bench/webhooks.ts --work FOLDER')
const work = options.work
const [events, subjects] = [Number(options.events), Number(options.subjects)]

type Seen = { id: string; subject: string; time: string; ok: boolean; signed: boolean }

/** A receiver that fails half of the calls: half of these with 500, half by hanging up. */
const startReceiver = async (secret: () => string) => {
  const random = createRandom(5)
  const seen: Seen[] = []
  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk)).on('end', () => {
      const body = Buffer.concat(chunks).toString('utf8')
      const { id, subject, time } = JSON.parse(body) as { id: string; subject: string; time: string }
      const [at, signature] = [String(request.headers['webhook-timestamp']), String(request.headers['webhook-signature'])]
      const expected = createHmac('sha256', Buffer.from(secret().slice(6), 'base64')).update(`${String(request.headers['webhook-id'])}.${at}.${body}`).digest('base64')
      const luck = random()
      seen.push({ id, subject, time, ok: luck >= 0.5, signed: signature === `v1,${expected}` })
      if (luck < 0.25) request.socket.destroy()
      else response.writeHead(luck < 0.5 ? 500 : 204).end()
    })
  })
  await new Promise<void>(done => server.listen(0, '127.0.0.1', done))
  return { seen, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`, close: () => new Promise(done => server.close(done)) }
}

/** Events were said with instants a millisecond apart. */
const inOrder = (accepted: readonly Seen[]): boolean => {
  const last = new Map<string, string>()
  return accepted.every(({ subject, time }) => {
    const isNext = time > (last.get(subject) ?? '')
    last.set(subject, time)
    return isNext
  })
}

async function main(): Promise<void> {
  mkdirSync(work, { recursive: true })
  const config = readConfig({ ...process.env, NEO4J_URI: '', REDIS_URL: '', EMBEDDINGS: 'none', FISHBONE_DATA_DIR: join(work, 'data') })
  const fishbone = createFishbone({ config, logger: createLogger({ level: 'warn' }), onProgress: line => console.error(line) })
  let secret = ''
  const receiver = await startReceiver(() => secret)
  try {
    const client = await fishbone.graph()
    const store = createWebhookStore({ client })
    for (const { webhookId } of await store.list(null, 200)) await store.remove(webhookId)
    const shared = { seal: createSecretSeal({ key: Buffer.alloc(32, 7) }), isPrivate: createIsPrivateAddress(), now: () => new Date(), newId: randomUUID }
    secret = (await createManageWebhooks({ ...shared, store, allowPrivate: true }).create({ url: receiver.url, events: ['issue.updated'] }, { webhookId: 'WHK-bench', by: 'bench' })).secret
    const sender = () =>
      createDeliverWebhooks({
        ...shared, store, post: createPostEvent({ ...shared, allowPrivate: true, timeoutMs: 5_000 }), random: Math.random,
        schedule: { ...defaultSchedule, firstMs: 20, factor: 1.5, longestMs: 500 }, onError: error => console.error(error),
        readSubject: (_type, subject) => Promise.resolve({ issueId: subject }),
      })
    const [said, base] = [performance.now(), Date.now() - events]
    for (let at = 0; at < events; at++) await client.write(tx => emitEvent(tx, { type: 'issue.updated', subject: `ISS-${at % subjects}`, at: new Date(base + at).toISOString() }))
    const sayMs = performance.now() - said
    const [cpu, startedAt] = [process.cpuUsage(), performance.now()]
    const deliverers = [sender(), sender()]
    while ((await store.list(null, 1))[0]!.counts.delivered < events && performance.now() - startedAt < 240_000) {
      await Promise.all(deliverers.map(deliver => deliver()))
      await new Promise(done => setTimeout(done, 20))
    }
    const wallMs = performance.now() - startedAt
    const { user, system } = process.cpuUsage(cpu)
    const accepted = receiver.seen.filter(one => one.ok)
    const times = new Map<string, number>()
    for (const { id } of accepted) times.set(id, (times.get(id) ?? 0) + 1)
    const result = {
      bench: 'webhooks', commit: execFileSync('git', ['rev-parse', '--short', 'HEAD']).toString().trim(), at: new Date().toISOString(),
      machine: { cpus: cpus().length, model: cpus()[0]?.model, load: loadavg()[0] }, events, subjects, senders: deliverers.length,
      attempts: receiver.seen.length, failedShare: 1 - accepted.length / receiver.seen.length, delivered: times.size, acceptedMoreThanOnce: [...times.values()].filter(count => count > 1).length,
      orderKept: inOrder(accepted), everySignatureRight: receiver.seen.every(one => one.signed), sayMsPerEvent: sayMs / events, wallMs: Math.round(wallMs),
      cpuMsPerAttempt: (user + system) / 1_000 / receiver.seen.length,
    }
    writeFileSync(join('bench', 'results', `webhooks-${result.commit}.json`), `${JSON.stringify(result, null, 2)}\n`)
    console.log(JSON.stringify(result, null, 2))
    if (result.delivered !== events || !result.orderKept || !result.everySignatureRight || result.acceptedMoreThanOnce > 0) process.exitCode = 1
  } finally {
    await receiver.close()
    await fishbone.close()
  }
}

await main()
