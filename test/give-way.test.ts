import { expect, it } from 'vitest'
import { createGiveWay } from '../src/give-way.ts'

const setUp = () => {
  const clock = { ms: 1_000 }
  const giveWay = createGiveWay({ now: () => clock.ms, wait: ms => { clock.ms += ms; return Promise.resolve() } })
  const waited = async (work: () => Promise<unknown>): Promise<number> => {
    const before = clock.ms
    await work()
    return clock.ms - before
  }
  return { clock, giveWay, waited }
}

it('does not hold work that can wait where nothing goes first', async () => {
  const { clock, giveWay, waited } = setUp()
  const pace = giveWay.pace()
  clock.ms += 400
  expect(await waited(pace)).toBe(0)
})

it('rests nineteen times as long as a step took while something goes first', async () => {
  const { clock, giveWay, waited } = setUp()
  const pace = giveWay.pace()
  let end = () => {}
  const going = giveWay.first(() => new Promise<void>(resolve => { end = resolve }))
  clock.ms += 100
  expect(await waited(pace)).toBe(1_900)
  clock.ms += 10
  expect(await waited(pace)).toBe(200)
  end()
  await going
})

it('rests five times longer while many that go first wait for one another, and no longer than usual when they are gone', async () => {
  const { clock, giveWay, waited } = setUp()
  const pace = giveWay.pace()
  const ends: (() => void)[] = []
  const going = [1, 2, 3, 4].map(() => giveWay.first(() => new Promise<void>(resolve => ends.push(resolve))))
  clock.ms += 100
  expect(await waited(pace)).toBe(9_900)
  clock.ms += 100
  ends[0]?.()
  await going[0]
  expect(await waited(pace)).toBe(1_900)
})

it('goes on as soon as it has been quiet for a quarter of a second', async () => {
  const { clock, giveWay, waited } = setUp()
  const pace = giveWay.pace()
  await giveWay.first(() => Promise.resolve())
  clock.ms += 100
  expect(await waited(pace)).toBe(150)
})

it('goes on at once where it is stopped, and after work that failed', async () => {
  const { clock, giveWay, waited } = setUp()
  const stop = new AbortController()
  const pace = giveWay.pace(stop.signal)
  await expect(giveWay.first(() => Promise.reject(new Error('no')))).rejects.toThrow('no')
  clock.ms += 100
  expect(await waited(pace)).toBe(150)
  void giveWay.first(() => new Promise(() => {}))
  clock.ms += 100
  stop.abort()
  expect(await waited(pace)).toBe(0)
})
