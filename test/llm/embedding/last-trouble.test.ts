import { expect, it } from 'vitest'
import { FishboneError } from '../../../src/domain/error.ts'
import { createLastTrouble } from '../../../src/llm/embedding/last-trouble.ts'

const away = () => Promise.reject(new FishboneError('FB_EMBEDDER_UNAVAILABLE', 'The model is away'))

it('tells why the last call found no model, until one is answered', async () => {
  const trouble = createLastTrouble()
  expect(trouble.told()).toBeNull()
  await expect(trouble.watch(away)).rejects.toMatchObject({ code: 'FB_EMBEDDER_UNAVAILABLE' })
  expect(trouble.told()).toBe('The model is away')
  expect(await trouble.watch(() => Promise.resolve(7))).toBe(7)
  expect(trouble.told()).toBeNull()
})

it('holds a call that was stopped neither for nor against the model', async () => {
  const trouble = createLastTrouble()
  const stopped = () => Promise.reject(new DOMException('stopped', 'AbortError'))
  await expect(trouble.watch(stopped)).rejects.toThrow('stopped')
  expect(trouble.told()).toBeNull()
  await expect(trouble.watch(away)).rejects.toMatchObject({ code: 'FB_EMBEDDER_UNAVAILABLE' })
  await expect(trouble.watch(stopped)).rejects.toThrow('stopped')
  expect(trouble.told()).toBe('The model is away')
})
