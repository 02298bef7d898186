import { expect, it } from 'vitest'
import { linkedTerms, relationOf, vehicleId, mentionedDtcs, recordedDtc } from './real-path.ts'

// What string similarity misses: the same thing in other words, or in another language.
it.each([
  ['充电失败', '充不上电', 'does-not-charge'], ['充不上电', 'will not charge', 'does-not-charge'], ['充电失败', 'does not charge', 'does-not-charge'],
  ['中控屏黑屏', 'center display went black', 'screen-black'], ['中控屏黑屏', '车机屏幕死机', 'center-display'], ['车机屏幕死机', 'infotainment screen froze', 'screen-freeze'],
  ['动力丧失', 'loss of power', 'loss-of-drive'], ['失去动力', 'lost all drive', 'loss-of-drive'], ['趴窝', 'car broke down', 'loss-of-drive'],
  ['刹车异响', 'brakes squeal', 'noise-squeal'], ['刹车踏板变软', 'brake pedal goes soft', 'brake-pedal-soft'], ['方向盘沉', 'steering is heavy', 'steering-heavy'],
  ['方向跑偏', 'car pulls to one side', 'steering-pull'], ['异响', 'noise', 'noise'], ['空调不制冷', 'air conditioning does not cool', 'no-cooling'],
  ['空调不热', 'heater blows cold', 'no-heating'], ['掉电快', 'range drops fast', 'range-drop'], ['小电瓶亏电', '12V battery drained', 'low-voltage-drain'],
  ['蓄电池没电', '12 volt battery dead', 'low-voltage-battery'], ['电池包', 'traction battery', 'traction-battery'], ['动力电池', 'high voltage battery', 'traction-battery'],
  ['冒烟', 'smoke', 'smoke'], ['着火', 'fire', 'fire'], ['起火', 'caught fire', 'fire'], ['自己加速', 'unintended acceleration', 'unintended-acceleration'],
  ['幽灵刹车', 'phantom braking', 'phantom-braking'], ['雨刮不工作', 'wipers stopped working', 'wiper-failure'], ['大灯进水', 'moisture in the headlight', 'lamp-moisture'],
  ['车门打不开', 'door will not open', 'door-does-not-open'], ['车窗升不上去', 'window stuck', 'window-stuck'], ['漏水', 'water leak', 'water-ingress'],
  ['漏冷却液', 'coolant leak', 'coolant-leak'], ['倒车影像黑屏', 'backup camera image lost', 'camera-image-lost'], ['车机重启', 'screen reboots', 'screen-reboot'],
  ['升级失败', 'update failed', 'update-failure'], ['OTA失败', 'OTA update fails', 'update-failure'], ['蓝牙断连', 'bluetooth disconnects', 'connectivity-loss'],
  ['钥匙识别不到', 'key not detected', 'key-not-detected'], ['座椅加热不热', 'seat heater does not work', 'seat-heater-failure'], ['充电跳枪', 'charging stops', 'charging-stops'],
  ['电机啸叫', 'motor whine', 'noise-whine'], ['打不着火', 'will not start', 'no-start'], ['无法启动', 'does not start', 'no-start'], ['掉漆', 'paint peels', 'paint-defect'],
  ['生锈', 'rust', 'corrosion'],
])('%s and %s are both %s', (a, b, key) => {
  expect(linkedTerms(a)).toContain(key)
  expect(linkedTerms(b)).toContain(key)
})

it.each([
  ['车辆识别码写法', vehicleId('lj1eeasp0ng123456'), vehicleId('ＬＪ１ＥＥＡＳＰ０ＮＧ１２３４５６')],
  ['fault code in three spellings', mentionedDtcs('code p0aa6 shown'), mentionedDtcs('故障码 Ｐ０ＡＡ６')],
  ['fault code with its failure type', recordedDtc({ code: 'P0AA600' }), recordedDtc({ code: 'P0AA6-00' })],
])('one identifier, spelt otherwise: %s', (_, a, b) => expect(a).toBe(b))

it.each([
  ['昨晚充电充不上，中控报充电失败', 'The car will not charge since last night'],
  ['车机屏幕死机', 'infotainment screen froze'],
  ['刹车踩下去软绵绵的', 'brake pedal goes soft'],
])('one event told in two languages: %s = %s', (a, b) => expect(relationOf(a, b)).toBe('duplicate-of'))
