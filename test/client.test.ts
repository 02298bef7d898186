import { expect, it } from 'vitest'
import { createClient } from '../src/client.ts'
import { bearer, buildTestApp } from './api/app-double.ts'

type Call = { method: string; url: URL; accept: string | null; body: unknown }

/** A client whose calls are kept and answered with nothing. */
const openClient = () => {
  const calls: Call[] = []
  const fetch: typeof globalThis.fetch = (asked, init = {}) => {
    const url = new URL(asked instanceof Request ? asked.url : asked)
    const body = typeof init.body === 'string' ? (JSON.parse(init.body) as unknown) : init.body
    calls.push({ method: init.method ?? 'GET', url, accept: new Headers(init.headers).get('accept'), body })
    return Promise.resolve(new Response(url.pathname.endsWith('/events') ? 'id: 1\nevent: done\ndata: {"state":"done"}\n\n' : '{"state":"done","result":null}'))
  }
  return { calls, client: createClient({ baseUrl: 'http://127.0.0.1:1', key: 'k', fetch }) }
}

/** Each method of the client once, with an id that must be escaped. */
const callAll = async (client: ReturnType<typeof openClient>['client']): Promise<void> => {
  const { feedback, records, imports, cases, analyses, issues, suggestions, actions, earlyWarning, metrics, vehicles, people, webhooks, jobs, audit, health } = client
  const one = 'hotline:F/1'
  await feedback.send({ channel: 'hotline', sourceId: 'F-1', occurredAt: '2023-01-09T06:12:44Z', text: '充电到一半就停了' })
  await feedback.get(one)
  await feedback.respond(one, true)
  await feedback.duplicates(one)
  await feedback.undoDuplicate(one, 'app:F-2', 'another car')
  await feedback.redoDuplicate(one, 'app:F-2')
  for (const kind of ['vehicles', 'cases', 'software-installs', 'telemetry-snapshots', 'repair-orders'] as const) await records.send(kind, [])
  await imports.upload([{ name: 'vehicles.ndjson', content: '' }], { live: true })
  await imports.rejects(one, 0)
  await cases.search({ text: 'loss of drive' })
  await cases.get(one, { asOf: '2023-01-01' })
  await cases.confirm(one, 'app:F-2')
  await cases.unconfirm(one, 'app:F-2')
  await analyses.run({ subject: { component: 'brakes' } })
  await analyses.get(one)
  await issues.list({ state: 'new,triaged', severityMin: 9, overdue: true })
  await issues.get(one)
  await issues.graph(one)
  await issues.edit(one, { owner: null })
  await issues.transition(one, { to: 'triaged' })
  await issues.merge(one, { into: 'ISS-2', reason: 'one lot' })
  await issues.unmerge(one)
  await issues.split(one, { feedbackIds: ['app:F-2'], reason: 'another part' })
  await issues.suggest(one, { language: 'zh' })
  await issues.suggestions(one)
  await issues.eightD(one)
  await issues.eightDPage(one, 'text/markdown')
  await suggestions.decide(one, { verdict: 'accepted' })
  await suggestions.exportInstructionTuning()
  await actions.scope(one)
  await actions.scopeCsv(one)
  await actions.efficacy(one)
  await earlyWarning.scan()
  await earlyWarning.alerts({ outcome: 'confirmed' })
  await earlyWarning.alert(one)
  await earlyWarning.decide(one, { outcome: 'confirmed', reason: 'lot found' })
  await earlyWarning.performance()
  await metrics.failureRate({ component: 'brakes' })
  await metrics.failureRateCsv({ component: 'brakes' })
  await metrics.closedLoop({ from: '2023-01-01' })
  await metrics.closedLoopCsv()
  await metrics.prometheus()
  await vehicles.dossier(one, { at: '2023-01-01' })
  await vehicles.erase(one)
  await people.erase(one)
  await webhooks.create({ url: 'https://qms.example/', events: ['issue.opened'] })
  await webhooks.list()
  await webhooks.get(one)
  await webhooks.remove(one)
  await webhooks.deliveries(one, { state: 'failed' })
  await webhooks.replay(one, 'D-1')
  await jobs.list({ state: 'failed' })
  await jobs.get(one)
  await jobs.cancel(one)
  await jobs.retry(one)
  await jobs.watch(one).next()
  await audit.list({ subject: one })
  await health.live()
  await health.ready()
}

it('has a method for every call of the OpenAPI document, each at its address', async () => {
  const { calls, client } = openClient()
  await callAll(client)
  const app = await buildTestApp({}, { requestsPerMinute: 1_000_000 })
  const { paths } = (await app.inject('/openapi.json')).json<{ paths: Record<string, Record<string, unknown>> }>()
  await app.close()
  const routes = Object.entries(paths).flatMap(([path, operations]) => Object.keys(operations).map(method => ({ method: method.toUpperCase(), path, form: new RegExp(`^${path.replaceAll(/\{\w+\}/g, '[^/]+')}$`) })))
  const routeOf = ({ method, url }: Call) => routes.find(route => route.method === method && route.path === url.pathname) ?? routes.find(route => route.method === method && route.form.test(url.pathname))
  expect(calls.filter(call => routeOf(call) === undefined).map(call => `${call.method} ${call.url.pathname}`)).toEqual([])
  const called = new Set(calls.map(routeOf))
  expect(routes.filter(route => !called.has(route)).map(({ method, path }) => `${method} ${path}`)).toEqual([])
})

it('sends no field and no query the server refuses', async () => {
  const { calls, client } = openClient()
  await callAll(client)
  const app = await buildTestApp({}, { requestsPerMinute: 1_000_000 })
  for (const { method, url, body } of calls) {
    if (body instanceof FormData) continue
    const answer = await app.inject({ method: method as 'POST', url: `${url.pathname}${url.search}`, headers: bearer('admin'), ...(body !== undefined && body !== null && { payload: body }) })
    if (!String(answer.headers['content-type']).includes('json')) continue
    const unknown = (answer.json<{ errors?: { message: string }[] }>().errors ?? []).filter(error => error.message === 'is not a field of this call')
    expect(unknown, `${method} ${url.href}`).toEqual([])
  }
  await app.close()
})

it('asks for tables and pages by their media type', async () => {
  const { calls, client } = openClient()
  await client.metrics.closedLoopCsv({ from: '2023-01-01' })
  await client.issues.eightDPage('ISS-1', 'text/html')
  expect(calls.map(({ url, accept }) => [`${url.pathname}${url.search}`, accept])).toEqual([['/v1/metrics/closed-loop?from=2023-01-01', 'text/csv'], ['/v1/issues/ISS-1/8d', 'text/html']])
})
