import { expect, test } from 'vitest'
import { FishboneError } from '../src/domain/error.ts'
import { gathered } from '../src/gathered.ts'

/** Records each call and answers with ten times the question once released. */
const harness = (options: { most?: number; lanes?: number; keyOf?: (question: number) => string; fails?: (questions: readonly number[]) => unknown } = {}) => {
  const calls: number[][] = []
  const ask = gathered<number, number>({
    ...options,
    async answer(questions) {
      calls.push([...questions])
      await new Promise(resolve => setImmediate(resolve))
      const fault = options.fails?.(questions)
      if (fault !== undefined && fault !== null) throw fault as Error
      return questions.map(question => 10 * question)
    },
  })
  return { calls, ask }
}

test('what is asked in one turn goes together, what comes meanwhile waits for the next call', async () => {
  const { calls, ask } = harness()
  const first = Promise.all([ask(1), ask(2)])
  await Promise.resolve()
  const later = Promise.all([ask(3), ask(4)])
  expect(await first).toEqual([10, 20])
  expect(await later).toEqual([30, 40])
  expect(calls).toEqual([[1, 2], [3, 4]])
})

test('a call holds no more than it may, and lanes run side by side', async () => {
  const { calls, ask } = harness({ most: 2, lanes: 2 })
  expect(await Promise.all([1, 2, 3, 4, 5].map(ask))).toEqual([10, 20, 30, 40, 50])
  expect(calls).toEqual([[1, 2], [3, 4], [5]])
})

test('questions of one key never share a call and keep their order', async () => {
  const { calls, ask } = harness({ keyOf: question => String(question % 2) })
  await Promise.all([1, 3, 2, 5].map(ask))
  expect(calls).toEqual([[1, 2], [3], [5]])
})

test('one question at fault fails alone', async () => {
  const { calls, ask } = harness({ fails: questions => (questions.includes(2) ? new FishboneError('FB_INVALID', 'two is wrong') : null) })
  const [one, two, three] = await Promise.allSettled([ask(1), ask(2), ask(3)])
  expect(one).toMatchObject({ value: 10 })
  expect(two).toMatchObject({ status: 'rejected', reason: { code: 'FB_INVALID' } })
  expect(three).toMatchObject({ value: 30 })
  expect(calls).toEqual([[1, 2, 3], [1], [2], [3]])
})

test('a database that is away is told to all at once', async () => {
  const { calls, ask } = harness({ fails: () => new FishboneError('FB_GRAPH_UNAVAILABLE', 'away') })
  const answers = await Promise.allSettled([ask(1), ask(2)])
  expect(answers.map(answer => answer.status)).toEqual(['rejected', 'rejected'])
  expect(calls).toEqual([[1, 2]])
})
