import { expect, test } from 'vitest'
import type { LinkedText } from '../../src/vocabulary/linker.ts'
import { rememberLinks } from '../../src/vocabulary/remembered-links.ts'

const open = (most?: number) => {
  const asked: string[] = []
  const linker = rememberLinks({
    vocabularyVersion: 'v',
    link(text, { language } = {}) {
      asked.push(text)
      return { language: /[a-z]/.test(text) ? 'en' : (language ?? 'other') } as LinkedText
    },
  }, most)
  return { linker, asked }
}

test('a text is read once, whatever its source claims', () => {
  const { linker, asked } = open()
  expect(linker.link('it stops').language).toBe('en')
  expect(linker.link('it stops', { language: 'zh' }).language).toBe('en')
  expect(asked).toEqual(['it stops'])
})

test('where the script does not tell, the claim counts', () => {
  const { linker } = open()
  expect(linker.link('123').language).toBe('other')
  expect(linker.link('123', { language: 'zh' }).language).toBe('zh')
})

test('the text not asked for longest is forgotten first, and long ones are not kept', () => {
  const { linker, asked } = open(2)
  for (const text of ['a', 'b', 'a', 'c', 'a', 'b']) linker.link(text)
  expect(asked).toEqual(['a', 'b', 'c', 'b'])
  const long = 'x'.repeat(5_001)
  linker.link(long)
  linker.link(long)
  expect(asked.filter(text => text === long)).toHaveLength(2)
})

test('a text is read anew with its vector, and with what the labeller heard in it', () => {
  const { linker, asked } = open()
  const vector = { modelId: 'm', embedding: Float32Array.of(1) }
  for (const given of [null, vector, { ...vector, labels: Float32Array.of(0.5) }, vector, null]) linker.link('it stops', { vector: given })
  expect(asked).toHaveLength(3)
})
