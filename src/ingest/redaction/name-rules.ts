import { compoundSurnames, frequentSurnames, furtherSurnames, givenNames, nameStopWords, notInGivenNames } from './personal-names.ts'
import { patternRule, type PersonalSpan, type RedactionRule } from './rule.ts'

const compound = compoundSurnames.join('|')
const given = `(?:(?![${notInGivenNames}])\\p{Script=Han})`
const anySurname = `(?:${compound}|[${frequentSurnames}${furtherSurnames}])`
const title = '(?:先生|女士|小姐|太太|师傅|師傅|经理|經理|老师|老師|主任|工程师|阿姨|大哥|大姐|顾问|店长)'
const latinName = String.raw`[A-Z][a-z]{1,20}(?:[ -][A-Z][a-z]{1,20}){0,2}`

// 由于师傅, 对方经理, 提高 …: the "surname" is the end of another word.
const endOfAnotherWord =
  /(?:[由关至属处终对等基位鉴鑑敢便]于|[感多致]谢|谢谢|[对對双雙官厂廠各多警校地后後前]方|[提很太最较最升]高|[立起上]?马马|[任]何|[一]周|[上下本每这]周|[非正经日平通]常|[资合中]金|[过時]程|[工全里流过]程|[这那]么何|[学作]文|[长]江|[新]江|[上]海田)$/

// Words that begin like a surname: 谢谢师傅, 许多师傅, 高级工程师, 金牌顾问, 毛病师傅说 …
const otherWord = /^(?:周[一二三四五六日天末]|谢谢|許多|许多|方便|任何|任意|高级|高兴|金牌|金属|毛病|严重|嚴重|施工|温度|范围|江湖|常常|万一|易损|文明|方面|方向|余下|段时|钟头|汤)/u

/** 李师傅, 王建国先生, 欧阳女士: surname, at most two further characters, title. */
const titledName = new RegExp(`(?:${compound}|[${frequentSurnames}])${given}{0,2}(?=${title})`, 'gu')

const chineseNameRules: readonly RedactionRule[] = [
  patternRule({
    kind: 'name',
    pattern: titledName,
    accept: (value, { text, start }) => !endOfAnotherWord.test(text.slice(Math.max(0, start - 2), start) + value.charAt(0)) && !otherWord.test(value),
  }),
  patternRule({
    kind: 'name',
    pattern: new RegExp(`(?:我叫|本人叫|名叫|我的名字是|我的名字叫|名字叫|名字是|免贵姓|免貴姓|我姓|贵姓)\\s*(?<value>${anySurname}${given}{0,2})`, 'gu'),
    accept: value => !/^(?:单[个位]|全[部都])/.test(value),
  }),
  patternRule({
    kind: 'name',
    pattern: new RegExp(
      `(?:姓名|联系人|聯絡人|聯繫人|收件人|收货人|车主姓名|客户姓名|报修人|投诉人|驾驶人|送修人)\\s*(?:是|为|為|叫)?\\s*[:=]?\\s*(?<value>${anySurname}${given}{1,3})`,
      'gu',
    ),
  }),
  patternRule({
    kind: 'name',
    pattern: new RegExp(
      `(?:姓名|联系人|聯絡人|聯繫人|收件人|车主|車主|客户|客戶|用户|报修人|投诉人|驾驶人|送修人)\\s*:\\s*(?<value>${anySurname}${given}{1,3}(?=\\s*(?:$|[\\n,.;。!?、()/|\\uE000]|\\d)))`,
      'gu',
    ),
  }),
  patternRule({ kind: 'name', pattern: new RegExp(`(?:姓名|联系人|车主姓名|我叫|名字是|名字叫)\\s*(?:是|为|叫)?\\s*[:]?\\s*(?<value>${latinName})`, 'gu') }),
  patternRule({
    kind: 'name',
    pattern: new RegExp(`(?:车主|車主|机主|機主|服务顾问|销售顾问|售后顾问|售后主管|售后经理|店长)(?<value>[${frequentSurnames}]${given}{1,2}(?=\\s*(?:$|[\\n,.;。!?、()\\uE000\\d]|说|态度|告诉|让我|拒绝)))`, 'gu'),
    accept: value => !otherWord.test(value),
  }),
  // 联系张工138…, 我是王芳，手机139…: right before a number that was redacted.
  patternRule({ kind: 'name', pattern: new RegExp(`(?:联系|聯繫|找|打给|打給|叫|我是)\\s*(?<value>小?[${frequentSurnames}]${given}{0,2}(?=[,: ]{0,2}(?:电话|手机|手机号|微信)?[:是 ]?\\uE000))`, 'gu') }),
  // Greeting and name stand together: 你好,我是张伟, …
  patternRule({ kind: 'name', pattern: new RegExp(`(?:[你您]好|客服)[,!.。 ]{0,2}我是\\s*(?<value>[${frequentSurnames}]${given}{1,2}(?=[,.。!;\\s\\uE000]))`, 'gu') }),
]

