import { describe, expect, it } from 'vitest'
import type { Finding } from '../../src/domain/finding.ts'
import { issueClassOf, issueIdOf, joinWindow, primaryFinding } from '../../src/domain/issue.ts'

const finding = (given: Partial<Finding>): Finding => ({ component: null, symptom: null, confidence: 0.9, span: [0, 4], method: 'alias', negated: false, past: false, hypothetical: false, ...given })

describe('primaryFinding', () => {
  it('prefers both sides known, then the surer, then the first said', () => {
    const both = finding({ component: 'traction-battery', symptom: 'charging-stops', confidence: 0.8 })
    const sure = finding({ symptom: 'noise', confidence: 0.99 })
    expect(primaryFinding([sure, both])).toBe(both)
    const early = finding({ symptom: 'odor', span: [2, 4] })
    const late = finding({ symptom: 'smoke', span: [9, 12] })
    expect(primaryFinding([late, early])).toBe(early)
  })

  it.each([{ negated: true }, { past: true }, { hypothetical: true }])('never takes what is %o', flags => {
    expect(primaryFinding([finding({ symptom: 'fire', ...flags })])).toBeNull()
  })
})

describe('issueClassOf', () => {
  const classOf = (feedbackId: string, findings: Finding[], model: string | null) => issueClassOf({ feedbackId, findings, model }).id
  const smoke = [finding({ component: 'inverter', symptom: 'smoke' })]

  it('is the same for the same component, symptom and model, whoever reports', () => {
    expect(classOf('a:1', smoke, 'ES8')).toBe(classOf('b:2', smoke, ' es8 '))
    expect(classOf('a:1', smoke, 'ES8')).not.toBe(classOf('a:1', smoke, 'ES6'))
    expect(classOf('a:1', smoke, 'ES8')).not.toBe(classOf('a:1', [finding({ component: 'inverter', symptom: 'odor' })], 'ES8'))
  })

  it('is the report’s own where nothing was understood', () => {
    expect(classOf('a:1', [], 'ES8')).toBe(classOf('a:1', [], 'ES8'))
    expect(classOf('a:1', [], 'ES8')).not.toBe(classOf('a:2', [], 'ES8'))
  })
})

it('numbers the issues of a class', () => {
  expect(issueIdOf('h_1', 0)).toMatch(/^ISS-[0-9a-f]{16}$/)
  expect(issueIdOf('h_1', 0)).not.toBe(issueIdOf('h_1', 1))
})

it('looks 30 days back and ahead, for reports that arrive out of order', () => {
  expect(joinWindow('2023-01-31T00:00:00.000Z')).toEqual({ from: '2023-01-01T00:00:00.000Z', to: '2023-03-02T00:00:00.000Z' })
})
