import { EventEmitter } from 'node:events'
import { expect, it } from 'vitest'
import { awaitStop } from '../../src/cli/stop-signal.ts'

const open = () => {
  const host = new EventEmitter() as EventEmitter & { exit: (code: number) => never }
  const left: number[] = []
  host.exit = ((code: number) => void left.push(code)) as never
  const lines: [object, string][] = []
  const note = (told: object, text: string) => void lines.push([told, text])
  const stop = awaitStop({ info: note, error: note } as never, host as never)
  return { host, left, lines, stop }
}

it('tells the log of the signal and of the end', async () => {
  const { host, left, lines, stop } = open()
  host.emit('SIGTERM')
  expect(await stop.asked).toBe('SIGTERM')
  let isClosed = false
  await stop.end(() => Promise.resolve(void (isClosed = true)))
  expect(isClosed).toBe(true)
  expect(lines).toEqual([[{ signal: 'SIGTERM' }, expect.stringContaining('stopping')], [{ seconds: expect.any(Number) as number }, 'stopped']])
  expect(left).toEqual([])
})

it.each(['SIGINT', 'SIGTERM'])('leaves at once on a second signal, %s', second => {
  const { host, left, lines } = open()
  host.emit('SIGINT')
  host.emit(second)
  expect(left).toEqual([130])
  expect(lines).toHaveLength(1)
})

it('tells of no stop where nobody asked for one', async () => {
  const { lines, stop } = open()
  await stop.end(() => Promise.resolve())
  expect(lines).toEqual([])
})
