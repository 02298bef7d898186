import { describe, expect, it } from 'vitest'
import { read } from './reading.ts'

const code = (of: string, status: number | null = 0x2f) => ({ recordedDtcs: [{ code: of, failureType: null, status }] })
const text = 'The 12V battery is dead again, the car will not start.'

describe('the wrong component named by the owner', () => {
  it('is set right by a fault code, with the reason, and kept as it was said', () => {
    const report = read(text, code('P0AA6'))
    expect(report.filedUnder?.component).toBe('traction-battery')
    expect(report.links.components[0]).toMatchObject({ key: 'traction-battery', method: 'dtc' })
    expect(report.links.components[0]?.reason).toContain('P0AA6')
    expect(report.links.components.map(({ key }) => key)).toContain('low-voltage-battery')
    expect(report.links.findings.map(({ component }) => component)).toContain('low-voltage-battery')
  })

  it('tells the reason in the language of the report', () => {
    const { links } = read('小电瓶又没电了，车辆无法启动', code('P0AA6'))
    expect(links.components[0]?.reason).toMatch(/^故障码P0AA6指向/)
  })

  it.each([
    ['a code that bears the owner out', 'P0562', 0x2f],
    ['a code that was not tested since the last clear', 'P0AA6', 0x10],
    ['no code of any part', 'U3FFF', 0x2f],
  ])('stays with %s', (_, dtc, status) => {
    expect(read(text, code(dtc, status)).filedUnder?.component).toBe('low-voltage-battery')
  })
})
