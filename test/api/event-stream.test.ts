import { expect, it } from 'vitest'
import { eventStream } from '../../src/api/event-stream.ts'
import type { StreamEvent } from '../../src/api/event-stream.ts'

it('writes events one a block, with a heartbeat while nothing happens', async () => {
  async function* source(): AsyncGenerator<StreamEvent> {
    yield { id: '1', event: 'progress', data: { text: 'two\nlines' } }
    await new Promise(resolve => setTimeout(resolve, 30))
    yield { id: '2', event: 'done', data: 4 }
  }
  const written: string[] = []
  for await (const piece of eventStream(source(), 10)) written.push(piece)
  expect(written[0]).toBe('retry: 2000\n\n')
  expect(written[1]).toBe('id: 1\nevent: progress\ndata: {"text":"two\\nlines"}\n\n')
  expect(written).toContain(': still here\n\n')
  expect(written.at(-1)).toBe('id: 2\nevent: done\ndata: 4\n\n')
})

it('lets go of its source when the reader leaves', async () => {
  let isReleased = false
  async function* source(): AsyncGenerator<StreamEvent> {
    try {
      for (let id = 0; ; id++) yield await Promise.resolve({ id: String(id), event: 'progress', data: null })
    } finally {
      isReleased = true
    }
  }
  for await (const piece of eventStream(source(), 1_000)) if (piece.startsWith('id: 1')) break
  expect(isReleased).toBe(true)
})
