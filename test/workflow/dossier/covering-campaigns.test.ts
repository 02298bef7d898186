import { expect, it } from 'vitest'
import type { AffectingCase } from '../../../src/graph/ports/dossier.ts'
import { coveringCampaigns, targetsOf } from '../../../src/workflow/dossier/covering-campaigns.ts'

const car = {
  vehicle: { known: true, make: 'KIA', model: 'EV6', modelYear: 2022, trim: null, plant: null, builtOn: '2022-01-10', soldOn: null, region: null, options: [] },
  parts: [{ component: 'integrated-charging-unit', position: null, partNo: '36400', lot: '22W10', supplier: null, serial: null, condition: null, since: '2022-01-10', source: null }],
  software: [{ module: 'ICCU', version: '1.0.1', since: '2022-01-10', channel: null, observed: false }],
  repairs: [],
}
const caseOf = (affected: object[], given: Partial<AffectingCase> = {}): AffectingCase => ({
  caseId: '24V200', kind: 'recall', title: 'ICCU', openedAt: '2024-03-14', closedAt: null, component: null, rootCause: null, affected: JSON.stringify(affected), actions: [], ...given,
})
const order = (text: string, given: { closedAt?: string | null; result?: string | null } = {}) => ({
  repairOrderId: 'RO-1', openedAt: '2024-05-01T00:00:00.000Z', closedAt: '2024-05-02T00:00:00.000Z', receivedAt: '2024-05-02T00:00:00.000Z', serviceCenter: null,
  odometerKm: null, complaint: null, cause: null, correction: null, result: 'fixed', warranty: true, partsReplaced: [], text, ...given,
})

it('covers by model and year, whatever the spelling', () => {
  expect(coveringCampaigns([caseOf([{ make: 'Kia', model: 'ev6', modelYears: [2022, 2023] }])], car)[0]?.reasons).toEqual([{ by: 'model-year', level: 'EV6 2022' }])
  expect(coveringCampaigns([caseOf([{ make: 'Kia', model: 'EV6', modelYears: [2023] }])], car)).toEqual([])
})

it('covers by lot and by software only what the car carries and runs', () => {
  expect(coveringCampaigns([caseOf([{ partNo: '36400', lots: ['22W10'] }])], car)[0]?.reasons).toEqual([{ by: 'lot', level: '36400/22W10' }])
  expect(coveringCampaigns([caseOf([{ partNo: '36400', lots: ['22W11'] }])], car)).toEqual([])
  expect(coveringCampaigns([caseOf([{ software: ['ICCU@1.0.1'] }])], car)[0]?.reasons).toEqual([{ by: 'software', level: 'ICCU@1.0.1' }])
  expect(coveringCampaigns([caseOf([{ software: 'ICCU@1.0.2' }])], car)).toEqual([])
})

it('asks all sides of one row, and any of several rows', () => {
  const otherModel = { model: 'EV9', partNo: '36400', lots: ['22W10'] }
  expect(coveringCampaigns([caseOf([otherModel])], car)).toEqual([])
  expect(coveringCampaigns([caseOf([otherModel, { model: 'EV6', partNo: '36400' }])], car)[0]?.reasons).toEqual([
    { by: 'model', level: 'EV6' },
    { by: 'part', level: '36400' },
  ])
})

it('is done by a finished repair that names it as a word of its own', () => {
  const affected = [{ model: 'EV6' }]
  const doneBy = (...repairs: ReturnType<typeof order>[]) => coveringCampaigns([caseOf(affected)], { ...car, repairs })[0]?.doneBy
  expect(doneBy(order('performed recall 24V200, replaced fuse'))).toBe('RO-1')
  expect(doneBy(order('recall 24V2001'))).toBeNull()
  expect(doneBy(order('recall 24V200', { result: 'awaiting-part' }))).toBeNull()
  expect(doneBy(order('recall 24V200', { closedAt: null }))).toBeNull()
  // Closed before the campaign was opened: it spoke of something else.
  expect(doneBy(order('24V200', { closedAt: '2023-01-01T00:00:00.000Z' }))).toBeNull()
})

it('looks for every spelling of the model year that a case may name', () => {
  expect(targetsOf(car)).toEqual({
    modelYears: ['kia/ev6/2022', 'kia/ev6/*', 'kia/*/2022', 'kia/*/*', '*/ev6/2022', '*/ev6/*', '*/*/2022'],
    parts: ['36400'],
    lots: ['36400/22W10'],
    releases: ['ICCU@1.0.1'],
  })
})
