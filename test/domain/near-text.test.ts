import { describe, expect, it } from 'vitest'
import { bandsToAsk, bandsToStore, jaccard, readNearText } from '../../src/domain/near-text.ts'

describe('readNearText', () => {
  it('takes runs of three Han characters and of three Latin words, numbers masked', () => {
    // 充 电 中 断 + bms + # : five runs of three out of 充电中断 bms 43
    expect([...readNearText('充电中断，BMS 43').shingles]).toEqual(['充 电 中', '电 中 断', '中 断 bms', '断 bms #'])
    expect([...readNearText('Stops.').shingles]).toEqual(['stops'])
    expect(readNearText('。！').shingles.size).toBe(0)
  })

  it.each([
    ['充电中断', '充電中斷！'],
    ['Will not charge', 'WILL  not charge.'],
    ['ＢＭＳ 报错', 'BMS报错'],
  ])('has one key for %s and %s', (a, b) => {
    expect(readNearText(a).key).toBe(readNearText(b).key)
  })

  it.each([
    ['stops at 43 %', 'stops at 44 %'],
    ['error P0300', 'error P0301'],
    ['左前门异响', '右前门异响'],
  ])('has two keys for %s and %s', (a, b) => {
    expect(readNearText(a).key).not.toBe(readNearText(b).key)
  })

  it('weighs a Latin word as two Han characters', () => {
    expect(readNearText('充电中断 BMS 43').weight).toBe(4 + 2 + 2)
  })
})

it('measures overlap as shared over all', () => {
  // 2 of 4
  expect(jaccard(new Set(['a', 'b', 'c']), new Set(['b', 'c', 'd']))).toBe(0.5)
  expect(jaccard(new Set(), new Set())).toBe(0)
})

describe('bands', () => {
  const text = '早上在家充电桩充到百分之四十三就自动停止了，仪表提示动力电池故障'
  const near = `${text}，请尽快处理`
  const at = '2023-01-09T06:12:46.000Z'
  const shared = (a: string, b: string) => a.split(' ').filter(word => b.split(' ').includes(word)).length

  it('finds a nearly equal text of the weeks around, and none of a month later', () => {
    const stored = bandsToStore(readNearText(text), at)
    expect(stored.split(' ')).toHaveLength(32)
    expect(shared(stored, bandsToAsk(readNearText(near), '2023-01-14T00:00:00.000Z'))).toBeGreaterThan(0)
    expect(shared(stored, bandsToAsk(readNearText(text), at))).toBe(32)
    expect(shared(stored, bandsToAsk(readNearText(text), '2023-02-09T06:12:46.000Z'))).toBe(0)
  })

  it('are none for a few words that anybody says', () => {
    expect(bandsToStore(readNearText('充不上电'), at)).toBe('')
  })
})
