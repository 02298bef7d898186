import { patternRule, type RedactionRule } from './rule.ts'

// After the @ of a module comes its version (BMS@3.1.4-rc.one); after the @ of a person a host (li@163.com).
const email =
  /[\p{Script=Latin}\d](?:[\p{Script=Latin}\d._%+-]{0,62}[\p{Script=Latin}\d_%+-])?@(?!v?\d+\.\d+(?:[.\s,;]|$))(?!v?\d+\.\d+\.\d)[A-Z\d](?:[A-Z\d-]{0,61}[A-Z\d])?(?:\.[A-Z\d](?:[A-Z\d-]{0,61}[A-Z\d])?){0,6}\.[A-Z]{2,24}(?![A-Z\d])/giu
const spelledEmail =
  /[\p{Script=Latin}\d][\p{Script=Latin}\d._%+-]{1,63}\s?(?:\(at\)|\[at\]|\sat\s)\s?[A-Z\d-]{2,40}\s?(?:\.|\(dot\)|\[dot\]|\sdot\s)\s?(?:com|net|org|edu|cn|us|de|uk|co)(?![A-Z\d])/giu
const urlWithUser = /[a-z][a-z\d+.-]{1,20}:\/\/[^\s/@:]{1,100}(?::[^\s/@]{0,100})?@[^\s，。]{1,300}/gi
const profileUrl =
  /(?:https?:\/\/)?(?:[a-z\d-]{1,40}\.)?(?:weibo\.com\/(?:u\/)?|facebook\.com\/|instagram\.com\/|twitter\.com\/|linkedin\.com\/in\/|tiktok\.com\/@|t\.me\/|wa\.me\/|zhihu\.com\/people\/|space\.bilibili\.com\/)[\w.%-]{3,60}/gi
const urlWithUserQuery = /https?:\/\/[^\s?，。]{1,200}\?[^\s，。]{0,200}\b(?:user(?:name|id)?|uid|e?mail|phone|mobile|token|openid)=[^\s，。]{1,200}/gi

export const mailRules: readonly RedactionRule[] = [
  patternRule({ kind: 'email', pattern: urlWithUser }),
  patternRule({ kind: 'email', pattern: urlWithUserQuery }),
  patternRule({ kind: 'email', pattern: profileUrl }),
  patternRule({ kind: 'email', pattern: email }),
  patternRule({ kind: 'email', pattern: spelledEmail }),
]

const messenger = String.raw`(?:微信|薇信|威信|V信|WeChat|weixin|\bwx|\bvx|QQ|扣扣|抖音|小红书|微博|Telegram|WhatsApp|Instagram|Twitter|Line ID|Skype)`
// Words that say "what follows is the handle"; without one, a plain word after WeChat is a feature of the car.
const strongLink = String.raw`\s*(?:群)?\s*(?:号码?|號碼?|账号|帳號|账户|(?<![A-Z])ID(?![A-Z])|handle|name|user(?:name)?)\s*(?:是|为|為|is|[:=#-])?\s*`
const weakLink = String.raw`\s*(?:群)?\s*(?:是|为|為|is|[:=#-])?\s*`
const handle = String.raw`(?:@?[A-Z_][A-Z\d_-]{4,29})`
const noTail = String.raw`(?![A-Z\d_-])`
const noUnit = String.raw`(?!\s?(?:km|公里|千米|元|年|个|次|分钟|miles?|mph|rpm|kwh))`

export const handleRules: readonly RedactionRule[] = [
  patternRule({ kind: 'handle', pattern: new RegExp(`${messenger}${strongLink}(?<value>${handle}${noTail})`, 'gi') }),
  patternRule({
    kind: 'handle',
    pattern: new RegExp(`(?:${messenger}|加[Vv微])${weakLink}(?<value>${handle}${noTail})`, 'gi'),
    accept: looksLikeHandle,
  }),
  patternRule({ kind: 'handle', pattern: new RegExp(`(?:${messenger}|加[Vv微])(?:${strongLink}|${weakLink})(?<value>[1-9]\\d{4,11}(?![A-Z\\d.])${noUnit})`, 'gi') }),
]

const faultCode = /^[PCBU][0-3][\dA-F]{3}(?:-[\dA-F]{2})?$/i

/** Without a word that announces it, a handle holds a digit or an underscore, or stands alone after a colon. */
function looksLikeHandle(value: string, { text, start, end }: { text: string; start: number; end: number }): boolean {
  if (faultCode.test(value)) return false
  if (/\d/.test(value) ? value.replace(/\D/g, '').length >= 2 || value.includes('_') : value.includes('_')) return true
  return /[:=]\s*$/.test(text.slice(Math.max(0, start - 3), start)) && /^\s*(?:$|[\n,.;。!?)])/.test(text.slice(end, end + 3))
}
