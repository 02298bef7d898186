import { describe, expect, test } from 'vitest'
import { bandsToStore, readNearText } from '../../../src/domain/near-text.ts'
import { createTextMemory } from '../../../src/workflow/duplicates/text-memory.ts'

type Stored = { id: string; text: string; occurredAt: string; hasVehicle: boolean; changedAt: number }

const day = (on: number): string => new Date(Date.UTC(2024, 0, 4 + on)).toISOString()
const smoke = 'white smoke rose from the charge port while the car was charging at home last night'
const stored = (id: string, on: number, { text = smoke, hasVehicle = false, changedAt = 0 } = {}): Stored => ({ id, text, occurredAt: day(on), hasVehicle, changedAt })
const asked = (vehicleId: string | null = null, on = 0) => ({ id: 'asked', vehicleId, near: readNearText(`${smoke} again`), occurredAt: day(on) })

/** A store in memory, with a clock of its own and a record of what was read. */
const open = (texts: Stored[], limits?: { mostNews?: number; mostEntries?: number }) => {
  const clock = { now: 1_000_000 }
  const read = { weeks: 0, known: [] as number[] }
  const row = ({ id, hasVehicle, text, occurredAt, changedAt }: Stored) => ({ id, hasVehicle, occurredAt, changedAt, bands: bandsToStore(readNearText(text), occurredAt) })
  const memory = createTextMemory({
    textsOfWeek: (from, to) => {
      read.weeks += 1
      return Promise.resolve(texts.filter(({ occurredAt }) => occurredAt >= from && occurredAt < to).map(row))
    },
    textsSince: (since, known, limit) => {
      read.known.push(known.length)
      const news = texts.filter(({ id, changedAt }) => changedAt >= since && !known.includes(`${id}@${changedAt}`)).slice(0, limit)
      return Promise.resolve({ now: clock.now, texts: news.map(row) })
    },
  }, limits)
  return { memory, texts, clock, read }
}

describe('texts of the weeks around', () => {
  test('are found by their words, not beyond the neighbouring weeks, and not the report itself', async () => {
    const { memory } = open([stored('near', 3), stored('next-week', 9), stored('far', 30), stored('asked', 0), stored('other', 1, { text: 'the parking camera shows a black picture after the last update of the software' })])
    expect((await memory.nearlyEqualTo(asked(), 50)).toSorted()).toEqual(['near', 'next-week'])
    expect(await memory.nearlyEqualTo(asked(), 1)).toHaveLength(1)
  })

  test('of other known cars are nothing to a known car, unless one of no car lies between them', async () => {
    const { memory, texts } = open([stored('car', 1, { hasVehicle: true })])
    expect(await memory.nearlyEqualTo(asked('veh_1'), 50)).toEqual([])
    expect(await memory.nearlyEqualTo(asked(), 50)).toEqual(['car'])
    texts.push(stored('nobody', 1, { changedAt: 1_000_001 }))
    expect((await memory.nearlyEqualTo(asked('veh_1'), 50)).toSorted()).toEqual(['car', 'nobody'])
  })

  test('a text of few words is found by nothing and reads nothing', async () => {
    const { memory, read } = open([stored('near', 0)])
    expect(await memory.nearlyEqualTo({ ...asked(), near: readNearText('it stops') }, 50)).toEqual([])
    expect(read).toEqual({ weeks: 0, known: [] })
  })
})

describe('what was written since', () => {
  test('is found by the next look, also when its transaction ended seconds after its stamp', async () => {
    const { memory, texts, clock, read } = open([])
    expect(await memory.nearlyEqualTo(asked(), 50)).toEqual([])
    texts.push(stored('new', 1, { changedAt: 1_000_500 }))
    clock.now = 1_009_000
    expect(await memory.nearlyEqualTo(asked(), 50)).toEqual(['new'])
    texts.push(stored('late', 1, { changedAt: 1_000_600 }))
    expect((await memory.nearlyEqualTo(asked(), 50)).toSorted()).toEqual(['late', 'new'])
    expect(read.weeks).toBe(3)
  })

  test('is read again in weeks when there is too much of it', async () => {
    const { memory, texts, read } = open([], { mostNews: 2 })
    await memory.nearlyEqualTo(asked(), 50)
    texts.push(stored('a', 1, { changedAt: 1_000_001 }), stored('b', 1, { changedAt: 1_000_002 }), stored('c', 1, { changedAt: 1_000_003 }))
    expect((await memory.nearlyEqualTo(asked(), 50)).toSorted()).toEqual(['a', 'b', 'c'])
    expect(read.weeks).toBe(6)
  })

  test('the weeks not asked for longest go first when memory is full', async () => {
    const { memory, read } = open([stored('old', 0), stored('new', 100)], { mostEntries: 40 })
    await memory.nearlyEqualTo(asked(null, 0), 50)
    await memory.nearlyEqualTo(asked(null, 100), 50)
    expect(read.weeks).toBe(6)
    expect(await memory.nearlyEqualTo(asked(null, 100), 50)).toEqual(['new'])
    expect(read.weeks).toBe(6)
    expect(await memory.nearlyEqualTo(asked(null, 0), 50)).toEqual(['old'])
    expect(read.weeks).toBeGreaterThan(6)
  })
})
