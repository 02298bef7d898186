/** A calendar statement; null where a side is not said. */
export type DateMention = { year: number | null; month: number | null; day: number | null; week: number | null; quarter: number | null; start: number; end: number }

const monthNames = ['january', 'february', 'march', 'april', 'may', 'june', 'july', 'august', 'september', 'october', 'november', 'december']
const monthName = `(?:${monthNames.map(name => (name === 'may' ? 'May' : `${name}|${name.slice(0, 3)}`)).join('|')})`

const monthOf = (name: string): number => monthNames.findIndex(full => full.startsWith(name.slice(0, 3).toLowerCase())) + 1

type Sides = Partial<Omit<DateMention, 'start' | 'end'>>
type Form = { pattern: RegExp; read: (groups: Record<string, string>) => Sides }

const number = (text: string | undefined): number | null => (text === undefined ? null : Number(text))

// Order matters: a longer form is read before the shorter one it holds.
const forms: Form[] = [
  { pattern: /(?<![\p{L}\p{N}.-])(?<y>(?:19|20)\d\d)[-/.](?<m>\d{1,2})[-/.](?<d>\d{1,2})(?:T[\d:.]+Z?)?(?![\p{L}\p{N}])/gu, read: g => ({ year: number(g['y']), month: number(g['m']), day: number(g['d']) }) },
  { pattern: /(?<![\p{L}\p{N}.-])(?<y>(?:19|20)\d\d)[- ]?(?:W|CW|KW)(?<w>\d{1,2})(?![\p{L}\p{N}])/giu, read: g => ({ year: number(g['y']), week: number(g['w']) }) },
  { pattern: /(?<![\p{L}\p{N}.-])(?<y>(?:19|20)\d\d)-(?<m>0[1-9]|1[0-2])(?![\p{N}-])/gu, read: g => ({ year: number(g['y']), month: number(g['m']) }) },
  { pattern: /(?<![\p{N}])(?<y>(?:19|20)\d\d) ?年 ?第? ?(?<w>\d{1,2}) ?周/gu, read: g => ({ year: number(g['y']), week: number(g['w']) }) },
  { pattern: /(?<![\p{N}])(?<y>(?:19|20)\d\d) ?年 ?(?<m>\d{1,2}) ?月(?: ?(?<d>\d{1,2}) ?[日号])?/gu, read: g => ({ year: number(g['y']), month: number(g['m']), day: number(g['d']) }) },
  { pattern: /(?<![\p{N}])(?<y>(?:19|20)\d\d) ?年 ?(?:第 ?)?(?<q>[一二三四1-4]) ?季度/gu, read: g => ({ year: number(g['y']), quarter: '一二三四'.includes(g['q'] ?? '') ? '一二三四'.indexOf(g['q'] ?? '') + 1 : number(g['q']) }) },
  { pattern: /(?<![\p{N}])(?<m>\d{1,2}) ?月 ?(?<d>\d{1,2}) ?[日号]/gu, read: g => ({ month: number(g['m']), day: number(g['d']) }) },
  { pattern: /第 ?(?<w>\d{1,2}) ?周/gu, read: g => ({ week: number(g['w']) }) },
  { pattern: /(?<![\p{N}])(?<y>(?:19|20)\d\d) ?年(?!款? ?\d)/gu, read: g => ({ year: number(g['y']) }) },
  { pattern: new RegExp(`(?<![\\p{L}\\p{N}])(?<d>\\d{1,2})(?:st|nd|rd|th)?(?: of)? (?<name>${monthName})\\b\\.?(?:,? (?<y>(?:19|20)\\d\\d))?(?!\\p{N})`, 'giu'), read: g => ({ day: number(g['d']), month: monthOf(g['name'] ?? ''), year: number(g['y']) }) },
  { pattern: new RegExp(`(?<![\\p{L}\\p{N}])(?<name>${monthName})\\.? (?<d>\\d{1,2})(?:st|nd|rd|th)?(?:,? (?<y>(?:19|20)\\d\\d))?(?![\\p{N}])`, 'giu'), read: g => ({ month: monthOf(g['name'] ?? ''), day: number(g['d']), year: number(g['y']) }) },
  { pattern: new RegExp(`(?<![\\p{L}\\p{N}])(?<name>${monthName})\\.? (?<y>(?:19|20)\\d\\d)(?!\\p{N})`, 'giu'), read: g => ({ month: monthOf(g['name'] ?? ''), year: number(g['y']) }) },
  { pattern: /(?<![\p{L}\p{N}])(?:calendar )?(?:weeks?|CW|KW) ?(?<w>\d{1,2})(?: of (?<y>(?:19|20)\d\d))?(?![\p{L}\p{N}]|\.\d)/giu, read: g => ({ week: number(g['w']), year: number(g['y']) }) },
  { pattern: /(?<![\p{L}\p{N}-])W(?<w>\d{1,2})(?![\p{L}\p{N}-])/gu, read: g => ({ week: number(g['w']) }) },
  { pattern: /(?<![\p{L}\p{N}])Q(?<q>[1-4])(?: (?<y>(?:19|20)\d\d))?(?![\p{L}\p{N}])/gu, read: g => ({ quarter: number(g['q']), year: number(g['y']) }) },
  // The month alone, where it is not the modal verb.
  { pattern: /(?<![\p{L}\p{N}])(?<name>January|February|March|April|June|July|August|September|October|November|December)(?![\p{L}\p{N}])/gu, read: g => ({ month: monthOf(g['name'] ?? '') }) },
]

const nothingSaid = { year: null, month: null, day: null, week: null, quarter: null }

/** Dates, months, weeks and quarters a text names (a bare year is a number); found ones are blanked in `rest`, offsets stay. */
export const readDates = (text: string): { dates: DateMention[]; rest: string } => {
  const dates: DateMention[] = []
  let rest = text
  for (const { pattern, read } of forms) {
    rest = rest.replace(pattern, (match: string, ...details: unknown[]) => {
      const groups = details.at(-1) as Record<string, string>
      const start = details.at(-3) as number
      dates.push({ ...nothingSaid, ...read(groups), start, end: start + match.length })
      return ' '.repeat(match.length)
    })
  }
  return { dates: dates.toSorted((a, b) => a.start - b.start), rest }
}

/** A mention holds where a known date says the same on every side the mention says: `March 2024` of `2024-03-05`. */
export const isKnownDate = (mention: DateMention, known: readonly DateMention[]): boolean =>
  known.some(date =>
    (['year', 'month', 'day', 'week'] as const).every(side => mention[side] === null || mention[side] === date[side])
    && (mention.quarter === null || mention.quarter === date.quarter || (date.month !== null && Math.ceil(date.month / 3) === mention.quarter)),
  )
