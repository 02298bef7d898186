import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { answerWithin } from '../../../src/llm/embedding/answer-within.ts'
import type { Embedder } from '../../../src/llm/ports.ts'

type Call = { text: string | undefined; signal: AbortSignal | undefined; answer: () => void; fail: (error: unknown) => void }

const vector = Float32Array.of(1, 0)
const late = { code: 'FB_EMBEDDER_UNAVAILABLE', message: 'The embedding model has not answered for 3 s' }

const setUp = (trouble: () => string | null = () => null) => {
  const calls: Call[] = []
  const slow: Embedder = {
    modelId: 'tiny/fp32', dimensions: 2, trouble,
    embed: ([text], _role, options) => new Promise((resolve, fail) => calls.push({ text, signal: options?.signal, answer: () => resolve([vector]), fail })),
    close: () => Promise.resolve(),
  }
  return { calls, embedder: answerWithin(slow, 3_000) }
}
/** Asked, and watched before the clock is moved, so that no refusal is unheeded. */
const ask = (embedder: Embedder, text: string, signal?: AbortSignal) => {
  const asked = embedder.embed([text], 'query', signal && { signal })
  return asked.then(([found]) => found, (error: unknown) => error)
}

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

it('gives the vector that comes in time', async () => {
  const { calls, embedder } = setUp()
  const asked = ask(embedder, 'brake')
  await vi.advanceTimersByTimeAsync(2_999)
  calls[0]!.answer()
  expect(await asked).toEqual(vector)
  expect(vi.getTimerCount()).toBe(0)
  expect(embedder.trouble?.()).toBeNull()
})

it('lets a question go after the limit, refuses the next at once, and asks again when the first was answered', async () => {
  const { calls, embedder } = setUp()
  const asked = ask(embedder, 'brake')
  await vi.advanceTimersByTimeAsync(3_000)
  expect(await asked).toMatchObject(late)
  expect(calls[0]!.signal?.aborted).toBe(false)
  expect(embedder.trouble?.()).toBe(late.message)
  expect(await ask(embedder, 'horn')).toMatchObject(late)
  expect(calls).toHaveLength(1)
  calls[0]!.answer()
  await vi.advanceTimersByTimeAsync(0)
  expect(embedder.trouble?.()).toBeNull()
  const again = ask(embedder, 'horn')
  calls[1]!.answer()
  expect(await again).toEqual(vector)
})

it('asks again when the question that overran has failed', async () => {
  const { calls, embedder } = setUp()
  const asked = ask(embedder, 'brake')
  await vi.advanceTimersByTimeAsync(3_000)
  await asked
  calls[0]!.fail(new Error('died'))
  await vi.advanceTimersByTimeAsync(0)
  void ask(embedder, 'horn')
  expect(calls.map(({ text }) => text)).toEqual(['brake', 'horn'])
})

it('keeps one of several that overrun together on its way, and takes the others back', async () => {
  const { calls, embedder } = setUp()
  const asked = [ask(embedder, 'brake'), ask(embedder, 'horn'), ask(embedder, 'wheel')]
  await vi.advanceTimersByTimeAsync(3_000)
  for (const one of asked) expect(await one).toMatchObject(late)
  expect(calls.map(({ signal }) => signal?.aborted)).toEqual([false, true, true])
})

it('passes on what the model says itself, and takes back what its caller no longer wants', async () => {
  const { calls, embedder } = setUp(() => 'is loading')
  const [failing, stop] = [ask(embedder, 'brake'), new AbortController()]
  calls[0]!.fail(new Error('died'))
  expect(await failing).toMatchObject({ message: 'died' })
  const left = ask(embedder, 'horn', stop.signal)
  stop.abort(new Error('gone'))
  expect(await left).toMatchObject({ message: 'gone' })
  expect(calls[1]!.signal?.aborted).toBe(true)
  expect(embedder.trouble?.()).toBe('is loading')
  expect(await ask(embedder, 'wheel', stop.signal)).toMatchObject({ message: 'gone' })
  expect(calls).toHaveLength(2)
})

it('waits no longer for labels than for a vector, and has none where there is no labeller', async () => {
  const { embedder } = setUp()
  expect(await embedder.labelsOf?.('brake')).toBeNull()
  const [none, given] = [new Promise<null>(() => undefined), Promise.resolve(vector)]
  const labelled = answerWithin({ ...embedder, labelsOf: text => (text === 'brake' ? none : given) }, 3_000)
  expect(await labelled.labelsOf?.('horn')).toEqual(vector)
  const asked = labelled.labelsOf!('brake').catch((error: unknown) => error)
  await vi.advanceTimersByTimeAsync(3_000)
  expect(await asked).toMatchObject(late)
})
