import { afterEach, describe, expect, it } from 'vitest'
import { z } from 'zod'
import type { ModelQuestion } from '../../../src/llm/ports.ts'
import { completion, startScriptedModel } from '../../support/scripted-model-server.ts'
import type { ModelScript, ScriptedModel } from '../../support/scripted-model-server.ts'
import { openTestGateway } from '../../support/test-gateway.ts'

const Choice = z.strictObject({ kind: z.enum(['lot', 'software']), words: z.string().max(60) })
type Choice = z.infer<typeof Choice>

const good = { kind: 'lot', words: 'Lot 21W08 has 23 claims.' }

const question = (changes: Partial<ModelQuestion<Choice, Choice>> = {}): ModelQuestion<Choice, Choice> => ({
  purpose: 'explain',
  promptId: 'explain-candidates',
  input: { language: 'English', subject: 'charging stops', verdict: 'cause-found', candidates: 'C1', actions: 'none', evidence: 'E1 [statistic] 23 claims' },
  quotes: [{ id: 'E9', text: 'stops in damp weather' }],
  schema: Choice,
  evidenceSha256: 'e'.repeat(64),
  judge: value => ({ accepted: value.words.includes('23'), value, failures: value.words.includes('23') ? [] : ['words: number 24 is not in E1 (observed = 23 claims)'] }),
  ...changes,
})

const servers: ScriptedModel[] = []
const serve = async (script: ModelScript) => {
  const server = await startScriptedModel(script)
  servers.push(server)
  return server
}
afterEach(async () => {
  await Promise.all(servers.splice(0).map(server => server.close()))
})

const ask = async (script: ModelScript, options: Parameters<typeof openTestGateway>[1] = {}, target: object = {}) => {
  const server = await serve(script)
  const opened = openTestGateway([{ baseUrl: server.baseUrl, ...target }], options)
  const answer = await opened.gateway.openCase('case-1').ask(question())
  return { answer, server, calls: server.requests.length, ...opened }
}

describe('an answer', () => {
  it.each([
    ['plain', JSON.stringify(good)],
    ['in fences', `Here it is:\n\`\`\`json\n${JSON.stringify(good, null, 2)}\n\`\`\`\nDone.`],
    ['after thoughts', `<think>{"kind": "no", maybe}</think>\n${JSON.stringify(good)}`],
    ['after thoughts that were never closed', `<think>first I look at E1\n${JSON.stringify(good)}`],
    ['after thoughts whose start was cut', `so it is the lot</think>${JSON.stringify(good)}`],
    ['before other words', `${JSON.stringify(good)} I hope that helps {really}`],
  ])('%s is read in one call', async (_, text) => {
    const { answer, calls } = await ask(() => completion(text))
    expect(answer).toMatchObject({ ok: true, value: good })
    expect(calls).toBe(1)
  })

  it.each(['json_object', 'json_schema', 'tools', 'plain'] as const)('comes in the mode %s', async structuredOutput => {
    const { answer, server } = await ask(request => completion(good, { viaTool: request.tools !== undefined }), {}, { structuredOutput })
    expect(answer).toMatchObject({ ok: true, value: good, provenance: { structuredOutput } })
    expect(server.requests[0]?.response_format?.type).toBe(structuredOutput.startsWith('json') ? structuredOutput : undefined)
    expect(server.requests[0]).toMatchObject({ seed: 7, max_tokens: 1_100 })
  })

  it('comes as a stream, with the usage of its last chunk', async () => {
    const { answer, server } = await ask(() => completion(good), {}, { stream: true })
    expect(server.requests[0]?.stream).toBe(true)
    expect(answer).toMatchObject({ ok: true, value: good, usage: { calls: 1, outputTokens: Math.ceil(JSON.stringify(good).length / 4) } })
  })

  it('says what ran', async () => {
    const { answer, ledger, records } = await ask(() => completion(good), { price: { input: 1, output: 2, cached: 0.5 } })
    if (!answer.ok) throw new Error(answer.detail)
    expect(answer.provenance).toMatchObject({ promptId: 'explain-candidates', promptVersion: '1', modelId: 'scripted', seed: 7, cached: false, evidenceSha256: 'e'.repeat(64) })
    expect(answer.provenance.promptSha256).toMatch(/^[0-9a-f]{64}$/)
    expect(await ledger.rows()).toMatchObject([{ purpose: 'explain', caseId: 'case-1', outcome: 'answered', modelId: 'scripted', inputTokens: answer.usage.inputTokens, usageReported: true }])
    expect(answer.usage.costUsd).toBeCloseTo((answer.usage.inputTokens + 2 * answer.usage.outputTokens) / 1e6, 12)
    expect(await records.read(answer.provenance.recordId)).toMatchObject({ kind: 'answered', attempts: [{ text: JSON.stringify(good) }] })
  })
})

