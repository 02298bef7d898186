import { describe, expect, it } from 'vitest'
import type { Finding } from '../../../src/domain/finding.ts'
import { nearestKeys } from '../../../src/workflow/root-causes/nearest-keys.ts'
import { expandClass, resolveSubject } from '../../../src/workflow/root-causes/subject-class.ts'
import { vocabulary } from './ranked-double.ts'

const finding = (component: string | null, symptom: string | null, given: Partial<Finding> = {}): Finding => ({
  component, symptom, confidence: 0.9, span: [0, 4], method: 'alias', negated: false, past: false, hypothetical: false, ...given,
})
const dependencies = (findings: Finding[] = []) => ({
  vocabulary, link: () => ({ findings }), redact: (text: string) => text.replace('LJ1', '[VIN]'),
  issueClass: (id: string) => Promise.resolve(id === 'ISS-1' ? { component: 'inverter', symptom: null } : id === 'ISS-2' ? { component: null, symptom: null } : null),
})

describe('resolveSubject', () => {
  it('takes keys and names, and any for a side that is not named', async () => {
    expect(await resolveSubject({ component: 'Traction battery', symptom: '充电中断' }, dependencies())).toMatchObject({ component: 'traction-battery', symptom: 'charging-stops' })
    expect(await resolveSubject({ symptom: 'fire' }, dependencies())).toMatchObject({ component: null, symptom: 'fire' })
    expect(await resolveSubject({ component: 'unclassified:flap' }, dependencies())).toMatchObject({ component: 'unclassified:flap' })
  })

  it('names the nearest keys for a name it does not know', async () => {
    await expect(resolveSubject({ component: 'traktion-batery' }, dependencies())).rejects.toMatchObject({
      code: 'FB_NO_SUBJECT', details: { nearest: expect.arrayContaining(['traction-battery']) as unknown },
    })
  })

  it('takes the class of an issue', async () => {
    expect(await resolveSubject({ issueId: 'ISS-1' }, dependencies())).toMatchObject({ component: 'inverter', symptom: null, issueId: 'ISS-1' })
    await expect(resolveSubject({ issueId: 'ISS-2' }, dependencies())).rejects.toMatchObject({ code: 'FB_NO_SUBJECT' })
    await expect(resolveSubject({ issueId: 'ISS-3' }, dependencies())).rejects.toMatchObject({ code: 'FB_NOT_FOUND' })
  })

  it('links a redacted text, takes the surest finding with both sides, and names the others', async () => {
    const findings = [finding('wiper', null, { confidence: 0.97 }), finding('inverter', 'power-reduced', { confidence: 0.8 }), finding('reducer', 'noise-whine', { negated: true })]
    expect(await resolveSubject({ text: 'LJ1 …' }, dependencies(findings))).toEqual({
      component: 'inverter', symptom: 'power-reduced', issueId: null, text: '[VIN] …', others: [{ component: 'wiper', symptom: null }],
    })
  })

  it.each([[[]], [[finding(null, 'not-a-quality-issue')]], [[finding('wiper', 'noise', { past: true })]]])('finds no subject in %j', async findings => {
    await expect(resolveSubject({ text: 'hello' }, dependencies(findings))).rejects.toMatchObject({ code: 'FB_NO_SUBJECT' })
  })
})

it('lets a parent stand for its children, and null for any', () => {
  const { components, symptoms } = expandClass({ component: 'traction-battery', symptom: null }, vocabulary)
  expect(components).toEqual(expect.arrayContaining(['traction-battery', 'battery-module', 'high-voltage-connector']))
  expect(components).not.toContain('inverter')
  expect(symptoms).toBe(null)
  expect(expandClass({ component: 'unclassified:flap', symptom: 'noise' }, vocabulary)).toMatchObject({ components: ['unclassified:flap'], symptoms: expect.arrayContaining(['noise', 'noise-whine']) as unknown })
})

it('orders keys by shared letter pairs', () => {
  // "inverter" against "invertor": 9 pairs each with the blanks at the ends, 6 shared: " i in nv ve er rt"; Dice 12/18.
  expect(nearestKeys('invertor', ['reducer', 'inverter', 'drive-motor'], 2)).toEqual(['inverter', 'drive-motor'])
})
