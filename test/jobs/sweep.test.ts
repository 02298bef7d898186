import { expect, it } from 'vitest'
import { startSweep } from '../../src/jobs/sweep.ts'

it('sweeps again and again, one at a time, past failures, until it is stopped', async () => {
  let running = 0
  let most = 0
  let sweeps = 0
  const errors: unknown[] = []
  const sweep = startSweep({
    everyMs: 1,
    onError: error => errors.push(error),
    work: async () => {
      most = Math.max(most, ++running)
      await new Promise(resolve => setImmediate(resolve))
      running--
      if (++sweeps === 2) throw new Error('the graph is away')
    },
  })
  await expect.poll(() => sweeps).toBeGreaterThan(3)
  await sweep.stop()
  const stoppedAt = sweeps
  await new Promise(resolve => setTimeout(resolve, 20))
  expect({ most, errors: errors.length, sweeps }).toEqual({ most: 1, errors: 1, sweeps: stoppedAt })
})
