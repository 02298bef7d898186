import { expect, it } from 'vitest'
import { createPrepareAnalysis } from '../../../src/workflow/root-causes/prepare-analysis.ts'

const prepare = createPrepareAnalysis({
  vocabulary: { components: new Map([['brake-system', {}]]), symptoms: new Map(), resolveComponent: name => (name === 'brake-system' ? name : null), resolveSymptom: () => null, isWithin: (key, root) => key === root },
  link: text => ({ findings: text.includes('brake') ? [{ component: 'brake-system', symptom: null, confidence: 0.9, span: [0, 5], method: 'alias', negated: false, past: false, hypothetical: false }] : [] }),
  redact: text => text.replace('13812345678', '[phone]'),
  issueClass: () => Promise.resolve(null),
  vehicleOfVin: vin => Promise.resolve(vin === 'LJ1EEAUU0N7700001' ? { make: 'NIO', model: 'ES8', modelYear: 2022 } : null),
  now: () => new Date('2023-01-09T06:13:00Z'),
})

it('keeps neither telephone number nor VIN, but what the VIN tells of the car', async () => {
  const kept = await prepare({ subject: { text: 'brake fails, call 13812345678', vehicle: { vin: 'LJ1EEAUU0N7700001' } }, asOf: '2023-01-09' })
  expect(kept).toEqual({ subject: { text: 'brake fails, call [phone]', vehicle: { model: 'ES8', modelYear: 2022 } }, asOf: '2023-01-09' })
  expect(await prepare({ subject: { text: 'brake fails', vehicle: { vin: 'LJ1EEAUU0N7700002' } } })).toEqual({ subject: { text: 'brake fails' } })
})

it('refuses at once what no work would help', async () => {
  await expect(prepare({ subject: { text: 'nothing known' } })).rejects.toMatchObject({ code: 'FB_NO_SUBJECT' })
  await expect(prepare({ subject: { component: 'flux capacitor' } })).rejects.toMatchObject({ code: 'FB_NO_SUBJECT' })
  await expect(prepare({ subject: { issueId: 'ISS-none' } })).rejects.toMatchObject({ code: 'FB_NOT_FOUND' })
  await expect(prepare({ subject: { text: 'brake fails' }, asOf: '2024-01-01' })).rejects.toMatchObject({ code: 'FB_INVALID' })
})
