import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { createKeyLeases } from '../../src/api/key-leases.ts'
import type { HeldKey } from '../../src/graph/ports/workflow.ts'

beforeEach(() => void vi.useFakeTimers({ now: new Date('2023-01-09T06:00:00.000Z') }))
afterEach(() => void vi.useRealTimers())

const open = (renew?: () => Promise<void>) => {
  const renewed: { ids: string[]; until: string }[] = []
  const errors: unknown[] = []
  const keep = (keys: readonly HeldKey[], until: string) => Promise.resolve(void renewed.push({ ids: keys.map(({ id }) => id), until }))
  const leases = createKeyLeases({ store: { renew: renew ?? keep }, now: () => new Date(), onError: error => errors.push(error) })
  return { leases, renewed, errors }
}

it('gives a call ten seconds, and ten more every three as long as it runs', async () => {
  const { leases, renewed } = open()
  expect(leases.until()).toBe('2023-01-09T06:00:10.000Z')
  leases.hold({ id: 'a', claimId: '1' })
  await vi.advanceTimersByTimeAsync(3_000)
  leases.hold({ id: 'b', claimId: '2' })
  await vi.advanceTimersByTimeAsync(3_000)
  expect(renewed).toEqual([{ ids: ['a'], until: '2023-01-09T06:00:13.000Z' }, { ids: ['a', 'b'], until: '2023-01-09T06:00:16.000Z' }])
})

it('asks the store nothing for a call that is over, and stands still when none runs', async () => {
  const { leases, renewed } = open()
  leases.hold({ id: 'a', claimId: '1' })
  leases.drop({ id: 'a', claimId: '1' })
  await vi.advanceTimersByTimeAsync(60_000)
  expect(renewed).toEqual([])
  expect(vi.getTimerCount()).toBe(0)
})

it('drops what hangs for five minutes', async () => {
  const { leases, renewed } = open()
  leases.hold({ id: 'a', claimId: '1' })
  await vi.advanceTimersByTimeAsync(600_000)
  expect(renewed.at(-1)?.until).toBe('2023-01-09T06:05:10.000Z')
})

it('goes on after a renewal that failed', async () => {
  const { leases, errors } = open(() => Promise.reject(new Error('away')))
  leases.hold({ id: 'a', claimId: '1' })
  await vi.advanceTimersByTimeAsync(7_000)
  expect(errors).toHaveLength(2)
})