describe('a bad answer', () => {
  it.each([
    ['no JSON', 'I would rather not say.'],
    ['a wrong enum', { ...good, kind: 'weather' }],
    ['an extra key', { ...good, severity: 1 }],
    ['cut-off JSON', '{"kind": "lot", "words": "Lot 21'],
  ])('with %s is repaired once', async (_, first) => {
    const { answer, calls, server, ledger } = await ask((__, call) => completion(call === 1 ? first : good))
    expect(answer).toMatchObject({ ok: true, value: good, usage: { calls: 2 } })
    expect(calls).toBe(2)
    expect(server.requests[1]?.messages.at(-1)?.content).toContain('PROBLEMS')
    expect((await ledger.rows()).map(row => row.outcome)).toEqual(['invalid-output', 'repaired'])
  })

  it('is invalid after one repair, never a third call', async () => {
    const { answer, calls } = await ask(() => completion('nothing'))
    expect(answer).toMatchObject({ ok: false, kind: 'invalid-output', rawText: 'nothing' })
    expect(calls).toBe(2)
  })

  it('that is not grounded is asked for once more, naming what failed', async () => {
    const { answer, calls, server } = await ask((_, call) => completion(call === 1 ? { ...good, words: '24 claims' } : good))
    expect(answer).toMatchObject({ ok: true, value: good })
    expect(calls).toBe(2)
    expect(server.requests[1]?.messages.at(-1)?.content).toContain('observed = 23 claims')
  })

  it('that stays ungrounded is not used, and says what the judge left', async () => {
    const { answer, calls } = await ask(() => completion({ ...good, words: '24 claims' }))
    expect(answer).toMatchObject({ ok: false, kind: 'not-grounded', judged: { words: '24 claims' } })
    expect(calls).toBe(2)
  })

  it('that is cut off or refused ends the case without a repair', async () => {
    const cut = await ask(() => completion('{"kind": "lot", "wor', { finish: 'length' }))
    expect([cut.answer, cut.calls]).toMatchObject([{ ok: false, kind: 'truncated' }, 1])
    const refused = await ask(() => completion('', { refusal: 'I cannot help with that.' }))
    expect([refused.answer, refused.calls]).toMatchObject([{ ok: false, kind: 'refused' }, 1])
    const filtered = await ask(() => completion('', { finish: 'content_filter' }))
    expect([filtered.answer, filtered.calls]).toMatchObject([{ ok: false, kind: 'refused' }, 1])
  })
})

describe('a server in trouble', () => {
  it('that answers a page with status 200 is unavailable, in one call', async () => {
    const { answer, calls } = await ask(() => ({ kind: 'raw', status: 200, body: '<html>Sign in</html>' }))
    expect(answer).toMatchObject({ ok: false, kind: 'unavailable', usage: { calls: 0 } })
    expect(calls).toBe(1)
  })

  it('that answers JSON which is no completion is unavailable', async () => {
    const { answer, calls } = await ask(() => ({ kind: 'raw', status: 200, body: '{"hello": 1}', headers: { 'content-type': 'application/json' } }))
    expect(answer).toMatchObject({ ok: false, kind: 'unavailable' })
    expect(calls).toBe(1)
  })

  it('is waited for as Retry-After says', async () => {
    const { answer, calls, pauses } = await ask((_, call) => (call === 1 ? { kind: 'raw', status: 429, body: '{}', headers: { 'retry-after': '3' } } : completion(good)))
    expect(answer).toMatchObject({ ok: true, usage: { calls: 1 } })
    expect([calls, pauses]).toEqual([2, [3_000]])
  })

  it('is not waited for longer than the case may take', async () => {
    const { answer, calls, pauses } = await ask(() => ({ kind: 'raw', status: 429, body: '{}', headers: { 'retry-after': '60' } }))
    expect([answer, calls, pauses]).toMatchObject([{ ok: false, kind: 'unavailable' }, 1, []])
  })

  it('is tried again after 500, at most twice', async () => {
    const then = await ask((_, call) => (call === 1 ? { kind: 'raw', status: 500, body: '{}' } : completion(good)))
    expect([then.answer.ok, then.calls, then.pauses]).toEqual([true, 2, [500]])
    const always = await ask(() => ({ kind: 'raw', status: 503, body: '{}' }))
    expect([always.answer, always.calls, always.pauses]).toMatchObject([{ ok: false, kind: 'unavailable' }, 3, [500, 1_000]])
  })

  it.each([400, 401, 403, 404, 302])('is not tried again after %i', async status => {
    const { answer, calls } = await ask(() => ({ kind: 'raw', status, body: '{"error":{"message":"no"}}', headers: { 'content-type': 'application/json', location: 'http://127.0.0.1:1/' } }))
    expect([answer, calls]).toMatchObject([{ ok: false, kind: 'unavailable' }, 1])
  })

  it('with a spent quota is not tried again', async () => {
    const { answer, calls } = await ask(() => ({ kind: 'raw', status: 429, body: '{"error":{"message":"You exceeded your current quota","code":"insufficient_quota"}}', headers: { 'content-type': 'application/json' } }))
    expect([answer, calls]).toMatchObject([{ ok: false, kind: 'unavailable' }, 1])
  })

  it('that stalls costs the estimate each time and counts as a call', async () => {
    const { answer, calls, ledger } = await ask(() => ({ kind: 'stall' }), { callMs: 150 })
    expect(answer).toMatchObject({ ok: false, kind: 'unavailable', usage: { calls: 2 } })
    expect(calls).toBe(2)
    expect((await ledger.rows()).map(row => [row.outcome, row.usageReported, row.outputTokens])).toEqual([['retried', false, 1_100], ['retried', false, 1_100]])
  })

  it('that is not there is tried again and is unavailable', async () => {
    const server = await startScriptedModel(() => completion(good))
    await server.close()
    const { gateway, pauses } = openTestGateway([{ baseUrl: server.baseUrl }])
    expect(await gateway.openCase('c').ask(question())).toMatchObject({ ok: false, kind: 'unavailable', usage: { calls: 0 } })
    expect(pauses).toHaveLength(2)
  })

  it.each([
    ['nothing', null],
    ['zero', { prompt_tokens: 0, completion_tokens: 0, total_tokens: 0 }],
    ['too much', { prompt_tokens: 9_000_000, completion_tokens: 9_000_000, total_tokens: 18_000_000 }],
    ['less than nothing', { prompt_tokens: -5, completion_tokens: -5, total_tokens: -10 }],
  ])('that reports %s of usage is booked by the estimate', async (_, usage) => {
    const { answer, ledger } = await ask(() => completion(good, { usage }))
    const [row] = await ledger.rows()
    expect(answer.ok).toBe(true)
    expect(row).toMatchObject({ usageReported: false })
    expect(row?.inputTokens).toBeGreaterThan(500)
    expect(row?.inputTokens).toBeLessThan(6_000)
  })
})

