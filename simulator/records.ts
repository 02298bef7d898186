import type { Draw } from './random.ts'
import type { Failure, Stream, Visit } from './streams.ts'
import { versionAt, type Car } from './vehicles.ts'
import { day, dayMs, instant, monthMs, type World } from './world.ts'

type Row = Record<string, unknown>
export type Records = Record<'vehicles' | 'software-installs' | 'telemetry-snapshots' | 'feedback' | 'repair-orders', Row[]>

export const vehicleRecord = (car: Car): Row => ({
  vin: car.vin, make: 'Synthetic', model: car.model, modelYear: car.modelYear, trim: car.trim, plant: car.plant, builtOn: day(car.builtAt),
  soldOn: car.soldAt === null ? null : day(car.soldAt), market: car.region.key, options: car.options,
  shippedOn: day(car.builtAt + 5 * dayMs), deliveredOn: day(car.builtAt + 9 * dayMs),
  parts: car.parts.map((part, i) => ({
    component: part.component, position: null, partNo: part.partNo, lot: car.lotKnown[i] ? part.lot : null, supplier: part.supplier, builtOn: null, condition: 'new',
  })),
  software: car.runs.filter(run => run.channel === 'factory').map(run => ({ module: run.module, version: run.version })),
})

export const installRecords = (car: Car): Row[] =>
  car.runs.filter(run => run.channel === 'ota').map(run => ({
    vin: car.vin, module: run.module, version: run.version, installedAt: instant(run.from), channel: run.channel, result: run.result,
  }))

const odometer = (car: Car, at: number): number => Math.round(((at - car.soldAt!) / monthMs) * car.kmPerMonth)

export const serviceRecords = (car: Car): Row[] =>
  car.services.filter(service => car.soldAt !== null && service.at > car.soldAt).map((service, i) => ({
    repairOrderId: `SV-${car.vin.slice(-7)}-${i}`, vin: car.vin, openedAt: instant(service.at - 4 * 3_600_000), closedAt: instant(service.at),
    odometerKm: odometer(car, service.at), serviceCenter: `SC-${car.region.key}-0${1 + (car.week % 3)}`, correction: '保养更换磨损件',
    partsReplaced: [{
      component: service.component, removedPartNo: service.partNo, removedLot: null, installedPartNo: service.partNo, installedLot: service.lot,
      installedSupplier: service.supplier, installedCondition: 'new',
    }],
    result: 'fixed',
  }))

const channels = ['nomi', 'app', 'hotline', 'service-group', 'complaint-platform']

/** What a failure leaves behind: a report or two, perhaps a snapshot, perhaps a repair. Nothing is received after the cut-off. */
export const failureRecords = (stream: Stream, failure: Failure, serial: number, draw: Draw, out: Records): void => {
  const { car, at, visit } = failure
  const id = `${stream.text.component}-${stream.text.symptom}-${serial}`
  const speaks = draw.chance(car.earlyAdopter ? 0.9 : 0.65) || visit === null
  if (speaks) {
    const snapshotId = draw.chance(0.5) && stream.text.dtc !== null ? `TS-${id}` : null
    const received = at + draw.exponential(2) * dayMs
    if (snapshotId !== null) out['telemetry-snapshots'].push(snapshot(stream, car, at, snapshotId, draw))
    out.feedback.push(feedback(stream, car, at, received, `F-${id}`, snapshotId, draw))
    if (draw.chance(0.2)) out.feedback.push(feedback(stream, car, at + draw.unit() * 9 * dayMs, received + 10 * dayMs, `F-${id}-2`, null, draw))
  }
  if (visit !== null) out['repair-orders'].push(repair(stream, car, visit, `RO-${id}`, draw))
}

const feedback = (stream: Stream, car: Car, at: number, received: number, sourceId: string, snapshotId: string | null, draw: Draw): Row => {
  const language = draw.chance(0.75) ? 'zh' : 'en'
  return {
    channel: draw.pick(channels), sourceId, occurredAt: instant(at), receivedAt: instant(received), vin: car.vin, odometerKm: odometer(car, at),
    region: car.region.key, language, text: draw.pick(stream.text[language]).replace('{n}', String(draw.int(2, 80))), snapshotId, crash: false, fire: false, injuries: 0,
  }
}

const snapshot = (stream: Stream, car: Car, at: number, snapshotId: string, draw: Draw): Row => ({
  snapshotId, vin: car.vin, capturedAt: instant(at), trigger: 'voice-feedback', odometerKm: odometer(car, at), ambientC: draw.int(-15, 38),
  software: Object.fromEntries(['BMS', 'VCU', 'CDC', 'ADAS'].flatMap(module => { const version = versionAt(car, module, at); return version === null ? [] : [[module, version]] })),
  dtcs: [{ code: stream.text.dtc, failureType: null, status: 47, ecu: null }],
})

const repair = (stream: Stream, car: Car, { openedAt, closedAt, result }: Visit, repairOrderId: string, draw: Draw): Row => {
  const part = car.parts.find(one => one.component === stream.text.component)
  const isFound = result !== 'no-trouble-found'
  return {
    repairOrderId, vin: car.vin, openedAt: instant(openedAt), closedAt: instant(closedAt), odometerKm: odometer(car, openedAt),
    serviceCenter: `SC-${car.region.key}-0${1 + (car.week % 3)}`, complaint: draw.pick(stream.text.zh).replace('{n}', String(draw.int(2, 80))),
    correction: isFound ? '更换部件' : '未发现异常，试车正常', dtcs: stream.text.dtc === null ? [] : [stream.text.dtc],
    partsReplaced: !isFound || part === undefined ? [] : [{
      component: part.component, removedPartNo: part.partNo, removedLot: part.lot, installedPartNo: part.partNo, installedLot: `SP${Math.floor(closedAt / (91 * dayMs)) % 8}Z${part.supplier.at(-1)}`,
      installedSupplier: part.supplier, installedCondition: 'new',
    }],
    result,
  }
}

/** Drops what the company could not know by the cut-off. */
export const keepKnown = (world: World, rows: Row[], field: string): Row[] => rows.filter(row => Date.parse(String(row[field])) < world.cutOff)
