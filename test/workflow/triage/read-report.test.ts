import { describe, expect, it } from 'vitest'
import { createTriageRules } from '../../../src/workflow/triage/triage-rules.ts'
import { readTriageRuleFiles } from '../../../src/vocabulary-files.ts'
import { vocabulary } from '../../vocabulary/shipped-vocabulary.ts'
import type { TextVector } from '../../../src/vocabulary/index.ts'
import { readReport } from '../../../src/workflow/triage/read-report.ts'
import { read, readers, subjectOf } from './reading.ts'

describe('the boundary of a quality issue', () => {
  it.each([
    ['充电到一半就停了，仪表提示动力电池故障', 'symptom'],
    ['服务态度太差了，刹车异响修了三次都没修好', 'symptom'],
    ['The service advisor was rude and the screen still goes black.', 'symptom'],
    ['How do I reset the screen? It goes black every morning.', 'symptom'],
  ])('keeps a told fault, whatever else is said: %s', (text, rule) => {
    expect(read(text).boundary).toMatchObject({ qualityIssue: true, rule })
  })

  it.each([
    ['请问交付时间能提前吗', 'delivery', 'sales-delivery'],
    ['客服态度很差，打了三次电话没人接', 'service', 'after-sales-service'],
    ['How do I turn on the seat heater?', 'how-to', 'customer-relations'],
    ['Please add Android Auto support.', 'request', 'product-planning'],
    ['积分没到账，怎么兑换优惠券', 'app-account', 'digital-services'],
    ['充电桩坏了，换一个桩就好了', 'charging-network', 'energy-services'],
    ['保险到期了，续保多少钱', 'insurance', 'finance-insurance'],
  ])('sends what tells no fault by its topic: %s', (text, topic, department) => {
    const { boundary, department: to, assessment } = read(text)
    expect(boundary).toMatchObject({ qualityIssue: false, topic: { key: topic } })
    expect(to.key).toBe(department)
    expect(assessment.severity.level).toBe(1)
    expect(assessment.hazards.filter(({ nearMiss }) => !nearMiss)).toEqual([])
  })

  it('is a quality issue by a flag or a fault code alone', () => {
    expect(read('请问一下', { flags: { crash: true, fire: null, injuries: null, sos: null } }).boundary).toMatchObject({ qualityIssue: true, rule: 'flag' })
    expect(read('请问一下', { recordedDtcs: [{ code: 'P0AA6', failureType: '00', status: 47 }] }).boundary).toMatchObject({ qualityIssue: true, rule: 'dtc' })
    // Bit 4: the test has not run since the last clear, so the code says nothing.
    expect(read('请问多少钱', { recordedDtcs: [{ code: 'P0AA6', failureType: '00', status: 16 }] }).boundary.qualityIssue).toBe(false)
  })

  it('is in doubt a quality issue', () => {
    expect(read('嗯嗯那个').boundary).toMatchObject({ qualityIssue: true, rule: 'in-doubt' })
  })

  it('tells its reason in the language of the report', () => {
    expect(read('请问交付时间能提前吗').boundary.reason).toBe('仅涉及订单与交付')
    expect(read('When will my order be delivered?').boundary.reason).toBe('only order and delivery')
  })
})

describe('routing', () => {
  it.each([
    ['The traction battery stops charging halfway.', 'power-management', 'component traction-battery'],
    ['Grinding noise from the brake pads', 'chassis', 'component brake-pad'],
    ['The central screen went black', 'digital-cockpit', 'component center-display'],
  ])('goes by component: %s', (text, key, reason) => {
    expect(read(text).department).toMatchObject({ key, reason })
  })

  it('goes by the gravest finding before the first', () => {
    // A dead radio is level 3, a brake pedal that sinks 9.
    expect(read('The radio has no sound. The brake pedal goes soft and sinks to the floor.').department.key).toBe('chassis')
  })

  it('goes by fault code where the words name nothing', () => {
    expect(read('Code P0AA6 on the reader').department).toMatchObject({ key: 'power-management' })
  })

  it('falls back to a person', () => {
    expect(read('嗯嗯那个').department).toMatchObject({ key: 'market-quality', name: { en: 'Market quality (not yet assigned)' } })
  })
})

describe('a report in which a model hears nothing grave', () => {
  const { symptoms, components } = vocabulary.files.calibration.labels!
  const hearing = (told: string, issue: number): TextVector => ({
    modelId: 'any', embedding: new Float32Array(), labels: Float32Array.from([...symptoms, ...components, 'issue'], key => (key === 'issue' ? issue : key === told ? 0.97 : 0.003)),
  })
  const text = 'WHILE THE VEHICLE WAS IN MOTION THE TRUNK POPPED OPEN ON ITS OWN'

  it('is as severe as its words', () => {
    const [byWords, heard] = [read(text), readReport(readers, subjectOf(text), hearing('other-symptom', 0.9))]
    expect(byWords.assessment.severity.level).toBe(9)
    expect(heard.assessment.severity).toEqual(byWords.assessment.severity)
    expect(heard.assessment.hazards).toEqual(expect.arrayContaining(byWords.assessment.hazards))
  })

  it('is no other matter, however little like an issue it sounds', () => {
    expect(readReport(readers, subjectOf(text), hearing('other-symptom', 0.01)).boundary.qualityIssue).toBe(true)
  })
})

describe('the rule files', () => {
  it('name only what the vocabulary has', () => {
    const files = readTriageRuleFiles()
    const departments = { ...(files.departments as Record<string, unknown>), byComponent: { 'flux-capacitor': 'chassis' } }
    expect(() => createTriageRules({ ...files, departments }, vocabulary)).toThrow(expect.objectContaining({ code: 'FB_VOCABULARY_INVALID' }) as Error)
  })

  it('are refused with the place of the fault', () => {
    const files = readTriageRuleFiles()
    const sentiment = { ...(files.sentiment as Record<string, unknown>), normaliser: -1 }
    expect(() => createTriageRules({ ...files, sentiment }, vocabulary)).toThrow(/triage\/sentiment\.json normaliser/)
  })

  it('route every system of the vocabulary', () => {
    const { byComponent } = readTriageRuleFiles().departments as { byComponent: Record<string, string> }
    const unrouted = [...vocabulary.components.keys()].filter(key => key !== 'unclassified' && ![key, ...vocabulary.ancestorsOf(key)].some(name => name in byComponent))
    expect(unrouted).toEqual([])
  })
})
