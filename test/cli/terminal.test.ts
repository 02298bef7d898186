import { describe, expect, it } from 'vitest'
import { createPaint, displayWidth, isColourOn, padTo, wrap } from '../../src/cli/terminal.ts'

describe('displayWidth', () => {
  it.each([
    ['ABC', 3],
    ['充电', 4],
    ['ES8 电池', 8], // 3 + 1 + 2 × 2
    ['，。', 4],
    ['e\u0301', 1],
    ['\u001b[31m红\u001b[0m', 2],
    ['🔋', 2],
  ])('of %s is %d', (text, width) => {
    expect(displayWidth(text)).toBe(width)
  })
})

it('fills to columns, not characters', () => {
  expect(padTo('电池', 6)).toBe('电池  ')
  expect(padTo('long word', 4)).toBe('long word')
})

describe('wrap', () => {
  it('breaks English between words', () => {
    expect(wrap('the car lost all power', 10)).toEqual(['the car', 'lost all', 'power'])
  })

  it('breaks Chinese anywhere but before closing punctuation', () => {
    expect(wrap('充电到一半就停了，仪表', 8)).toEqual(['充电到一', '半就停了，', '仪表'])
  })

  it('makes no line of nothing', () => {
    expect(wrap('  \n ', 10)).toEqual([])
  })
})

it('colours only a terminal, and not where NO_COLOR is set', () => {
  expect([isColourOn({ isTTY: true }, {}), isColourOn({ isTTY: true }, { NO_COLOR: '1' }), isColourOn({}, {})]).toEqual([true, false, false])
  expect(createPaint(false).red('x')).toBe('x')
  expect(createPaint(true).red('x')).toBe('\u001b[31mx\u001b[0m')
})
