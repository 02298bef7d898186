import { describe, expect, it } from 'vitest'
import type { RecordOf } from '../../src/domain/record-kind.ts'
import { identify } from '../../src/ingest/prepare-identity.ts'
import { prepareRecord } from '../../src/ingest/prepare.ts'
import { testPreparation } from '../support/test-ingest.ts'
import { linker, vocabulary } from '../vocabulary/shipped-vocabulary.ts'

const context = testPreparation()
const linkingPreparation = { ...context, vocabulary, linker }
const vin = 'LJ1EEAUU0N7700001'
const pseudonym = context.vinVault.pseudonymOf(vin)
const secret = 'call 13812345678'

const feedback: RecordOf['feedback'] = { channel: 'nomi', sourceId: 'F-1', occurredAt: '2023-01-09T14:12:44+08:00', vin, text: `charging stops, ${secret}` }
const prepareFeedback = (record: RecordOf['feedback'], flags: string[] = []) =>
  prepareRecord.feedback(record, flags, identify('feedback', record, context), context)

describe('identify', () => {
  it('gives one hash to one content, whatever the order of its fields and the spelling of what is not known', () => {
    const { text, ...rest } = feedback
    expect(identify('feedback', { text, ...rest, rating: null, region: undefined }, context)).toEqual(identify('feedback', feedback, context))
    expect(identify('feedback', { ...feedback, rating: 1 }, context).contentSha256).not.toBe(identify('feedback', feedback, context).contentSha256)
  })

  it('spells the VIN in one way', () => {
    expect(identify('feedback', { ...feedback, vin: ' lj1eeauu0n7700001' }, context)).toEqual(identify('feedback', feedback, context))
  })

  it('names an install by car, module and instant, whatever its offset', () => {
    const install: RecordOf['software-installs'] = { vin, module: 'BMS', version: '3.2.0', installedAt: '2022-09-01T02:11:00Z' }
    const same = { ...install, version: '3.2.1', installedAt: '2022-09-01T10:11:00+08:00' }
    expect(identify('software-installs', same, context).id).toBe(identify('software-installs', install, context).id)
    expect(identify('software-installs', { ...install, module: 'ICU' }, context).id).not.toBe(identify('software-installs', install, context).id)
  })
})

describe('prepareRecord of a case', () => {
  it('files a recall under the risk that its defect and consequence word as possible', () => {
    const recall: RecordOf['cases'] = {
      caseId: '24V200000', kind: 'recall', title: 'Low-voltage battery', component: 'low-voltage-battery',
      rootCause: 'A seal may be missing, which can result in smoke.', failureEffect: 'No fire was reported.',
    }
    const symptomsOf = (context: Parameters<typeof prepareRecord.cases>[3]) =>
      prepareRecord.cases(recall, [], identify('cases', recall, context), context).symptoms
    expect(symptomsOf(linkingPreparation)).toContain('smoke')
    expect(symptomsOf(linkingPreparation)).not.toContain('fire')
  })
})

describe('prepareRecord', () => {
  it('takes the instant of the event for a receipt that is not given, in UTC', () => {
    expect(prepareFeedback(feedback).stored).toMatchObject({ occurredAt: '2023-01-09T06:12:44.000Z', receivedAt: '2023-01-09T06:12:44.000Z' })
    const order: RecordOf['repair-orders'] = { repairOrderId: 'RO-1', vin, openedAt: '2023-01-12T01:00:00Z', closedAt: '2023-01-13T09:30:00Z', cause: 'x' }
    const received = (record: RecordOf['repair-orders']) =>
      prepareRecord['repair-orders'](record, [], identify('repair-orders', record, context), context).receivedAt
    expect(received(order)).toBe('2023-01-13T09:30:00.000Z')
    expect(received({ ...order, closedAt: null })).toBe('2023-01-12T01:00:00.000Z')
  })

  it('leaves no telephone number and no VIN in any text of any kind', () => {
    const order: RecordOf['repair-orders'] = { repairOrderId: 'RO-1', vin, openedAt: '2023-01-12T01:00:00Z', complaint: secret, cause: vin, correction: secret }
    const snapshot: RecordOf['telemetry-snapshots'] = { snapshotId: 'TS-1', vin, capturedAt: '2023-01-12T01:00:00Z', signals: { note: `${secret} ${vin}` } }
    const said = { actionType: 'other' as const, text: secret }
    const pastCase: RecordOf['cases'] = {
      caseId: 'C-1', title: `title ${secret}`, symptom: secret, rootCause: `${vin} ${secret}`, failureMode: secret, failureEffect: secret, escapePoint: secret,
      containment: [said], corrective: [said], verification: { method: secret, result: secret },
    }
    const prepared = [
      prepareFeedback({ ...feedback, text: `${secret} ${vin}` }),
      prepareRecord['repair-orders'](order, [], identify('repair-orders', order, context), context),
      prepareRecord['telemetry-snapshots'](snapshot, [], identify('telemetry-snapshots', snapshot, context), context),
      prepareRecord.cases(pastCase, [], identify('cases', pastCase, context), context),
    ]
    const text = JSON.stringify(prepared)
    expect(text).not.toMatch(/13812345678/)
    expect(text.toUpperCase()).not.toContain(vin)
    expect(text).toContain(pseudonym)
  })

  it('drops a VIN of a wrong shape and marks the event', () => {
    expect(prepareFeedback({ ...feedback, vin: 'SHORT' })).toMatchObject({ vehicleId: null, stored: { vinInvalid: true, vehicleId: null } })
    expect(prepareFeedback({ ...feedback, vin: null }).stored.vinInvalid).toBeNull()
  })

  it('keeps quality flags once each, sorted', () => {
    expect(prepareFeedback(feedback, ['odometerBackwards', 'inFuture', 'inFuture']).stored.dataQuality).toEqual(['inFuture', 'odometerBackwards'])
  })

  it('hangs a free word under unclassified and keeps a key as it is', () => {
    const car: RecordOf['vehicles'] = { vin, model: 'ES8', builtOn: '2022-03-14', parts: [
      { component: 'traction-battery', partNo: 'B' }, { component: 'flap', partNo: 'F', lot: '1' },
    ] }
    const { parts, shared } = prepareRecord.vehicles(car, [], identify('vehicles', car, context), context)
    expect(parts?.map(({ component, lotId }) => [component, lotId])).toEqual([['traction-battery', 'B/unknown'], ['unclassified:flap', 'F/1']])
    expect(shared.modelYears).toEqual([{ id: '*/es8/*', make: null, model: 'es8', modelYear: null }])
  })
})
