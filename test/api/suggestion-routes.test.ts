import { describe, expect, it } from 'vitest'
import { suggestionsJob } from '../../src/jobs/job-kinds.ts'
import { FishboneError } from '../../src/domain/error.ts'
import { useTestApp } from './app-double.ts'

const open = useTestApp()
const provenance = {
  wording: 'template' as const, fallback: null, promptId: null, promptVersion: null, promptSha256: null, schemaSha256: null, evidenceSha256: '0', recordId: null, modelId: null, seed: null,
  calls: 0, inputTokens: 0, outputTokens: 0, milliseconds: 1, engineVersion: '1',
}

describe('POST /v1/issues/{id}/suggestions', () => {
  it('begins a job of the issue, and refuses one that is not there before any work', async () => {
    const { jobs, call } = await open({ checkSuggestions: ({ issueId }) => (issueId === 'ISS-1' ? Promise.resolve() : Promise.reject(new FishboneError('FB_NOT_FOUND', 'there is no such issue'))) })
    const asked: unknown[] = []
    jobs.work(suggestionsJob, request => (asked.push(request), Promise.reject(new FishboneError('FB_NO_SUBJECT', 'the issue names nothing'))))
    expect((await call('POST', '/v1/issues/ISS-1/suggestions?wait=5', { payload: { language: 'zh' } })).json()).toMatchObject({ status: 422, code: 'FB_NO_SUBJECT' })
    expect((await call('POST', '/v1/issues/ISS-1/suggestions')).statusCode).toBe(202)
    expect((await call('POST', '/v1/issues/ISS-2/suggestions')).statusCode).toBe(404)
    expect((await call('POST', '/v1/issues/ISS-1/suggestions', { payload: { issueId: 'ISS-2' } })).statusCode).toBe(422)
    await expect.poll(() => asked).toEqual([{ issueId: 'ISS-1', language: 'zh' }, { issueId: 'ISS-1' }])
  })
})

describe('POST /v1/suggestions/{id}/decision', () => {
  it('is for engineers, needs the words of an edit, and is logged', async () => {
    const { call, audited } = await open({ decideSuggestion: (suggestionId, { verdict }, { by }) => Promise.resolve({ suggestionId, issueId: 'ISS-1', status: verdict, by, at: '2023-01-09T06:13:00.000Z', caseId: null }) })
    const url = '/v1/suggestions/SUG-1/decision'
    expect((await call('POST', url, { payload: { verdict: 'accepted' }, role: 'contributor' })).statusCode).toBe(403)
    expect((await call('POST', url, { payload: { verdict: 'edited' } })).json()).toMatchObject({ errors: [{ pointer: '/edited' }] })
    expect((await call('POST', url, { payload: { verdict: 'accepted' } })).json()).toMatchObject({ status: 'accepted', by: expect.stringMatching(/^key_/) as string })
    expect(audited).toEqual([{ action: 'suggestion.decided', subject: 'SUG-1', detail: { verdict: 'accepted' } }])
  })
})

describe('GET /v1/issues/{id}/8d', () => {
  it.each([
    ['application/json', 'application/json'], ['text/markdown', 'text/markdown'], ['text/markdown;q=0.5, application/json;q=0.9', 'application/json'], ['text/html, text/markdown;q=0.5', 'text/html'],
  ])('gives what is asked for by Accept: %s', async (accept, type) => {
    const draft = { issueId: 'ISS-1', language: 'en' as const, title: 't', subject: 's', asOf: '2023-01-09', disciplines: [], evidence: [], provenance }
    const { call } = await open({ draft8d: () => Promise.resolve({ draft, markdown: '# text/markdown', html: '<h1>text/html</h1>' }) })
    const reply = await call('GET', '/v1/issues/ISS-1/8d', { role: 'reader', headers: { accept } })
    expect([reply.statusCode, reply.headers['content-type']]).toEqual([200, `${type}; charset=utf-8`])
    expect(reply.body).toContain(type === 'application/json' ? '"issueId":"ISS-1"' : type)
  })
})

describe('POST /v1/actions/{id}/scope', () => {
  const car = { vehicleId: 'veh_1', vin: 'LJ1EEAUU0N7700001', model: 'ES8', modelYear: 2022, state: 'sold' }
  const actionScope = (actionId: string, { cars = 0, withVins = false }: { cars?: number; withVins?: boolean }) =>
    Promise.resolve({ actionId, asOf: '2023-01-09', stock: 0, inTransit: 0, atOutlet: 0, sold: 1, total: 1, cars: cars > 0 ? [{ ...car, vin: withVins ? car.vin : null }] : [], cypher: 'MATCH', params: {} })

  it('counts for everyone, lists VINs for engineers, and logs that they looked', async () => {
    const { call, audited } = await open({ actionScope })
    expect((await call('POST', '/v1/actions/SUG-1/scope', { role: 'reader' })).json()).toMatchObject({ sold: 1, total: 1, cars: [] })
    expect(audited).toEqual([])
    expect((await call('POST', '/v1/actions/SUG-1/scope')).json()).toMatchObject({ cars: [car] })
    expect(audited).toEqual([{ action: 'scope.read', subject: 'SUG-1', detail: { cars: 1 } }])
    const table = await call('POST', '/v1/actions/SUG-1/scope', { headers: { accept: 'text/csv' } })
    expect(table.headers['content-disposition']).toBe('attachment; filename="scope.csv"')
    expect(table.body).toBe('\uFEFFvehicleId,vin,model,modelYear,state\r\nveh_1,LJ1EEAUU0N7700001,ES8,2022,sold\r\n')
    const tableOfReader = await call('POST', '/v1/actions/SUG-1/scope', { headers: { accept: 'text/csv' }, role: 'reader' })
    expect(tableOfReader.headers['content-type']).toContain('application/problem+json')
    expect(tableOfReader.json()).toMatchObject({ status: 403, code: 'FB_FORBIDDEN' })
    expect(audited).toHaveLength(2)
  })

  it('names a table that holds fewer cars than there are by what it holds', async () => {
    const { call } = await open({ actionScope: async (actionId, options) => ({ ...(await actionScope(actionId, options ?? {})), sold: 3, total: 3 }) })
    const nameOf = async (payload: object) => (await call('POST', '/v1/actions/SUG-1/scope', { headers: { accept: 'text/csv' }, payload })).headers['content-disposition']
    expect(await nameOf({ cars: 1 })).toBe('attachment; filename="scope-first-1-of-3.csv"')
  })
})
