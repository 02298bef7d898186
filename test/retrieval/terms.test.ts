import { describe, expect, it } from 'vitest'
import { stem } from '../../src/retrieval/stem.ts'
import { termsOf, wordsOf } from '../../src/retrieval/terms.ts'

describe('termsOf', () => {
  it('drops stop words and joins inflections', () => {
    expect(termsOf('The charging stopped, and it stops again')).toEqual(['charg', 'stop', 'stop'])
  })

  it('keeps what denies', () => {
    expect(termsOf('does not charge, no power')).toEqual(['not', 'charg', 'no', 'power'])
  })

  it('cuts Chinese in pairs and keeps Latin words inside it', () => {
    expect(termsOf('充电中断')).toEqual(['充电', '电中', '中断'])
    expect(termsOf('2021款ES8漏')).toEqual(['2021', '款', 'es8', '漏'])
  })

  it('reads traditional and full-width forms as their plain ones', () => {
    expect(termsOf('動力電池')).toEqual(termsOf('动力电池'))
    expect(termsOf('Ｐ０ＡＡ６')).toEqual(['p0aa6'])
  })

  it('keeps identifiers whole, and in the parts that tell', () => {
    expect(termsOf('P0AA6-00')).toEqual(['p0aa6-00', 'p0aa6'])
    expect(termsOf('lot 21W08')).toEqual(['lot', '21w08'])
  })

  it.each(['', '   ', '🔋', '\uD83D', '\u200B'])('finds nothing in %j', text => {
    expect(termsOf(text)).toEqual([])
  })
})

it('gives plain words of a name', () => {
  expect(wordsOf('IONIQ-5 e.tron')).toEqual(['ioniq', '5', 'e', 'tron'])
})

it.each([
  ['charging', 'charg'], ['charges', 'charg'], ['charged', 'charg'], ['stopped', 'stop'], ['stopping', 'stop'],
  ['batteries', 'battery'], ['switches', 'switch'], ['brakes', 'brak'], ['braking', 'brak'], ['press', 'press'], ['bus', 'bus'],
  ['suddenly', 'sudden'], ['ring', 'ring'], ['red', 'red'],
])('%s stems to %s', (word, expected) => {
  expect(stem(word)).toBe(expected)
})
