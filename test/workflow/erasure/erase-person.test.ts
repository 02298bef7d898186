import { expect, it } from 'vitest'
import type { ErasureStore } from '../../../src/graph/ports/erasure.ts'
import { createErasePerson } from '../../../src/workflow/erasure/erase-person.ts'
import type { NamedBy } from '../../../src/workflow/erasure/names-somebody.ts'
import { withoutWords } from '../../../src/workflow/erasure/without-words.ts'

const none = { feedback: 0, earlierVersions: 0, vehicles: 0, sealedVins: 0, repairOrders: 0, answers: 0, jobs: 0 }
const open = (given: Partial<ErasureStore> = {}) => {
  const asked: { needles: string[]; dropped: NamedBy[]; waiting: NamedBy[] } = { needles: [], dropped: [], waiting: [] }
  const erase = createErasePerson({
    now: () => new Date('2023-01-09T00:00:00Z'),
    vins: { pseudonymOf: vin => `veh_${vin}`, hashOf: (label, text) => `h_${label}_${text}`, open: sealed => sealed.replace('sealed:', '') },
    dropWaiting: somebody => (asked.waiting.push(somebody), Promise.resolve(0)), runningImports: () => Promise.resolve(0),
    dropRejects: somebody => (asked.dropped.push(somebody), Promise.resolve(0)),
    store: {
      ofPerson: () => Promise.resolve({ feedbackIds: ['hotline:F-1'], vehicleIds: ['veh_1'] }), ofVehicle: () => Promise.resolve(null), words: () => Promise.resolve([{ feedbackId: 'hotline:F-1', sourceId: 'F-1', text: 'it burns' }]),
      sealedVins: () => Promise.resolve(['sealed:LJNABCDE1P0000001']), erase: what => ((asked.needles = what.needles), Promise.resolve({ ...none, feedback: 1 })), ...given,
    },
  })
  return { erase, asked }
}

it('looks for the reference, the record, the car and its VIN among the refused lines', async () => {
  const { erase, asked } = open()
  expect(await erase.person('P-7')).toEqual({ ...none, feedback: 1, rejectedLines: 0, waitingRecords: 0, runningImports: 0 })
  expect(asked.needles).toEqual(['hotline:F-1', '"P-7"'])
  expect(asked.dropped).toEqual([{ words: ['LJNABCDE1P0000001', 'veh_1'], values: ['P-7', 'F-1'] }])
  expect(asked.waiting).toEqual(asked.dropped)
})

it('says so where nothing is known', async () => {
  const { erase } = open({ ofPerson: () => Promise.resolve({ feedbackIds: [], vehicleIds: [] }), words: () => Promise.resolve([]), sealedVins: () => Promise.resolve([]) })
  await expect(erase.person('P-7')).rejects.toMatchObject({ code: 'FB_NOT_FOUND' })
  await expect(erase.vehicle('veh_9')).rejects.toMatchObject({ code: 'FB_NOT_FOUND' })
})

it('keeps classes and levels of a triage, and nothing that was said', () => {
  const triage = { text: 'smoke under the seat', severity: { level: 9, reasons: ['said smoke'] }, hazards: [{ key: 'fire', reason: 'smoke', nearMiss: false }], findings: [{ symptom: 'smoke', span: [0, 5] }], qualityReason: 'smoke' }
  const [told] = withoutWords([{ label: 'Triage', id: 'a', content: JSON.stringify(triage) }], [])
  expect(JSON.parse(told!.content)).toMatchObject({ text: '', severity: { level: 9, reasons: [] }, hazards: [{ key: 'fire', reason: '' }], findings: [{ symptom: 'smoke' }] })
})

it('takes a quote out wherever it is told again, and leaves quotes of others', () => {
  const content = { evidence: [{ quotes: [{ source: 'a:1', text: 'burning smell' }, { source: 'b:1', text: 'loud bang' }] }], rootCauses: [{ statement: 'one said "burning smell"' }] }
  const [told] = withoutWords([{ label: 'SuggestionSet', id: 's', content: JSON.stringify(content) }], [{ feedbackId: 'a:1', text: 'there was a burning smell' }])
  expect(told!.content).not.toContain('burning')
  expect(told!.content).toContain('loud bang')
})

it('says of a car nobody knows that files held it', async () => {
  const { erase } = open({ sealedVins: () => Promise.resolve([]), words: () => Promise.resolve([]) })
  await expect(erase.vehicle('LJNABCDE1P0000001')).rejects.toMatchObject({ code: 'FB_NOT_FOUND' })
})
