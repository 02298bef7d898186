import { describe, expect, it } from 'vitest'
import type { EvidentRepair, ReportEvidence, StoredFinding } from '../../../src/graph/ports/evidence.ts'
import { correctionsOf } from '../../../src/workflow/triage/stored-corrections.ts'
import { createTellCorrections } from '../../../src/workflow/triage/tell-corrections.ts'
import { vocabulary } from '../../vocabulary/shipped-vocabulary.ts'
import { read, rules } from './reading.ts'

const said = (component: string | null, symptom: string | null, given: Partial<StoredFinding> = {}): StoredFinding => ({
  id: `${component}/${symptom}`, component, symptom, confidence: 0.8, method: 'alias', spanStart: 4, spanEnd: 9, negated: false, past: false, hypothetical: false, by: null, correctedBy: null, ...given,
})
const repair = (components: string[], given: Partial<EvidentRepair> = {}): EvidentRepair => ({
  repairOrderId: 'RO-1', openedAt: '2023-01-20T00:00:00.000Z', receivedAt: '2023-02-01T00:00:00.000Z', result: 'fixed', answers: false, components: [],
  partsReplaced: JSON.stringify(components.map(component => ({ component }))), ...given,
})
const report = (given: Partial<ReportEvidence>): ReportEvidence => ({
  feedbackId: 'app:1', contentSha256: '01', occurredAt: '2023-01-09T00:00:00.000Z', receivedAt: '2023-01-10T00:00:00.000Z', findings: [said('low-voltage-battery', 'no-start')], codes: [], repairs: [], ...given,
})
const due = (given: Partial<ReportEvidence>) => correctionsOf(vocabulary, report(given), { repairWithinDays: 60 })

describe('what a repair says against the owner', () => {
  it('stands beside every finding of the part named, from when the repair was known', () => {
    const findings = [said('low-voltage-battery', 'no-start'), said('low-voltage-battery', null), said('headlamp', 'lamp-off'), said('low-voltage-battery', 'no-start', { id: 'old', negated: true })]
    expect(due({ findings, repairs: [repair(['traction-battery'])] })).toMatchObject([
      { component: 'traction-battery', symptom: 'no-start', method: 'repair', by: 'RO-1', knownAt: '2023-02-01T00:00:00.000Z', saidId: 'low-voltage-battery/no-start', spanStart: 4 },
      { component: 'traction-battery', symptom: null, saidId: 'low-voltage-battery/null' },
    ])
  })

  it.each([
    ['opened before the report', repair(['traction-battery'], { openedAt: '2023-01-01T00:00:00.000Z' })],
    ['opened long after it', repair(['traction-battery'], { openedAt: '2023-04-01T00:00:00.000Z' })],
    ['that found nothing', repair(['traction-battery'], { result: 'no-trouble-found' })],
    ['that bears the owner out among other parts', repair(['traction-battery', 'low-voltage-battery'])],
    ['of two parts, either of which it may be', repair(['traction-battery', 'drive-motor'])],
    ['of a part that cannot show what was told', repair(['windshield'])],
    ['of a part the vocabulary does not know', repair(['unclassified:gizmo'])],
    ['that replaced nothing and mended nothing', repair([], { partsReplaced: null, components: ['traction-battery'], result: 'awaiting-part' })],
  ])('nothing, of a repair %s', (_, one) => {
    expect(due({ repairs: [one] })).toEqual([])
  })

  it('speaks by its words where it replaced nothing, and whenever it was opened of the report it answers', () => {
    expect(due({ repairs: [repair([], { partsReplaced: null, components: ['traction-battery'] })] })).toHaveLength(1)
    expect(due({ repairs: [repair(['traction-battery'], { openedAt: '2022-12-01T00:00:00.000Z', answers: true })] })).toHaveLength(1)
  })

  it('comes before a fault code, which is known with the report', () => {
    const codes = [{ code: 'P0AA6', failureType: null, status: 0x2f }]
    expect(due({ codes })).toMatchObject([{ method: 'dtc', by: 'P0AA6', knownAt: '2023-01-10T00:00:00.000Z' }])
    expect(due({ codes, repairs: [repair(['traction-battery'])] })).toMatchObject([{ method: 'repair' }])
  })

  it('leaves out what an earlier correction put there', () => {
    expect(due({ findings: [said('traction-battery', 'no-start', { by: 'RO-0' })], repairs: [repair(['traction-battery'])] })).toEqual([])
  })
})

it('is told first in the triage, with the reason in the language of the report', () => {
  const tell = createTellCorrections({ vocabulary, rules: rules.departments })
  const { links } = read('小电瓶又没电了，车辆无法启动')
  const triage = { language: 'zh', findings: links.findings, components: links.components } as never
  expect(tell(triage, [])).toBe(triage)
  const told = tell(triage, [{ component: 'traction-battery', said: null, by: 'RO-1', confidence: 0.8, spanStart: 0, spanEnd: 3 }])
  expect(told.components[0]).toMatchObject({ key: 'traction-battery', method: 'repair', reason: expect.stringMatching(/^维修工单RO-1查明为动力电池；车主说的是/) as string })
  expect(told.components.map(({ key }) => key)).toContain('low-voltage-battery')
})