describe('limits', () => {
  it('ends a case at two calls, over all its questions', async () => {
    const server = await serve((_, call) => completion(call === 1 ? 'x' : good))
    const open = openTestGateway([{ baseUrl: server.baseUrl }]).gateway.openCase('case-1')
    expect((await open.ask(question())).ok).toBe(true)
    expect(await open.ask(question({ evidenceSha256: 'f'.repeat(64) }))).toMatchObject({ ok: false, kind: 'budget-exhausted', usage: { calls: 0 } })
    expect(server.requests).toHaveLength(2)
  })

  it('reserves the tokens of a case before it calls', async () => {
    const server = await serve(() => completion(good))
    const answer = await openTestGateway([{ baseUrl: server.baseUrl }]).gateway.openCase('c').ask(question({ input: { ...question().input, evidence: '字'.repeat(5_000) } }))
    expect(answer).toMatchObject({ ok: false, kind: 'budget-exhausted' })
    expect(server.requests).toHaveLength(0)
  })

  it('keeps the tokens of a day over a restart', async () => {
    const server = await serve(() => completion(good))
    const first = openTestGateway([{ baseUrl: server.baseUrl }], { dailyTokens: 2_300 })
    expect((await first.gateway.openCase('a').ask(question())).ok).toBe(true)
    const again = openTestGateway([{ baseUrl: server.baseUrl }], { dailyTokens: 2_300, ledger: first.ledger })
    expect(await again.gateway.openCase('b').ask(question())).toMatchObject({ ok: false, kind: 'budget-exhausted' })
    expect(server.requests).toHaveLength(1)
    const none = openTestGateway([{ baseUrl: server.baseUrl }], { dailyTokens: 0 })
    expect(await none.gateway.health()).toMatchObject({ status: 'degraded' })
  })

  it('opens the breaker after five failures in a row, for thirty seconds, then lets one probe through', async () => {
    let isUp = false
    let ahead = 0
    const server = await serve(() => (isUp ? completion(good) : { kind: 'raw', status: 400, body: '{}' }))
    const { gateway } = openTestGateway([{ baseUrl: server.baseUrl }], { now: () => new Date(Date.now() + ahead), cache: null })
    const once = () => gateway.openCase('c').ask(question())
    for (let call = 0; call < 5; call += 1) await once()
    expect(await gateway.health()).toMatchObject({ status: 'degraded' })
    expect(await once()).toMatchObject({ ok: false, kind: 'unavailable' })
    expect(server.requests).toHaveLength(5)
    ahead = 31_000
    await once()
    expect(server.requests).toHaveLength(6)
    await once()
    expect(server.requests).toHaveLength(6)
    ahead = 62_000
    isUp = true
    expect((await once()).ok).toBe(true)
    expect(await gateway.health()).toEqual({ status: 'ready' })
  })

  it('runs no more calls at a time than allowed', async () => {
    let running = 0
    let most = 0
    const server = await serve(async () => {
      most = Math.max(most, (running += 1))
      await new Promise(resolve => setTimeout(resolve, 20))
      running -= 1
      return completion(good)
    })
    const { gateway } = openTestGateway([{ baseUrl: server.baseUrl }], { concurrency: 2, cache: null })
    const answers = await Promise.all(Array.from({ length: 6 }, (_, at) => gateway.openCase(`c${at}`).ask(question())))
    expect(answers.every(answer => answer.ok)).toBe(true)
    expect(most).toBe(2)
  })

  it('leaves a call when the caller leaves', async () => {
    const server = await serve(() => ({ kind: 'stall' }))
    const caller = new AbortController()
    const asking = openTestGateway([{ baseUrl: server.baseUrl }]).gateway.openCase('c', { signal: caller.signal }).ask(question())
    setTimeout(() => caller.abort(), 100)
    expect(await asking).toMatchObject({ ok: false, kind: 'cancelled', usage: { calls: 1 } })
    expect(server.requests).toHaveLength(1)
    expect(await openTestGateway([{ baseUrl: server.baseUrl }]).gateway.openCase('c', { signal: caller.signal }).ask(question())).toMatchObject({ kind: 'cancelled', usage: { calls: 0 } })
  })
})

