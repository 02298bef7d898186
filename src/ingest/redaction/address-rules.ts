import { patternRule, type PersonalSpan, type RedactionRule } from './rule.ts'

const h = String.raw`\p{Script=Han}`
const digits = String.raw`[\d一二三四五六七八九十百零]{1,5}`
const inHouse = String.raw`(?:\s?-?\s?(?:\d{1,5}|[A-Z])\s?(?:(?:号楼|號樓|栋|棟|幢|座|单元|單元)(?:\s?\d{3,4}(?!\d|\s?(?:公里|km|元|年|个|次)))?|弄|层|層|楼|樓|室|号|號|户)|-\d{1,5}(?:-\d{1,5}){0,2}室?)`
// 3号线, 3号出口, 3号晚上: a metro line, an exit, a day of the month.
const noDay = String.raw`(?!线|線|口|出口|门|門|车|車|桩|樁|桥|橋|上午|下午|晚|早|中午|那天|当天|當天|左右|开始|開始|凌晨|继电|繼電|插头|保险|服务区|匝道|高速)`
const road = String.raw`(?:路|街|大道|大街|巷|胡同|弄|里|道)`

const streetAndNumber = new RegExp(`${h}{1,30}?${road}\\s?(?:${digits})\\s?(?:弄|号院?|號)${noDay}${inHouse}{0,4}`, 'gu')
const estateAndHouse = new RegExp(
  `${h}{1,20}?(?:小区|小區|花园|花園|公寓|家园|家園|新村|大厦|大廈|苑|社区|府)\\s?(?:[东西南北]?[一二三四五六七八九十]?[期区])?\\s?(?:\\d{1,4}|[A-Z])\\s?(?:号楼|號樓|栋|棟|幢|座|单元|單元|号|號)${noDay}${inHouse}{0,4}`,
  'gu',
)
const houseAndFlat = new RegExp(`\\d{1,4}\\s?(?:号楼|號樓|栋|棟|幢|座)\\s?(?:\\d{1,3}\\s?(?:单元|單元))?\\s?\\d{2,4}\\s?(?:室|号房|號房|户)`, 'gu')
const announcedAddress = new RegExp(
  `(?:家庭地址|住址|收货地址|联系地址|通讯地址|家庭住址|取车地址|送车地址|地址|家住|我住在|住在)\\s*(?:是|为|為|在)?\\s*[:=]?\\s*(?<value>(?=[^,.。;!?\\n\\uE000]{0,40}?(?:省|市|区|區|县|縣|镇|鎮|乡|鄉|街道|路|街|巷|弄|小区|小區|花园|公寓|村))[^,.。;!?\\n\\uE000]{4,60}?(?=$|[,.。;!?\\n\\uE000]|的|电话|電話|手机|附近|门口|門口|旁))`,
  'gu',
)

/** 线路3号, 电路2号, 高速路8号: the word before the number is no street. */
const notAStreet = /(?:线|線|电|電|油|水|气|氣|管|网|網|思|半|一|走|上|铁|鐵|回|迴|绕|繞|高速|道|马|馬|修|带|帶|赶|趕|套|通|频|頻|轨|軌|知|味|渠|隧|匝|这|那|哪|几|高速公)(?:路|道|里|街)\s?[\d一二三四五六七八九十百零]+\s?(?:弄|号|號)|[国國省县縣]道\s?\d/u
// The run of Han characters before a street starts where the sentence stops talking: 昨天在|北京市朝阳区建国路.
const beforePlace = /[在到去从從往于於是住为為址至离離经經送寄找过過给給说說的了着著位]/gu
const beginsWithSign = /^[路街巷弄道里]/u
const genericEstate = /^(?:我们|我們|咱们|我家|我|本|这个|這個|那个|他们|旧|老|新)?(?:小区|小區|花园|社区|公寓)/u

