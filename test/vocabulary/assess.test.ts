import { describe, expect, it } from 'vitest'
import type { RecordedCode, RecordFlags } from '../../src/vocabulary/index.ts'
import { assess, linker } from './shipped-vocabulary.ts'

type Facts = { dtcs?: RecordedCode[]; flags?: RecordFlags }

const judge = (text: string, { dtcs = [], flags = {} }: Facts = {}) => assess({ links: linker.link(text), dtcs, flags })
const hazardsOf = (text: string, facts?: Facts): string[] => judge(text, facts).hazards.filter(({ nearMiss }) => !nearMiss).map(({ key }) => key)
const nearMissesOf = (text: string): string[] => judge(text).hazards.filter(({ nearMiss }) => nearMiss).map(({ key }) => key)

describe('hazards told in words', () => {
  it.each([
    ['The engine caught fire.', 'fire'],
    ['快充的时候电池温度过高', 'fire'],
    ['Fuel leak at the filter flange.', 'fire'],
    ['The vehicle lost power in the left lane.', 'loss-of-propulsion'],
    ['行驶中突然熄火', 'loss-of-propulsion'],
    ['刹车踩到底没有制动力', 'loss-of-braking'],
    ['方向盘打不动', 'loss-of-steering'],
    ['The car surged forward while I was on the brake.', 'unintended-motion'],
    ['高速上幽灵刹车', 'unintended-motion'],
    ['停在坡上溜车', 'rollaway'],
    ['The airbag light is on.', 'restraint-failure'],
    ['绝缘故障报警', 'high-voltage-exposure'],
    ['大灯不亮', 'visibility-loss'],
    ['The windshield cracked by itself.', 'visibility-loss'],
    ['行驶中引擎盖弹开', 'visibility-loss'],
    ['I rear ended the car in front of me.', 'crash-reported'],
    ['追尾了，人受伤送医院', 'injury-reported'],
  ])('%s → %s', (text, hazard) => {
    expect(hazardsOf(text)).toContain(hazard)
  })
})

it('names a part once where the symptom is named after it', () => {
  const reasons = judge('仪表提示动力电池故障').severity.reasons.join()
  expect(reasons).toContain('动力电池报警')
  expect(reasons).not.toContain('动力电池动力电池')
})

describe('what grounds no hazard', () => {
  it.each([
    ['The interior light does not come on.', 'visibility-loss'],
    ['玻璃水喷不出来', 'visibility-loss'],
    ['The parking brake will not release.', 'rollaway'],
    ['手刹松不开', 'rollaway'],
    ['The engine overheats in traffic.', 'fire'],
    ['The sunroof glass cracked.', 'visibility-loss'],
    ['There was no fire and no smoke.', 'fire'],
    ['The crash test rating is good.', 'crash-reported'],
    ['The forward collision warning system is great.', 'crash-reported'],
    ['Rain water leaks into the trunk.', 'high-voltage-exposure'],
  ])('%s is no %s', (text, hazard) => {
    expect(hazardsOf(text)).not.toContain(hazard)
  })

  it.each([
    ['刹车失灵，差点追尾', 'crash-reported'],
    ['I am worried that the battery might catch fire.', 'fire'],
    ['担心会自燃', 'fire'],
    ['The vehicle is a fire risk.', 'fire'],
    ['They say the battery can catch fire.', 'fire'],
    ['存在起火隐患', 'fire'],
  ])('%s is a near miss of %s and does not set severity 10', (text, hazard) => {
    expect(nearMissesOf(text)).toContain(hazard)
    expect(judge(text).severity.level).toBeLessThan(10)
  })
})

describe('fields and codes of the record', () => {
  it('counts flags always, whatever the words deny', () => {
    const { severity, hazards } = judge('No fire was seen.', { flags: { fire: true } })
    expect(hazards.map(({ key }) => key)).toContain('fire')
    expect(severity.level).toBe(10)
  })

  it('reads an isolation code as high-voltage exposure, unless its test did not run', () => {
    // Status 0x10 is bit 4, testNotCompletedSinceLastClear; 0x2f holds bits 0-3 and 5.
    expect(hazardsOf('车子有点问题', { dtcs: [{ code: 'P0AA6', status: 0x2f }] })).toContain('high-voltage-exposure')
    expect(hazardsOf('车子有点问题', { dtcs: [{ code: 'P0AA6', status: null }] })).toContain('high-voltage-exposure')
    expect(hazardsOf('车子有点问题', { dtcs: [{ code: 'P0AA6', status: 0x10 }] })).not.toContain('high-voltage-exposure')
  })

  it('reads water in a high-voltage connector as exposure', () => {
    expect(hazardsOf('高压连接器进水')).toContain('high-voltage-exposure')
  })
})

