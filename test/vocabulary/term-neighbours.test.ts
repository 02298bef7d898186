import { describe, expect, it } from 'vitest'
import { createTermNeighbours } from '../../src/vocabulary/term-neighbours.ts'
import { linker, vocabulary } from './shipped-vocabulary.ts'

const neighbours = createTermNeighbours(vocabulary)
const keysOf = (text: string): string[] => neighbours(text, 5).map(({ key }) => key)

describe('symptoms a clause resembles', () => {
  it.each([
    ['brakng squeling noize', 'noise-squeal'],
    ['stearing weel so heavvy to turn', 'steering-heavy'],
    ['天窗关到一般卡主了', 'sunroof-stuck'],
    ['安全袋拉不处来', 'seat-belt-failure'],
  ])('%s is near %s, slips and all', (text, key) => {
    expect(keysOf(text)).toContain(key)
  })

  it('gives cosines in (0, 1], best first, at most as many as asked for', () => {
    const found = neighbours('刹车踩下去没反应', 3)
    expect(found.length).toBeLessThanOrEqual(3)
    expect(found.map(({ cosine }) => cosine)).toEqual(found.map(({ cosine }) => cosine).sort((a, b) => b - a))
    for (const { cosine } of found) expect(cosine > 0 && cosine <= 1 + 1e-9).toBe(true)
  })

  it('reads nothing into identifiers', () => {
    expect(neighbours('P0AA6 BMS3 U0100-87', 5)).toEqual(neighbours('P0AA7 BMS4 U0101-87', 5))
    expect(linker.link('P0300 P0301').findings).toEqual([])
  })

  it('stays out where a symptom was said, denied or asked about', () => {
    for (const text of ['充不上电', '没有异响', '请问方向盘加热怎么用']) expect(linker.link(text).findings.every(({ method }) => method !== 'tfidf')).toBe(true)
  })
})
