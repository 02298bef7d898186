import { describe, expect, it } from 'vitest'
import { assess, linker } from './shipped-vocabulary.ts'

const judge = (text: string) => assess({ links: linker.link(text), dtcs: [], flags: {} })
const hazardsOf = (text: string): string[] => judge(text).hazards.filter(({ nearMiss }) => !nearMiss).map(({ key }) => key)
const events = ['crash-reported', 'injury-reported', 'fire']

describe('a car taken without its key', () => {
  it.each([
    'My 2019 was stolen last night from in front of my house.',
    'Attempted auto theft, back window smashed.',
    'Kia challenge victim, ignition is destroyed.',
    'I came outside and my car was gone, glass on the ground.',
    'They peeled the column and took the car for a joy ride.',
    '昨晚车在小区被人偷走了',
  ])('%s is 9', text => {
    expect(judge(text).severity.level).toBe(9)
  })

  it.each(['I am afraid it will be stolen.', 'The software update should prevent theft.', 'My purse was stolen.', 'The theft light stays on.'])('%s is not', text => {
    expect(judge(text).severity.level).toBeLessThan(9)
  })
})

describe('crash, in further words of owners', () => {
  it.each([
    'Lane keep assist yanked the wheel and put me in the guardrail.',
    'I had to steer into the guard rail to stop.',
    'Scraped the whole side on a pillar.',
    'Hit a raccoon and the cooling fan broke.',
    'The vehicle was deemed destroyed.',
    'car crashd in to wall',
    'The car was found wrapped around a tree.',
    'The front bumper got torn off in the crash.',
    '倒车影像黑屏，倒到石墩上去了',
    '半轴断了，车冲到对面车道',
    '下坡没刹车，最后拿车蹭着山体停下来',
  ])('%s', text => {
    expect(hazardsOf(text)).toContain('crash-reported')
  })

  it.each([
    'The repair cost crashed my budget.',
    'It beeps at crash barriers.',
    'In a crash the anchor would break.',
    'The failure also impacted the electrical system.',
    'Car would not accelerate coming down the bridge.',
    '撞了邪了，车机又崩了',
    '万一真撞了气囊开不开',
    '前面空空的，它嘀嘀嘀嘀让我注意碰撞',
    '起步的时候中间咣一下',
    '收油就闯一下，跟追尾了似的',
  ])('%s is none', text => {
    expect(hazardsOf(text)).not.toContain('crash-reported')
  })
})

describe('injury, in further words of owners', () => {
  it.each([
    'The tailgate came down on top of me.',
    'The sudden stop threw my passenger into the dash.',
    'The fumes made my kids throw up.',
    'She did not survive.',
    'My son fell out of the car.',
    'I lost my pinky.',
    'The seat belt was strangling my child.',
    'i got hurted and went to hopsital',
    '防冻液烫着我手背一串泡',
    '胸口撞方向盘上断了两根肋骨',
    '现在打着石膏打字',
  ])('%s', text => {
    expect(hazardsOf(text)).toContain('injury-reported')
  })

  it.each(['Crown wheel teeth broken.', 'The low battery makes it throw up codes.', 'The emergency services button is dead.', '左前轮胎鼓了个包', '割韭菜割到老客户头上'])('%s is none', text => {
    expect(hazardsOf(text)).not.toContain('injury-reported')
  })
})

describe('fire of another car, or only spoken of', () => {
  it.each([
    'Other Kia Seltos models have caught fire.',
    'The letter states that an engine compartment fire can happen.',
    'In case your car is on fire you are trapped.',
    'It fires right up every morning.',
    '新闻里自燃的那台不是我的',
    '点火线圈断路，一缸断续失火',
  ])('%s is no fire', text => {
    expect(hazardsOf(text)).not.toContain('fire')
  })

  it.each(['After the recall my car caught fire.', 'The fire department put it out.', 'My Kia caught fire.'])('%s is one', text => {
    expect(hazardsOf(text)).toContain('fire')
  })

  it('leaves crash, injury and fire out where nothing happened', () => {
    expect(hazardsOf('I hit the brakes, I hit the gas, and the infotainment crashed.').filter(key => events.includes(key))).toEqual([])
  })
})

describe('control of the car', () => {
  it.each(['I lost control of the car on the highway.', 'The back end began to fishtail.', '车辆失控'])('%s → lost is 9', text => {
    expect(judge(text).severity.level).toBe(9)
  })

  it('is 9 where a car nearly ran somebody over', () => {
    expect(judge('The car nearly ran me over.').severity.level).toBe(9)
  })

  it.each(['I lost climate control.', 'I almost lost control of my temper, the repair cost is out of control.', '电池热失控预警测试'])('%s → is not', text => {
    expect(judge(text).severity.reasons.join()).not.toMatch(/control of the car was lost|车辆失控/)
  })
})

describe('a stall where the car stands, and power that is only less', () => {
  it.each([
    ['The engine stalls in my driveway.', 8],
    ['It stalls when I start it, then restarts.', 8],
    ['The engine stalls.', 9],
    ['It stalls when I start it. Yesterday it stalled on the highway.', 9],
    ['The engine stalls in the parking lot and while driving.', 9],
    ['早上启动就熄火', 8],
    ['高速上突然熄火', 10],
  ])('%s → %i', (text, level) => {
    expect(judge(text).severity.level).toBe(level)
  })

  it('takes a car that does not go past a speed as one with less power', () => {
    expect(hazardsOf('While driving the car would not accelerate past 50 mph.')).not.toContain('loss-of-propulsion')
    expect(hazardsOf('While driving the car would not accelerate at all.')).toContain('loss-of-propulsion')
  })
})
