import { expect, it } from 'vitest'
import { choosePort } from '../../../src/graph/embedded/free-port.ts'

const machine = (free: number[], given: number[] = []) => ({
  isFree: (port: number) => Promise.resolve(free.includes(port)),
  anyPort: () => Promise.resolve(given.shift() ?? 0),
})

it.each([
  ['the remembered port when it is free', [9001, 7687], [], [7687, 9001], [], 9001],
  ['the usual one when the remembered is taken', [9001, 7687], [], [7687], [], 7687],
  ['the usual one when none is remembered', [undefined, 7687], [], [7687], [], 7687],
  ['one the system picks when both are taken', [9001, 7687], [], [], [40_000], 40_000],
  ['none that was given away in the same start', [7687], [7687], [7687], [7687, 40_001], 40_001],
])('takes %s', async (_, wishes, taken, free, given, port) => {
  expect(await choosePort(wishes, taken, machine(free, given))).toBe(port)
})