describe('severity', () => {
  it.each([
    ['The vehicle lost power in the left lane.', 9],
    ['The vehicle lost power without warning.', 10],
    ['The engine caught fire.', 10],
    ['车漆掉漆', 2],
    ['充不上电', 7],
    ['价格太贵了', 1],
  ])('%s → %i', (text, level) => {
    expect(judge(text).severity.level).toBe(level)
  })

  it('is not lowered by a harmless fault beside a hazard', () => {
    expect(judge('The paint peels. The brake pedal went to the floor.').severity.level).toBe(9)
  })

  it('names its grounds', () => {
    expect(judge('The engine caught fire.').severity.reasons[0]).toContain('fire')
  })
})

describe('loss of drive', () => {
  it.each(['My engine failed on the highway.', 'While driving at 60 mph the inverter failed.', '高速上电机坏了，车子走不了', '车子趴窝了'])('%s is a loss of propulsion', text => {
    expect(hazardsOf(text)).toContain('loss-of-propulsion')
    expect(judge(text).severity.level).toBeGreaterThanOrEqual(9)
  })

  it.each(['The mechanic says the engine is shot.', 'The transfer case failed again, it will cost me 6,000 dollars.', '电机坏了，等配件'])('%s is none: nobody says the car was in use', text => {
    expect(hazardsOf(text)).not.toContain('loss-of-propulsion')
    expect(judge(text).severity.level).toBe(8)
  })
})

describe('a symptom that weighs more by what is told beside it', () => {
  it.each([
    ['The sunroof exploded on the freeway.', 9],
    ['There is a crack in the sunroof.', 5],
    ['行驶中后备箱自己开了，关不上', 9],
    ['后备箱关不上', 7],
  ])('%s → %i', (text, level) => {
    expect(judge(text).severity.level).toBe(level)
  })
})

describe('reasons', () => {
  it('say a symptom that raised a hazard once, in the language of the text', () => {
    expect(judge('The engine caught fire.').severity.reasons).toEqual(['hazard fire: fire of engine'])
    expect(judge('发动机着火了，车门打不开').severity.reasons).toEqual(['危险：起火（发动机起火）', '故障现象：门锁车门打不开'])
  })

  it('name the flag or code of the record', () => {
    expect(judge('车子有点问题', { flags: { crash: true } }).severity.reasons[0]).toBe('危险：报告碰撞（记录标注：碰撞）')
    expect(judge('A light came on.', { dtcs: [{ code: 'P0AA6', status: null }] }).hazards[0]?.reason).toBe('DTC P0AA6, status unknown')
  })
})

describe('quality issue or not', () => {
  it.each(['请问保养要多少钱，周末要预约吗', '什么时候交车', 'I got a parking ticket at the charging station.', '没有异响，也没有抖动', '之前的异响已经修好了', '提车三个月，没有任何问题，底盘好评'])(
    '%s is none',
    text => {
      expect(judge(text)).toMatchObject({ qualityIssue: false, severity: { level: 1 } })
    },
  )

  it.each(['充不上电', 'It makes me sad.', '担心会自燃', 'The car just does something odd.'])('%s may be one', text => {
    expect(judge(text).qualityIssue).toBe(true)
  })

  it('stays one when a crash flag is set on words about the price', () => {
    expect(judge('价格太贵了', { flags: { crash: true } }).qualityIssue).toBe(true)
  })
})

describe('a near miss', () => {
  it.each(['The camera froze and I almost hit a pedestrian.', 'It nearly resulted in rear-end collisions.', '倒车雷达不响，差点怼上石墩子'])('%s is safety: it is what the fault can do', text => {
    expect(hazardsOf(text)).not.toContain('crash-reported')
    expect(judge(text).severity.level).toBeGreaterThanOrEqual(9)
  })

  it.each(['Almost hit 80,000 miles and the radio is silent.', 'The radio could cause an accident.'])('%s is none', text => {
    expect(judge(text).severity.level).toBeLessThan(9)
  })
})

