import { expect, it } from 'vitest'
import { createTriageMissing } from '../../src/workflow/triage-missing.ts'

const open = (waiting: string[], broken: readonly string[] = []) => {
  const asked: { before: number; k: number }[] = []
  const failed: string[] = []
  const triageMissing = createTriageMissing({
    untriaged: question => {
      asked.push(question)
      return Promise.resolve(waiting.slice(0, question.k))
    },
    raiseStoredFeedback: id => {
      if (broken.includes(id)) return Promise.reject(new Error('no'))
      waiting.splice(waiting.indexOf(id), 1)
      return Promise.resolve({ issueId: null, issueIsNew: false })
    },
    now: () => new Date('2023-01-09T06:02:00.000Z'),
    onError: (_error, id) => failed.push(id),
  })
  return { triageMissing, asked, failed, waiting }
}
const ids = (count: number) => Array.from({ length: count }, (_, at) => `app:${at}`)

it('leaves what was written within two minutes to whoever took it in', async () => {
  const { triageMissing, asked } = open([])
  expect(await triageMissing()).toBe(0)
  expect(asked).toEqual([{ before: Date.parse('2023-01-09T06:00:00.000Z'), k: 100 }])
})

it('goes on page by page until nothing is left', async () => {
  const { triageMissing, asked, waiting } = open(ids(250))
  expect(await triageMissing()).toBe(250)
  expect([waiting, asked.length]).toEqual([[], 3])
})

it('leaves one that cannot be triaged for the next time, and triages the others', async () => {
  const { triageMissing, failed, waiting } = open(ids(5), ['app:2'])
  expect(await triageMissing()).toBe(4)
  expect([failed, waiting]).toEqual([['app:2'], ['app:2']])
})

it('ends when a whole page cannot be triaged, and when it is stopped', async () => {
  const all = ids(150)
  const { triageMissing, failed } = open([...all], all)
  expect(await triageMissing()).toBe(0)
  expect(failed).toHaveLength(100)
  expect(await open(ids(5)).triageMissing({ signal: AbortSignal.abort() })).toBe(0)
})
