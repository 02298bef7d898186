import { describe, expect, it } from 'vitest'
import type { RecordKind } from '../../src/domain/record-kind.ts'
import { createTakeRecords } from '../../src/workflow/take-records.ts'
import { bearer, buildTestApp } from './app-double.ts'

/** Writes like the real one what it has not met by its JSON; keeps what it was handed. */
const open = async () => {
  const written: { kind: RecordKind; record: unknown }[] = []
  const takeRecords = createTakeRecords({
    now: () => new Date('2023-01-09T06:13:00Z'),
    ingestBatch: (kind, entries) => {
      const met = new Set(written.map(one => JSON.stringify(one.record)))
      const fresh = entries.filter(({ record }) => !met.has(JSON.stringify(record)))
      written.push(...fresh.map(({ record }) => ({ kind, record })))
      return Promise.resolve({ created: fresh.length, updated: 0, unchanged: entries.length - fresh.length, superseded: 0 })
    },
  })
  let followUps = 0
  const app = await buildTestApp({ takeRecords, followUp: () => Promise.resolve((followUps++, [])) })
  const send = (kind: string, payload: unknown) => app.inject({ method: 'POST', url: `/v1/${kind}`, headers: { ...bearer('contributor'), 'content-type': 'application/json' }, payload: JSON.stringify(payload) })
  return { send, written, followUps: () => followUps, app }
}

const vehicle = { vin: 'LJ1EEAUU0N7700001', model: 'ES8', builtOn: '2022-03-14' }
const snapshot = { snapshotId: 'TS-1', capturedAt: '2023-01-09T06:12:44Z' }
const repair = { repairOrderId: 'RO-1', vin: vehicle.vin, openedAt: '2023-01-12T01:00:00Z', complaint: '充电中断' }
const install = { vin: vehicle.vin, module: 'BMS', version: '3.2.0', installedAt: '2022-09-01T02:11:00Z' }
const pastCase = { caseId: '8D-1', title: 'Charging stops', rootCause: 'seal' }

describe('sending records', () => {
  it.each([['vehicles', vehicle], ['telemetry-snapshots', snapshot], ['repair-orders', repair], ['software-installs', install], ['cases', pastCase]])('takes one of %s, twice for the same', async (kind, record) => {
    const { send, written } = await open()
    const first = await send(kind, record)
    expect([first.statusCode, first.json()]).toEqual([200, { accepted: 1, updated: 0, unchanged: 0, superseded: 0, rejected: [], warnings: [] }])
    expect((await send(kind, record)).json()).toMatchObject({ accepted: 0, unchanged: 1 })
    expect(written).toMatchObject([{ kind, record }])
  })

  it('takes the good ones of a batch, names the others and what it does not store', async () => {
    const { send } = await open()
    const reply = await send('vehicles', { items: [vehicle, { ...vehicle, vin: 'SHORT' }, { ...vehicle, vin: 'LJ1EEAUU0N7700002', parts: [{ component: 'seat' }] }, { ...vehicle, vin: 'LJ1EEAUU0N7700003', colour: 'red' }, 7] })
    expect(reply.json()).toMatchObject({
      accepted: 2,
      rejected: [{ index: 1, errors: [{ pointer: '/vin' }] }, { index: 2, errors: [{ pointer: '/parts/0/partNo' }] }, { index: 4, errors: [{ pointer: '' }] }],
      warnings: [{ pointer: '/items/3/colour' }],
    })
    expect(reply.body).not.toContain('SHORT')
  })

  it('answers 422 when none is right', async () => {
    const { send } = await open()
    expect((await send('vehicles', { ...vehicle, builtOn: 'March' })).json()).toMatchObject({ status: 422, code: 'FB_INVALID', errors: [{ pointer: '/builtOn' }] })
    expect((await send('vehicles', { items: [{}, { ...vehicle, vin: 'SHORT' }] })).json()).toMatchObject({ status: 422, errors: expect.arrayContaining([{ pointer: '/items/1/vin', message: expect.any(String) as string }]) as unknown })
  })

  it.each([[[]], ['text'], [null], [{ items: [] }], [{ items: 7 }], [{ items: Array.from({ length: 1_001 }, () => vehicle) }]])('refuses a body that is neither a record nor a batch', async body => {
    const { send, written } = await open()
    expect((await send('vehicles', body)).json()).toMatchObject({ status: 422, code: 'FB_INVALID' })
    expect(written).toEqual([])
  })

  it('takes a batch over 1 MiB, and none over 16', async () => {
    const { send } = await open()
    const text = 'x'.repeat(19_000)
    expect((await send('repair-orders', { items: Array.from({ length: 200 }, (_, at) => ({ ...repair, repairOrderId: `RO-${at}`, complaint: text })) })).json()).toMatchObject({ accepted: 200 })
    expect((await send('repair-orders', { items: Array.from({ length: 900 }, () => ({ ...repair, complaint: text })) })).json()).toMatchObject({ code: 'FB_TOO_LARGE' })
  })

  it('has the vectors of new cases made', async () => {
    const { send, followUps } = await open()
    await send('vehicles', vehicle)
    await send('cases', pastCase)
    await send('cases', pastCase)
    expect(followUps()).toBe(1)
  })
})