describe('the ways owners tell what happened', () => {
  it.each([
    ['The car jumped the curb and took out a mailbox.', 'crash-reported'],
    ['The vehicle rolled into my garage door.', 'crash-reported'],
    ['It spun out and went into a ditch.', 'crash-reported'],
    ['A deer ran out and hit us.', 'crash-reported'],
    ['失控冲进绿化带', 'crash-reported'],
    ['倒车时蹭到柱子上了', 'crash-reported'],
    ['My wife was taken to the ER by EMTs.', 'injury-reported'],
    ['The seat heater burned the skin of my lower back.', 'injury-reported'],
    ['The tailgate came down on my head.', 'injury-reported'],
    ['孩子被车门夹到手指', 'injury-reported'],
    ['头撞到方向盘上，缝了五针', 'injury-reported'],
    ['The outlet was charred black.', 'fire'],
    ['The charging plug was scorched and the pins melted.', 'fire'],
    ['充电口插座烧黑了，塑料都化了', 'fire'],
    ['The pedal went rock hard, brake assist was lost.', 'loss-of-braking'],
    ['刹车助力没了，踩不动', 'loss-of-braking'],
    ['I was so scared that I quickly turned into a gas station and was hit by another vehicle.', 'crash-reported'],
    ['I was lucky that I only went into a fence.', 'crash-reported'],
    ['The jaws of life were needed.', 'crash-reported'],
    ['I was in a acident because the brakes failed.', 'crash-reported'],
    ['后面的车直接干上来了', 'crash-reported'],
    ['Driver was transported by EMS.', 'injury-reported'],
    ['The hood fell on my left wrist.', 'injury-reported'],
    ['I have been injured by the seat.', 'injury-reported'],
    ['我爸脑门缝了十二针', 'injury-reported'],
    ['Car cought on fire.', 'fire'],
    ['停在楼下自己烧了', 'fire'],
  ])('%s → %s', (text, hazard) => {
    expect(hazardsOf(text)).toContain(hazard)
  })

  it.each([
    'There was no crash, fire, or injury.',
    'No crash, injury, or fire has been reported.',
    'The software crashed twice.',
    'I hit the brakes and it squeaked.',
    'I hit the gas and it hesitated.',
    'The fire department was not needed.',
    'The dealer says the recall is for engine fires.',
    'This defect could cause a crash and serious injury.',
    'If this happens on a highway I will be rear ended.',
    "My neighbor's car caught fire.",
    'The mechanic was bleeding the brakes.',
    'Dealing with this car is a big headache.',
    'The engine burns oil.',
    'The bulb burned out.',
    'The engine spun a bearing.',
    '车机总死机，真让人头疼',
    '座椅太硬，坐久了腰疼',
    '万一在高速上出事故怎么办',
    'I could have been injured.',
    '满格的电跟沙子似的从手缝里往下漏',
    '提车第三天降两万，恶心',
    'Abnormal combustion detection of cylinder 2.',
    '刚打着火那几秒有哒哒声',
  ])('%s is no crash, injury or fire', text => {
    expect(hazardsOf(text).filter(key => ['crash-reported', 'injury-reported', 'fire'].includes(key))).toEqual([])
  })

  it('rates a wheel that comes off on the road as safety, one found loose in the workshop not', () => {
    expect(judge('The wheel fell off while driving on the highway.').severity.level).toBe(9)
    expect(judge('The shop found a loose wheel.').severity.level).toBeLessThan(9)
  })

  it('reads what did not come back as settled, and lamps that do not turn on as lamps', () => {
    expect(judge('黑屏没再犯过').qualityIssue).toBe(false)
    expect(hazardsOf('headlights do not turn on')).toEqual(['visibility-loss'])
  })

  it.each(['Inspect the battery at the next service.', '检查一下动力电池'])('%s names no fault of the battery', text => {
    expect(linker.link(text).findings.filter(({ symptom }) => symptom !== null)).toEqual([])
  })
})