function findChinesePlaces(text: string, pattern: RegExp): PersonalSpan[] {
  return [...text.matchAll(pattern)].flatMap(match => {
    const firstSign = match[0].search(/[省市区區县縣镇鎮路街巷弄]|大道|小区|小區|胡同|花园|公寓/u)
    const lead = match[0].slice(0, Math.max(0, firstSign))
    const cut = [...lead.matchAll(beforePlace)].at(-1)
    const skip = cut ? cut.index + 1 : 0
    const value = match[0].slice(skip)
    if (notAStreet.test(value) || genericEstate.test(value) || beginsWithSign.test(value)) return []
    return [{ start: match.index + skip, end: match.index + match[0].length }]
  })
}


const compass = String.raw`(?:[NSEW]\.?|NE|NW|SE|SW|North|South|East|West|N\.?[EW]\.?)`
const streetWord = String.raw`(?:Street|St|Avenue|Ave|Road|Rd|Boulevard|Blvd|Lane|Ln|Drive|Dr|Court|Ct|Way|Place|Pl|Terrace|Ter|Circle|Cir|Highway|Hwy|Parkway|Pkwy|Turnpike|Tpke|Square|Sq|Pike|Trail|Trl)`
const flat = String.raw`(?:\s(?:NE|NW|SE|SW)\b)?(?:[,\s]{1,2}(?:Apt|Apartment|Suite|Ste|Unit|Floor|#)\.?\s?#?[A-Z\d-]{1,6})?`
const cityAndZip = String.raw`(?:[,\s]{1,2}[A-Z][A-Za-z.]+(?:\s[A-Z][A-Za-z.]+){0,2}[,\s]{1,2}[A-Z]{2}\b\.?(?:[,\s]{1,2}\d{5}(?:-\d{4})?)?)?`
const american = new RegExp(
  String.raw`(?<![\d$.,A-Za-z-])\d{1,6}(?:-\d{1,4})?[A-Z]?\s+(?:${compass}\s+)?(?<name>(?:[A-Z\d][A-Za-z'\d.]*\s+){1,4}?)${streetWord}\b\.?${flat}${cityAndZip}`,
  'g',
)
const shouted = new RegExp(american.source.replace(streetWord, streetWord.toUpperCase()), 'g')
const quiet = /(?<![\d$.,A-Za-z-])\d{2,5}\s+(?:[nsew]\.?\s+)?(?<name>(?:[a-z]{2,15}\s+){1,2}?)(?:street|avenue|ave|blvd|boulevard)\b/gi
const announcedAmerican = new RegExp(
  String.raw`(?:live at|reside at|address is|address:|home at|located at|lives at)\s*(?<value>\d{1,6}\s+(?:[A-Za-z\d.]+\s+){1,4}?${streetWord}\b\.?${flat}${cityAndZip})`,
  'gi',
)
const postBox = /\bP\.?\s?O\.?\s?Box\s?#?\s?\d{1,8}/gi

const noStreetName =
  /\b(?:miles?|mph|kmh?|kph|feet|ft|yards?|minutes?|mins?|hours?|seconds?|days?|weeks?|months?|years?|times?|percent|am|pm|the|a|an|of|on|in|at|to|my|our|and|or|with|was|were|is|from|for|while|when|down|per|wheel|lane|way|door|off|car|vehicle|old|new|rpm|degrees?|psi|volts?|kwh?|left|other|more|lanes?|hyundai|kia|porsche|tesla|ioniq|taycan|kona|niro|cross|all|test|warning|error|code|gear|speed|mode)\b/i

function findAmericanPlaces(text: string): PersonalSpan[] {
  if (!/\d/.test(text)) return []
  return [american, shouted, quiet].flatMap(pattern =>
    [...text.matchAll(pattern)]
      .filter(match => !noStreetName.test(match.groups?.['name'] ?? ''))
      .map(match => ({ start: match.index, end: match.index + match[0].length })),
  )
}

export const addressRules: readonly RedactionRule[] = [
  patternRule({ kind: 'address', pattern: announcedAddress }),
  { kind: 'address', find: text => findChinesePlaces(text, streetAndNumber) },
  { kind: 'address', find: text => findChinesePlaces(text, estateAndHouse) },
  patternRule({ kind: 'address', pattern: houseAndFlat }),
  patternRule({ kind: 'address', pattern: announcedAmerican }),
  { kind: 'address', find: findAmericanPlaces },
  patternRule({ kind: 'address', pattern: postBox }),
]