const word = String.raw`[A-Za-z][A-Za-z'’-]{0,24}`
const words = new RegExp(String.raw`${word}(?:\.?\s+${word}){0,2}`, 'y')

type EnglishCue = { cue: RegExp; most: number; needs: 'capital' | 'given-name' | 'any' }
const englishCues: readonly EnglishCue[] = [
  { cue: /\b(?:Mr|Mrs|Ms|Mx|Messrs|Dr|MR|MRS|MS|DR)(?:\.\s*|\s+)(?=[A-Z])/g, most: 2, needs: 'capital' },
  { cue: /\b(?:mr|mrs|ms)\.\s+(?=[a-z])/g, most: 1, needs: 'any' },
  { cue: /\b(?:my|his|her|whose|owner'?s|customer'?s|full|first|last)\s+name\s*(?:is|was|:)\s*/gi, most: 3, needs: 'any' },
  { cue: /\bcontact(?:\s+person|\s+name)\s*(?:is|was|:|-)?\s*/gi, most: 3, needs: 'capital' },
  { cue: /\b(?:contact|owner|customer|driver|name|attn|attention|signed|caller)\s*:\s*/gi, most: 3, needs: 'capital' },
  { cue: /\b(?:by\s+the\s+name\s+of|named|goes\s+by)\s+/gi, most: 2, needs: 'given-name' },
  { cue: /\b(?:hi|hello|dear)[,!.]?\s+(?:(?:i\s+am|i'm|this\s+is)\s+)?/gi, most: 2, needs: 'given-name' },
  { cue: /\b(?:this\s+is|i\s+am|i'm)\s+/gi, most: 2, needs: 'given-name' },
  { cue: /\b(?:sincerely|regards|thank\s+you|thanks|signed)\s*[,.!-]?\s+/gi, most: 3, needs: 'given-name' },
  { cue: /\b(?:spoke|speak|speaking|talked|talking|dealt|dealing|met|meeting|chatted|call(?:ed)?|contacted|emailed|texted)\s+(?:directly\s+)?(?:(?:with|to)\s+)?/gi, most: 2, needs: 'given-name' },
  { cue: /\b(?:advisor|adviser|manager|technician|tech|representative|rep|agent|guy|salesman|salesperson|mechanic|foreman|supervisor|director|person|gentleman|lady|employee|associate|consultant|engineer|husband|wife|son|daughter)\s*(?:,|-|:|\(|is|was|'s\s+name\s+is)?\s*/gi, most: 2, needs: 'given-name' },
]

const isMostlyCapitals = (text: string): boolean => {
  const letters = text.replace(/[^A-Za-z]/g, '')
  return letters.length > 20 && letters.replace(/[a-z]/g, '').length > 0.6 * letters.length
}

/** How many characters from `start` belong to a name, 0 if what stands there is none. */
function lengthOfName(text: string, start: number, { most, needs }: EnglishCue, shouting: boolean): number {
  words.lastIndex = start
  const found = words.exec(text)?.[0]
  if (!found) return 0
  const parts = [...found.matchAll(/[A-Za-z][A-Za-z'’-]*/g)]
  const limit = shouting && needs !== 'any' ? 1 : most
  const isCapitalised = (part: string): boolean => /^[A-Z]/.test(part)
  const isName = (part: string, place: number): boolean => {
    if (nameStopWords.has(part.toLowerCase().replace(/['’]s$/, ''))) return false
    if (needs === 'any') return place === 0 || isCapitalised(part) || !/(?:ed|ing|s|ly)$/.test(part)
    if (!isCapitalised(part)) return false
    return place > 0 || needs === 'capital' || givenNames.has(part.toLowerCase().replace(/['’]s$/, ''))
  }
  const names = parts.slice(0, limit)
  const stop = names.findIndex((part, place) => !isName(part[0], place))
  const last = names[(stop === -1 ? names.length : stop) - 1]
  return last ? last.index + last[0].replace(/['’]s$/, '').length : 0
}

function findEnglishNames(text: string): PersonalSpan[] {
  if (!/[A-Za-z]{2}/.test(text)) return []
  const shouting = isMostlyCapitals(text)
  return englishCues.flatMap(cue =>
    [...text.matchAll(cue.cue)].flatMap(match => {
      const start = match.index + match[0].length
      const length = lengthOfName(text, start, cue, shouting)
      return length > 0 ? [{ start, end: start + length }] : []
    }),
  )
}

/** A name that stands right before its owner's telephone number or mail address. */
const beforeContact = patternRule({
  kind: 'name',
  pattern: /\b[A-Z][A-Za-z]{1,20}\s+(?:[A-Z]\.?\s+)?[A-Z][A-Za-z'’-]{1,25}(?=[\s,:;(-]{0,3}\uE000)/g,
  accept: value => givenNames.has((/^\w+/.exec(value)?.[0] ?? '').toLowerCase()),
})

export const nameRules: readonly RedactionRule[] = [...chineseNameRules, { kind: 'name', find: findEnglishNames }, beforeContact]