describe('how sure a hazard is', () => {
  const finding = { component: null, symptom: 'stall', confidence: 0.35, span: [0, 5] as [number, number], method: 'tfidf' as const, negated: false, past: false, hypothetical: false }
  const saying = (findings: object[], doubted: object[] = []) =>
    assess({ links: { ...linker.link('sth'), findings, doubted } as never, dtcs: [], flags: {} })

  it('names a hazard of a finding that is hardly likely, below the safety levels', () => {
    const { hazards, severity } = saying([finding])
    expect(hazards.map(({ key, nearMiss }) => [key, nearMiss])).toEqual([['loss-of-propulsion', false]])
    expect(severity).toEqual({ level: 8, reasons: ['perhaps hazard loss of propulsion, the words hardly say so: stall'] })
  })

  it('is safety from nearly as likely as not on', () => {
    expect(saying([{ ...finding, confidence: 0.4 }]).severity.level).toBe(9)
  })

  it('believes one of many clauses of a story that merely sound like something only where it clearly does', () => {
    const sounds = (symptom: string, confidence: number) => ({ ...finding, symptom, confidence, method: 'tfidf' as const })
    const others = ['noise', 'vibration', 'odor', 'jerk'].map(symptom => sounds(symptom, 0.6))
    expect(saying([sounds('stall', 0.6), ...others.slice(1)]).severity.level).toBe(9)
    expect(saying([sounds('stall', 0.6), ...others]).severity.level).toBe(8)
    expect(saying([sounds('stall', 0.8), ...others]).severity.level).toBe(9)
    expect(saying([{ ...finding, confidence: 0.6, method: 'alias' }, sounds('odor', 0.9), ...others]).severity.level).toBe(9)
  })

  it('prefers a sure ground to an unsure one, and hears listed words of fire however doubted, not what merely sounds so', () => {
    expect(saying([finding, { ...finding, confidence: 0.9 }]).severity.level).toBe(9)
    expect(saying([], [{ ...finding, symptom: 'fire', confidence: 0.1, method: 'alias' }]).severity.level).toBe(10)
    expect(saying([], [{ ...finding, symptom: 'stall', confidence: 0.1, method: 'alias' }]).hazards).toEqual([])
    expect(saying([{ ...finding, symptom: 'fire' }]).severity.level).toBe(8)
  })

  it.each([
    ['Our car was stolen from the driveway with a USB cable.', 9],
    ['车停楼下被偷走了', 9],
    ['The car could easily be stolen.', 4],
    ['Somebody has the catalytic converter stolen off it.', 5],
    ['My catalytic converter was stolen.', 4],
  ])('%s → severity %s', (text, level) => {
    expect(judge(text).severity.level).toBe(level)
  })

  it.each([
    ['Heater dead, I could not defrost the windshield and saw nothing.', ['visibility-loss']],
    ['暖风坏了前挡全是雾，看不清路', ['visibility-loss']],
  ])('%s → %s', (text, expected) => {
    expect(hazardsOf(text)).toEqual(expected)
  })

  it('takes a modal inside the words of a fault as feared only', () => {
    expect(hazardsOf('I was told the airbags might not deploy.')).toEqual([])
    expect(nearMissesOf('I was told the airbags might not deploy.')).toEqual(['restraint-failure'])
  })

  it.each([
    ['六十码怼护栏上车头都没了', 'crash-reported'],
    ['车窗把我妈手指夹紫了', 'injury-reported'],
    ['人现在还躺在ICU', 'injury-reported'],
    ['Passenger thrown forward, chemical burns on her arm.', 'injury-reported'],
    ['Thick grey smoke came out of the dash, fire brigade had to be called.', 'fire'],
  ])('%s → %s', (text, hazard) => {
    expect(hazardsOf(text)).toContain(hazard)
  })

  it.each(['二缸失火，点火线圈损坏', '缓冲一点没有', '引擎盖掉漆起泡', '底盘传来金属撞击声', 'Crash notification service ended.'])(
    '%s is no crash, injury or fire',
    text => {
      expect(hazardsOf(text).filter(key => ['crash-reported', 'injury-reported', 'fire'].includes(key))).toEqual([])
    },
  )
})

describe('beside what the words alone ground', () => {
  const links = (text: string) => linker.link(text)
  const [grave, plain] = ['刹车踩到底没有制动力', '空调不制冷'].map(links) as [ReturnType<typeof links>, ReturnType<typeof links>]
  const both = (heard: typeof grave, byWords: typeof grave | null) => assess({ links: heard, byWords, dtcs: [], flags: {} })

  it('what a model heard raises severity and hazards, and lowers neither', () => {
    const alone = both(grave, null)
    expect(alone.severity.level).toBeGreaterThanOrEqual(9)
    expect(both(plain, grave)).toEqual(alone)
    expect(both(grave, plain)).toEqual(alone)
  })

  it('is told in the words of what was heard where both are as grave', () => {
    const [one, other] = [links('高速上幽灵刹车'), links('方向盘打不动')]
    const { severity, hazards } = both(one, other)
    expect(severity).toEqual(both(one, null).severity)
    expect(hazards.map(({ key }) => key)).toEqual(['unintended-motion', 'loss-of-steering'])
  })

  it('is told once, and as told where one of both only fears it', () => {
    const [feared, told] = [links('The brakes might fail.'), links('The brakes failed.')]
    expect(both(feared, null).hazards).toMatchObject([{ nearMiss: true }])
    expect(both(feared, told).hazards).toEqual(both(told, null).hazards)
    expect(both(told, feared).hazards).toEqual(both(told, null).hazards)
  })

  it('is an issue where either says so', () => {
    expect([both(links('今天天气不错，谢谢'), grave), both(grave, links('今天天气不错，谢谢'))].map(({ qualityIssue }) => qualityIssue)).toEqual([true, true])
  })
})
