import { expect, it } from 'vitest'
import { judgeSentiment } from '../../../src/workflow/triage/sentiment.ts'
import { read, rules } from './reading.ts'

const scoreOf = (text: string, rating: number | null = null) => judgeSentiment(rules.sentiment, { text, found: rules.findPhrases(text), tellsFault: false, rating })

it.each([
  ['垃圾车，骗子公司，我要退车', 'angry'],
  ['This is unacceptable, worst car I ever owned.', 'angry'],
  ['充电到一半就停了', 'neutral'],
  ['The car stalls at traffic lights.', 'neutral'],
  ['非常满意，服务很周到', 'satisfied'],
  ['I love this car, great service!', 'satisfied'],
])('feels %s as %s', (text, label) => {
  expect(scoreOf(text).label).toBe(label)
})

it('turns a negated word and deepens one that is intensified', () => {
  // "good" 2: 2/√(4+12) = 0.5; negated 2 · −0.6 = −1.2: −1.2/√(1.44+12) = −0.33; "very good" 2.5: 2.5/√(6.25+12) = 0.585
  expect(scoreOf('the ride is good').score).toBe(0.5)
  expect(scoreOf('the ride is not good').score).toBe(-0.33)
  expect(scoreOf('the ride is very good').score).toBe(0.59)
})

it('weighs what stands before a turn less', () => {
  // "good" 2 · 0.6 − "terrible" 3 = −1.8: −1.8/√(3.24+12) = −0.46
  expect(scoreOf('the ride is good but the paint is terrible').score).toBe(-0.46)
})

it('lets the rating count for half', () => {
  // No word: 0 · 0.5 + −0.9 · 0.5 = −0.45
  expect(scoreOf('四轮定位', 1)).toEqual({ label: 'angry', score: -0.45 })
  expect(scoreOf('四轮定位', 3)).toEqual({ label: 'neutral', score: 0 })
})

it('hears an exclamation mark beside a fault, and not beside none', () => {
  expect(read('高速上突然没动力了！').sentiment.label).toBe('angry')
  expect(scoreOf('四轮定位！').score).toBe(0)
})

it('takes a report typed in capitals throughout for no shouting', () => {
  const [calm, typed] = [scoreOf('the dealer was useless'), scoreOf('THE DEALER WAS USELESS')]
  expect(typed).toEqual(calm)
})