describe('models in order', () => {
  it('go on to the next where the first is unavailable, each in its own mode and with its own key', async () => {
    const [first, second] = [await serve(() => ({ kind: 'raw', status: 401, body: '{}' })), await serve(() => completion(good, { viaTool: true }))]
    const { gateway } = openTestGateway([{ baseUrl: first.baseUrl, apiKey: 'secret-one' }, { baseUrl: second.baseUrl, structuredOutput: 'tools' }])
    expect(await gateway.openCase('c').ask(question())).toMatchObject({ ok: true, provenance: { modelId: 'scripted-2', structuredOutput: 'tools' }, usage: { calls: 1 } })
    expect([first.requests.length, second.requests.length]).toEqual([1, 1])
    expect(first.authorizations).toEqual(['Bearer secret-one'])
    expect(second.authorizations).toEqual(['Bearer none'])
  })

  it('go on after a refusal, which was a call', async () => {
    const [first, second] = [await serve(() => completion('', { refusal: 'no' })), await serve(() => completion('no json'))]
    const { gateway } = openTestGateway([{ baseUrl: first.baseUrl }, { baseUrl: second.baseUrl }])
    expect(await gateway.openCase('c').ask(question())).toMatchObject({ ok: false, kind: 'invalid-output', usage: { calls: 2 } })
    expect([first.requests.length, second.requests.length]).toEqual([1, 1])
  })

  it('are none without a configuration', async () => {
    const { gateway } = openTestGateway([])
    expect(await gateway.openCase('c').ask(question())).toMatchObject({ ok: false, kind: 'disabled', provenance: null })
    expect(await gateway.health()).toMatchObject({ status: 'off' })
    expect(gateway.modelId).toBeNull()
  })
})

describe('the cache', () => {
  it('answers the same question without a call, and says so', async () => {
    const { server, gateway, ledger, answer } = await ask(() => completion(good))
    expect(await gateway.openCase('case-2').ask(question())).toMatchObject({ ok: true, value: good, usage: { calls: 0, inputTokens: 0 }, provenance: { cached: true, recordId: answer.provenance?.recordId } })
    expect(server.requests).toHaveLength(1)
    expect((await ledger.rows()).map(row => row.outcome)).toEqual(['answered', 'cached'])
  })

  it.each([
    ['evidence', { evidenceSha256: 'f'.repeat(64) }],
    ['words', { input: { ...question().input, subject: 'other' } }],
    ['quotes', { quotes: [] }],
  ] as [string, Partial<ModelQuestion<Choice, Choice>>][])('asks again where the %s differ', async (_, changes) => {
    const { server, gateway } = await ask(() => completion(good))
    await gateway.openCase('case-2').ask(question(changes))
    expect(server.requests).toHaveLength(2)
  })

  it('keeps only what the judge accepted, and lets it judge again', async () => {
    const { server, gateway } = await ask(() => completion({ ...good, words: '24' }))
    await gateway.openCase('case-2').ask(question())
    expect(server.requests).toHaveLength(4)
    const accepted = await ask(() => completion(good))
    await accepted.gateway.openCase('case-2').ask(question({ judge: value => ({ accepted: false, value, failures: ['stricter now'] }) }))
    expect(accepted.server.requests).toHaveLength(3)
  })
})
