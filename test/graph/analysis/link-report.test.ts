import { describe, expect, it } from 'vitest'
import { bestReport, linkReport, reportsOfFeedback, reportsOfRepair } from '../../../src/graph/analysis/link-report.ts'

const spelled = (rows: ReturnType<typeof linkReport>): string[] => rows.map(({ component, symptom, weight }) => `${component} ${symptom} ${Number(weight.toFixed(3))}`)

describe('what a record speaks of', () => {
  it('is what its findings say, each class with its best finding, firm from 0.8 on', () => {
    expect(spelled(linkReport([['pump', 'leak', 0.6], ['pump', 'leak', 0.85], ['fan', 'noise', 0.79], ['fan', null, 0.8], [null, null, 0.9]], [])))
      .toEqual(['pump leak 1', 'fan noise 0.79', 'fan null 1'])
  })

  it('is a symptom with each component that something else names, never firmly', () => {
    // 0.7 × 1 by the replaced part, which is more than the suspect's 0.25; 0.5 × 1.
    expect(spelled(linkReport([[null, 'leak', 0.9]], [['pump', 0.25], ['pump', 0.7], ['hose', 0.5]]))).toEqual(['null leak 1', 'pump leak 0.7', 'hose leak 0.5'])
    // 0.7 × 0.6 (the component's clause) × 0.5 (the symptom's).
    expect(spelled(linkReport([[null, 'leak', 0.5], ['pump', null, 0.6]], []))).toEqual(['null leak 0.5', 'pump null 0.6', 'pump leak 0.21'])
  })

  it('is not guessed for a symptom whose component the record says', () => {
    expect(spelled(linkReport([[null, 'leak', 0.9], ['pump', 'leak', 0.9]], [['hose', 0.7]]))).toEqual(['null leak 1', 'pump leak 1'])
  })
})

const repair = (more: Partial<Parameters<typeof reportsOfRepair>[0]>): Parameters<typeof reportsOfRepair>[0] => ({
  id: 'RO-1', vehicleId: 'v1', at: '2023-01-01T00:00:00.000Z', receivedAt: '2023-01-02T00:00:00.000Z', result: null, partsReplaced: null,
  findings: [[null, 'leak', 0.9]], codes: [], ...more,
})

describe('evidence for the component', () => {
  it('is a part replaced, and a code that the workshop wrote down: the first suspect before the others', () => {
    const rows = reportsOfRepair(repair({ partsReplaced: '[{"component":"pump"}]', codes: [[null, 'hose', 1], [null, 'fan', 2], [null, 'valve', null]] }))
    expect(rows.map(row => [row.component, row.linkWeight])).toEqual([[null, 1], ['pump', 0.7], ['hose', 0.5], ['fan', 0.25], ['valve', 0.25]])
  })

  it('is a code of the snapshot only where the car confirmed it and tested since', () => {
    const of = (status: number | null) => reportsOfFeedback({ ...repair({}), make: null, model: null, modelYear: null, codes: [[status, 'hose', 1]], answers: [] })
      .map(row => row.component)
    // 0x2f: confirmed, tested. 0x28: confirmed. 0x04: pending. 0x18: confirmed, but not tested since the last clear.
    expect([0x2f, 0x28, 0x04, 0x18, null].map(status => of(status).includes('hose'))).toEqual([true, true, false, false, false])
  })

  it('is what the answering repair says, and its last result is that of the feedback', () => {
    const answer = (result: 'fixed' | 'returned' | null, more = {}) => ({ result, partsReplaced: null, codes: [], findings: [], ...more })
    const rows = reportsOfFeedback({
      ...repair({}), make: null, model: null, modelYear: null,
      answers: [answer('returned', { findings: [['seal', 0.5]] }), answer('fixed', { partsReplaced: '[{"component":"pump"}]' }), answer(null)],
    })
    expect(rows.map(row => [row.component, row.linkWeight, row.repairResult])).toEqual([[null, 1, 'fixed'], ['seal', 0.3, 'fixed'], ['pump', 0.7, 'fixed']])
  })
})

describe('the best report for a question', () => {
  const rows = reportsOfRepair(repair({ findings: [['pump', 'leak', 0.5], ['pump', 'noise', 0.9]] }))
  const best = (components: string[] | null, symptoms: string[] | null) =>
    bestReport(rows, { components: components && new Set(components), symptoms: symptoms && new Set(symptoms) })
  it('has both sides asked for, any for null', () => {
    expect(best(['pump'], ['leak'])).toMatchObject({ symptom: 'leak', linkWeight: 0.5 })
    expect(best(['pump'], null)).toMatchObject({ symptom: 'noise', linkWeight: 1 })
    expect(best(null, ['leak', 'noise'])).toMatchObject({ symptom: 'noise' })
    expect(best(['hose'], null)).toBeNull()
  })
})
