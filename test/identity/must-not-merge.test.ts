import { describe, expect, it } from 'vitest'
import { linkedKeys, lotId, mentionedDtcs, recordedDtc, relationOf, releaseId, vehicleId } from './real-path.ts'

// Each pair is merged or proposed by a fuzzy resolver somewhere: one letter, one digit, one side apart.

describe('ids in the graph', () => {
  it.each([
    ['LJ1EEASP0NG123456', 'LJ1EEASP0NG123457'],
    ['LJ1EEASP0NG123456', 'LJ1EEASP0NG123465'],
    ['LJ1EEASP0NG123456', 'LJ1EEASP1NG123456'],
    ['LJ1EEASP0NG1234S6', 'LJ1EEASP0NG123456'],
    ['LJ1EEASP0NG12345B', 'LJ1EEASP0NG123458'],
    ['ＬＪ１ＥＥＡＳＰ０ＮＧ１２３４５６', 'LJ1EEASP0NG123457'],
  ])('of vehicles: %s is not %s', (a, b) => expect(vehicleId(a)).not.toBe(vehicleId(b)))

  it.each([
    ['P0300', 'P0301'], ['P0420', 'P0430'], ['P0A80', 'P0A81'], ['P0AA6', 'P0AA7'], ['C0035', 'C0040'], ['B16A1', 'B16A2'], ['U0100', 'U0101'],
    ['U0100', 'P0100'], ['P33E5', 'P33E6'], ['Ｐ０３００', 'P0301'],
  ])('of fault codes said: %s is not %s', (a, b) => {
    expect(mentionedDtcs(`仪表报故障码 ${a}`)).not.toBe('')
    expect(mentionedDtcs(`仪表报故障码 ${a}`)).not.toBe(mentionedDtcs(`仪表报故障码 ${b}`))
  })

  it.each([
    [{ code: 'P0A80', failureType: '00' }, { code: 'P0A81', failureType: '00' }],
    [{ code: 'P0A80', failureType: '00' }, { code: 'P0A80', failureType: '01' }],
    [{ code: 'P0A80', failureType: '1A' }, { code: 'P0A80', failureType: 'A1' }],
    [{ code: 'P0A80' }, { code: 'P0A80', failureType: '00' }],
  ])('of fault codes recorded: %j is not %j', (a, b) => expect(recordedDtc(a)).not.toBe(recordedDtc(b)))

  it.each([
    [['BAT-100', '2024-03-A'], ['BAT-100', '2024-03-B']],
    [['BAT-100', '22W10'], ['BAT-100', '22W11']],
    [['BAT-100', '22W01'], ['BAT-100', '22W10']],
    [['BAT-100', 'l1'], ['BAT-100', 'L1']],
    [['BAT-100', 'O1'], ['BAT-100', '01']],
    [['BAT-100', '２２Ｗ１０'], ['BAT-100', '22W11']],
    [['BAT-100', 'A/1'], ['BAT-100', 'A%2F1']],
    [['BAT-100/A', '1'], ['BAT-100', 'A/1']],
    [['BAT-100-A', '22W10'], ['BAT-100-B', '22W10']],
    [['BMS-A1024', '22W10'], ['BMS-A1042', '22W10']],
    [['8P0-615-301', '1'], ['8P0-615-302', '1']],
    [['动力电池包', '一批'], ['动力电池包', '二批']],
    [['动力电池包', '一批'], ['前电机', '一批']],
  ])('of lots: %j is not %j', ([partA, lotA], [partB, lotB]) => expect(lotId(partA!, lotA!)).not.toBe(lotId(partB!, lotB!)))

  it.each([
    [['BMS', '3.1.4'], ['BMS', '3.1.5']],
    [['BMS', '3.1'], ['BMS', '3.10']],
    [['BMS', '3.1.4'], ['BMS', '3.14']],
    [['BMS', '4.0.0'], ['BMS', '4.0.0-rc1']],
    [['BMS', '3.1.4'], ['VCU', '3.1.4']],
    [['BMS1', '3.1.4'], ['BMS', '13.1.4']],
    [['BMS', '３.１.４'], ['BMS', '3.1.5']],
  ])('of releases: %j is not %j', ([moduleA, a], [moduleB, b]) => expect(releaseId(moduleA!, a!)).not.toBe(releaseId(moduleB!, b!)))
})

it.each([
  ['12V battery', 'HV battery'],
  ['12V蓄电池', '动力电池'],
  ['battery', 'battery overheating'],
  ['电池', '电池过热'],
  ['ES8 2023 动力电池包', 'ES8 2023 前电机'],
  ['中控屏黑屏', '车机屏幕死机'],
  ['刹车异响', '刹车失灵'],
  ['空调不制冷', '空调不制热'],
  ['车门打不开', '车门关不上'],
  ['热泵压缩机异响', '电子水泵异响'],
])('keys of words: %s is not %s', (a, b) => expect(linkedKeys(a)).not.toEqual(linkedKeys(b)))

describe('reports of one car on one day', () => {
  it.each([
    ['左前刹车卡钳拖滞', '右前刹车卡钳拖滞'],
    ['The left front brake caliper drags', 'The right front brake caliper drags'],
    ['前电机啸叫', '后电机啸叫'],
    ['front motor whines under load', 'rear motor whines under load'],
    ['左前轮异响', 'Rear wheels make a noise on the right'],
    ['ET5 NT2.0 左前轮异响', 'ET5 NT2.0 右后轮异响'],
    ['第二排座椅卡住', '第三排座椅卡住'],
    ['second row seat stuck', 'third row seat stuck'],
    ['主驾车窗升不上去', '副驾车窗升不上去'],
    ["driver's window stuck", 'passenger window stuck'],
    ['左后视镜不折叠', '右后视镜不折叠'],
    ['前刹车盘抖动', '后刹车盘抖动'],
    ['前雨刮不工作', '后雨刮不工作'],
    ['左大灯进水', 'right headlight condensation inside'],
    ['左后门打不开', '右后门打不开'],
    ['Front left tire loses air', 'Rear left tire loses air'],
    ['前排安全带卡扣坏了', '后排安全带卡扣坏了'],
    ['12V蓄电池没电了', '动力电池没电了'],
    ['中控屏突然黑屏，重启两次才恢复，一周出现两回', '仪表屏突然黑屏，重启两次才恢复，一周出现两回'],
    ['散热器渗漏冷却液', '电池水冷板渗漏冷却液'],
  ])('%s is not %s', (a, b) => expect(relationOf(a, b)).toBe('apart'))

  it('are no duplicates where codes or versions differ, but may be one problem', () => {
    expect(relationOf('升级到 3.1.4 以后车机黑屏', '升级到 3.1.5 以后车机黑屏')).toBe('same-issue')
    expect(relationOf('报故障码 P0300，发动机抖动', '报故障码 P0301，发动机抖动')).not.toBe('duplicate-of')
  })

  it('are never one for two known cars, word for word the same', () => {
    const text = '充电到一半就停了，仪表提示动力电池故障，请尽快处理'
    expect(relationOf(text, text)).toBe('duplicate-of')
    expect(relationOf(text, text, { sameCar: false })).not.toBe('duplicate-of')
    expect(relationOf(text, text, { sameCar: false })).not.toBe('same-issue')
  })
})
