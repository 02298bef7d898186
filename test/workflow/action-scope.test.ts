import { describe, expect, it } from 'vitest'
import { actionTypes } from '../../src/domain/case.ts'
import type { ActionRecord } from '../../src/graph/ports/actions.ts'
import { planTreatment } from '../../src/workflow/action-scope.ts'
import { recordOfType } from '../../src/workflow/action-type-record.ts'
import { withoutNumbers } from '../../src/workflow/action-efficacy-reply.ts'

const action = (given: Partial<ActionRecord>): ActionRecord => ({
  actionId: 'h_1', caseId: '8D-7', kind: 'PCA', actionType: 'replacement', text: null, effectiveFrom: '2023-06-01', components: ['charge-port'], symptoms: [],
  models: [], lots: [], partNumbers: [], software: [], ...given,
})

describe('planTreatment', () => {
  it('takes what is built after a change of any model year', () => {
    const planned = planTreatment(action({ actionType: 'process-change', models: [{ make: null, model: 'es8', modelYear: 2021 }] }), [])
    expect(planned).toMatchObject({ rule: 'built-since', scope: { models: [{ make: null, model: 'es8', modelYear: null }] } })
  })

  it('goes by the component where the case names no car', () => {
    expect(planTreatment(action({}), ['charge-port'])).toMatchObject({ rule: 'part-removed', scope: { components: ['charge-port'] } })
    expect(planTreatment(action({ actionType: 'customer-notice' }), ['charge-port'])).toEqual({ reason: 'no-affected-cars' })
    expect(planTreatment(action({}), [])).toEqual({ reason: 'no-affected-cars' })
  })

  it('needs the version that an update replaces', () => {
    expect(planTreatment(action({ actionType: 'software-update', models: [{ make: null, model: 'es8', modelYear: null }] }), [])).toEqual({ reason: 'no-software-named' })
    expect(planTreatment(action({ actionType: 'software-rollback', software: ['BMS@3.1'] }), [])).toMatchObject({ rule: 'version-replaced' })
  })

  it('knows every type of action but other', () => {
    const full = { lots: ['P-1/22W10'], software: ['BMS@3.1'] }
    expect(actionTypes.filter(actionType => 'reason' in planTreatment(action({ ...full, actionType }), []))).toEqual(['other'])
  })
})

it('counts what could not be judged as used, and lets the rest speak', () => {
  const unjudged = withoutNumbers({ action: action({}), asOf: '2024-01-01' }, 'no-class')
  const side = { expected: 2, vehicles: 10, vehicleMonths: 100, rate: 0, rateInterval: [0, 1] as [number, number], smr: 0, smrInterval: [0, 1] as [number, number] }
  const recurrence = { state: 'watching' as const, observed: 3, expected: 2, llr: 0, threshold: 2, plannedExpected: 5, alarmAt: null }
  const judged = { ...unjudged, reason: null, verdict: 'effective' as const, before: { ...side, observed: 27 }, after: { ...side, observed: 9 }, recurrence, weeksToEffect: 6 }
  const recurred = { ...judged, recurrence: { ...recurrence, state: 'recurred' as const }, weeksToEffect: 9 }
  // Equal expectations: ψ = 18/54.
  const record = recordOfType('replacement', [unjudged, judged, recurred])
  expect(record).toMatchObject({ used: 3, judged: 2, held: 1, recurred: 1, medianWeeksToEffect: 7.5 })
  expect(record.rateRatio).toBeCloseTo(1 / 3, 6)
})
