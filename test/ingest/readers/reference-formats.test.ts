import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { readDtcDictionary } from '../../../src/ingest/readers/dtc-dictionary.ts'
import { readImportTables } from '../../../src/ingest/readers/import-tables.ts'
import { ontologyComponent, readObdOntology } from '../../../src/ingest/readers/obd-ontology.ts'
import { readObdbSignals } from '../../../src/ingest/readers/obdb-signals.ts'
import { readObdbSnapshots } from '../../../src/ingest/readers/obdb-snapshots.ts'
import { createQuantileSample } from '../../../src/ingest/readers/quantile-sample.ts'
import { readReference } from '../../../src/ingest/readers/read-records.ts'
import { projectRoot } from '../../../src/project-root.ts'
import { collect, linesOf } from './source-texts.ts'

const tables = readImportTables()
const chunks = async function* (text: string) {
  yield await Promise.resolve(Buffer.from(text))
}

describe('dtc-dictionary', () => {
  it('makes definitions by code and maker', async () => {
    const header = 'code,manufacturer,description,type,locale,is_generic,source_file'
    const rows = await collect(readDtcDictionary(linesOf(`${header}\np0aa6,GENERIC,"Isolation fault, high voltage",P,en,1,x\nP1106,Acura,BARO Circuit,P,en,0,x\nXX,KIA,?,P,en,0,x`)))
    expect(rows).toMatchObject([
      { rowKind: 'dtc-definitions', row: { code: 'P0AA6', maker: 'GENERIC', meaning: 'Isolation fault, high voltage', language: 'en' } },
      { row: { code: 'P1106', maker: 'ACURA' } },
      { kind: 'refused', line: 4, errors: [{ path: 'code' }] },
    ])
  })

  it('refuses a file without the columns', async () => {
    await expect(collect(readDtcDictionary(linesOf('code,text\nP0AA6,x')))).rejects.toMatchObject({ code: 'FB_IMPORT_FORMAT' })
  })
})

describe('obd-ontology', () => {
  it('ranks the suspects of a code by the order of the ontology, one for each key', async () => {
    const rows = await collect(readReference(join(projectRoot, 'fixtures/readers/obd-ontology.nt'), { format: 'obd-ontology', kind: null }, { tables }))
    const suspects = rows.map(item => (item.kind === 'row' && item.rowKind === 'dtc-suspects' ? [item.row.code, item.row.component, item.row.rank] : item))
    // P0234: priorities 0–12 bypass valve, waste gate and turbocharger; 13–20 charge air and intake pressure; 21 engine control unit; 22–23 exhaust.
    expect(suspects).toEqual([
      ['P0234', 'turbocharger', 1], ['P0234', 'engine', 2], ['P0234', 'engine-control-unit', 3], ['P0234', 'exhaust-system', 4], ['P0480', 'radiator', 1],
    ])
  })

  it.each([
    ['Zündspule, Einzelfunke, Einzelzündung, Zylinder 9', 'ignition-coil'],
    ['Einspritzventil, Benzin Saugrohreinspritzung, Zylinder 3', 'fuel-injector'],
    ['Pumpe 1, Kraftstoff, Analog', 'fuel-pump'],
    ['Pumpe, Kühlmittel, Ladeluftkühlung', 'coolant-pump'],
    ['Relais, Pumpe, Kraftstoff', 'Relais, Pumpe, Kraftstoff'],
    ['Verbrennungsaussetzer, undefiniert', 'Verbrennungsaussetzer, undefiniert'],
  ])('%s: %s', (name, component) => {
    expect(ontologyComponent(name, tables.ontologyComponents)).toBe(component)
  })

  it('refuses a line that is no triple and reads escaped letters', async () => {
    const o = '<http://x#'
    const text = [
      `${o}d> ${o}code> "P0301" .`, `${o}d> ${o}hasAssociation> ${o}a> .`, `${o}a> ${o}pointsTo> ${o}c> .`, `${o}c> ${o}component_name> "Z\\u00FCndspule"@de .`, 'nonsense',
    ].join('\n')
    expect(await collect(readObdOntology(linesOf(text), tables))).toMatchObject([
      { kind: 'refused', line: 5, errors: [{ message: 'not a triple' }] }, { row: { code: 'P0301', component: 'ignition-coil', rank: 1 } },
    ])
  })
})

