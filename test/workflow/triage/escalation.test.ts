import { describe, expect, it } from 'vitest'
import { isCollectiveForming, judgeEscalation } from '../../../src/workflow/triage/escalation.ts'
import type { CarContacts, ClassActivity } from '../../../src/workflow/triage/escalation.ts'
import { read, rules } from './reading.ts'

const escalationOf = (text: string, { car = null, activity = null }: { car?: CarContacts | null; activity?: ClassActivity | null } = {}) => {
  const { found, assessment, sentiment, language } = read(text)
  return judgeEscalation(rules.escalation, { text, found, ...assessment, sentiment, car, activity }, language)
}
const contacts = (count: number, unanswered: number): CarContacts => ({ contacts: count, unanswered, repairs: [] })

describe('contacts of one car', () => {
  it('is high at the third that nobody answered, the one at hand included', () => {
    expect(escalationOf('The paint peels.', { car: contacts(2, 2) })).toEqual({ risk: 'high', reasons: ['third contact of this car in 14 days, none answered'] })
    expect(escalationOf('漆面起皮', { car: contacts(2, 2) }).reasons).toEqual(['该车 14 天内第 3 次反馈，均未答复'])
  })

  it('is medium at the second, and where some were answered', () => {
    expect(escalationOf('The paint peels.', { car: contacts(1, 1) }).risk).toBe('medium')
    expect(escalationOf('The paint peels.', { car: contacts(3, 1) })).toEqual({ risk: 'medium', reasons: ['fourth contact of this car in 14 days, 2 not answered'] })
  })

  it('is low where the car was answered', () => {
    expect(escalationOf('The paint peels.', { car: contacts(1, 0) })).toEqual({ risk: 'low', reasons: [] })
  })
})

describe('what is said', () => {
  it.each([
    ['再不解决我就打12315', '12315'],
    ['我已经找了律师', '律师'],
    ['I will report this to NHTSA', 'NHTSA'],
    ['My lawyer will contact you', 'lawyer'],
    ['发抖音曝光你们', '发抖音'],
    ['维权群里好多车主都有这个问题', '维权群'],
  ])('is high with a threat: %s', (text, quote) => {
    const { risk, reasons } = escalationOf(text)
    expect(risk).toBe('high')
    expect(reasons.some(reason => reason.includes(quote))).toBe(true)
  })

  it.each(['多媒体没声音', 'The NHTSA recall number is 20V518', '请问怎么进车主群'])('is no threat: %s', text => {
    expect(escalationOf(text).risk).not.toBe('high')
  })

  it('is high with a safety hazard, medium with one just avoided', () => {
    expect(escalationOf('The brake pedal went to the floor').risk).toBe('high')
  })
})

describe('a repair that did not hold', () => {
  it('is medium after one, high after two', () => {
    const car = (repairs: string[]) => ({ car: { contacts: 0, unanswered: 0, repairs } })
    expect(escalationOf('The paint peels.', car(['RO-1']))).toEqual({ risk: 'medium', reasons: ['same complaint after repair RO-1'] })
    expect(escalationOf('The paint peels.', car(['RO-1', 'RO-2'])).risk).toBe('high')
  })
})

describe('a collective complaint', () => {
  const { collective } = rules.escalation
  it('forms when more cars tell than expected', () => {
    // (6 + 0.5) · 14 / 84 = 1.083 expected; P(X ≥ 5) = 0.0053 ≤ 0.02
    const seen = isCollectiveForming(collective, { recentCars: 5, earlierCars: 6, observedDays: 84 })
    expect(seen.forming).toBe(true)
    expect(seen.expected).toBeCloseTo(1.083, 3)
  })

  it('does not form at the usual rate, nor with fewer cars than the rule asks', () => {
    // (60 + 0.5) · 14 / 84 = 10.08 expected; 11 are usual
    expect(isCollectiveForming(collective, { recentCars: 11, earlierCars: 60, observedDays: 84 }).forming).toBe(false)
    expect(isCollectiveForming(collective, { recentCars: 2, earlierCars: 0, observedDays: 84 }).forming).toBe(false)
  })

  it('needs one car more where nothing was taken in before', () => {
    // 0.5 expected: P(X ≥ 3) = 0.0144 ≤ 0.02, P(X ≥ 2) = 0.09
    expect(isCollectiveForming(collective, { recentCars: 3, earlierCars: 0, observedDays: 0 }).forming).toBe(true)
    expect(isCollectiveForming(collective, { recentCars: 2, earlierCars: 0, observedDays: 0 }).forming).toBe(false)
  })

  it('is told with its numbers', () => {
    const { risk, reasons } = escalationOf('The paint peels.', { activity: { recentCars: 6, earlierCars: 6, observedDays: 84 } })
    expect(risk).toBe('high')
    expect(reasons).toEqual(['collective complaint forming: 6 other cars of this class and model in 14 days, 1.1 expected'])
  })
})