describe('obdb', () => {
  it('makes one range for each make, model and signal; words and switches have none', async () => {
    const answer = (values: object) => JSON.stringify({ make: 'KIA', model: 'EV6', modelYear: 2022, values })
    const rows = await collect(readObdbSnapshots(linesOf([answer({ V: 10, GEAR: 'P' }), answer({ V: 20, ON: true }), '{"make":1}', 'x'].join('\n'))))
    expect(rows).toMatchObject([
      { kind: 'refused', line: 3 }, { kind: 'refused', line: 4 },
      // Two values: p01 = 10 + 0.01 × 10.
      { rowKind: 'signal-ranges', row: { make: 'KIA', model: 'EV6', name: 'V', seen: 2, lowest: 10, p01: 10.1, p50: 15, p99: 19.9, highest: 20 } },
    ])
  })

  it('makes the signal dictionary', async () => {
    const text = '{"V":{"make":"KIA","model":"EV6","name":"Voltage","path":"Battery","unit":"volts","min":null,"max":25.5},"BAD":{"make":"KIA"}}'
    expect(await collect(readObdbSignals(chunks(text)))).toMatchObject([
      { rowKind: 'signal-definitions', row: { make: 'KIA', model: 'EV6', name: 'V', label: 'Voltage', unit: 'volts', min: null, max: 25.5 } },
      { kind: 'refused', errors: [{ path: 'model', message: 'is required' }] },
    ])
    await expect(collect(readObdbSignals(chunks('[1,')))).rejects.toMatchObject({ code: 'FB_IMPORT_FORMAT' })
  })
})

describe('createQuantileSample', () => {
  it('is exact up to its capacity', () => {
    const sample = createQuantileSample()
    for (let value = 100; value >= 0; value--) sample.add(value)
    expect(sample.summary()).toEqual({ seen: 101, lowest: 0, p01: 1, p50: 50, p99: 99, highest: 100 })
  })

  it('stays close beyond it, with exact ends, and the same for the same stream', () => {
    const run = () => {
      const sample = createQuantileSample({ capacity: 4_096, seed: 7 })
      // 7,919 is a prime: every value of 0…99,999 comes once, in no order.
      for (let index = 0; index < 100_000; index++) sample.add((index * 7_919) % 100_000)
      return sample.summary()
    }
    const summary = run()
    expect(summary).toMatchObject({ seen: 100_000, lowest: 0, highest: 99_999 })
    // Five standard errors of a rank: 5 × √(0.01·0.99/4,096) = 0.8 %; of the median 5 × √(0.25/4,096) = 3.9 %.
    expect(Math.abs(summary.p01 - 1_000)).toBeLessThan(800)
    expect(Math.abs(summary.p99 - 99_000)).toBeLessThan(800)
    expect(Math.abs(summary.p50 - 50_000)).toBeLessThan(3_900)
    expect(run()).toEqual(summary)
  })
})

describe('import tables', () => {
  it('name only components of the core vocabulary', () => {
    // The keys are part of the import contract and are never renamed.
    const core = new Set(coreComponents.split(/\s+/))
    const named = [...Object.values(tables.nhtsaComponents), ...tables.ontologyComponents.rules.map(rule => rule.component)]
    expect(named.filter(key => !core.has(key))).toEqual([])
  })
})

const coreComponents = `electric-powertrain traction-battery battery-module battery-management-system battery-cooling-plate battery-junction-box
high-voltage-connector drive-motor inverter reducer onboard-charger dc-dc-converter integrated-charging-unit charge-port vehicle-control-unit low-voltage-supply
low-voltage-battery alternator wiring-harness fuse-box ground-point combustion-powertrain engine fuel-pump fuel-injector ignition-coil turbocharger
engine-control-unit fuel-tank exhaust-system transmission transmission-control-unit clutch driveline half-shaft propeller-shaft differential brakes brake-booster
brake-caliper brake-disc brake-pad brake-hose stability-control-module parking-brake steering steering-rack steering-column power-steering-motor suspension
air-spring damper control-arm ball-joint wheel-bearing wheels tire rim tire-pressure-sensor thermal air-conditioning-compressor heat-pump ptc-heater coolant-pump
radiator coolant-hose cabin-blower body body-structure bumper sliding-door door-latch door-handle window-regulator windshield sunroof tailgate hood-latch wiper
washer mirror glovebox trim-panel paint seats-restraints seat-frame seat-heater seat-belt airbag airbag-control-unit occupant-sensor lighting headlamp tail-lamp
interior-light infotainment center-display instrument-cluster head-up-display telematics-unit audio-system voice-assistant wireless-charger driver-assistance
front-camera surround-camera front-radar corner-radar lidar ultrasonic-sensor driver-assistance-controller body-electronics body-control-module gateway-module
keyless-entry horn parking-lock`
