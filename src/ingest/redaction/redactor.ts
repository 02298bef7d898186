import { nfkcCopy, stripInvisible } from '../../domain/normalised-copy.ts'
import { redactionMarks, type RedactionKind } from '../../domain/redaction-mark.ts'
import { addressRules } from './address-rules.ts'
import { handleRules, mailRules } from './contact-rules.ts'
import { cardRules, idCardRules, plateRules, vinRules } from './identity-rules.ts'
import { nameRules } from './name-rules.ts'
import { phoneRules } from './phone-rules.ts'
import type { RedactionRule } from './rule.ts'

// Longer and checked patterns first, so that no rule eats part of another.
const rulesInOrder: readonly RedactionRule[] = [
  ...mailRules, ...vinRules, ...idCardRules, ...cardRules, ...plateRules, ...phoneRules, ...handleRules, ...addressRules, ...nameRules,
]

/** Stands in the copy for what is already redacted: no letter, digit or space of any pattern. */
const blot = '\uE000'
const blotted = (text: string, start: number, end: number): string =>
  text.slice(0, start) + blot.repeat(end - start) + text.slice(end)

export type Redaction = {
  /** The text with its own punctuation and width, invisible characters dropped, personal data replaced by marks. */
  text: string
  /** How many of each kind were replaced. */
  counts: Record<string, number>
  /** VINs that stood in the text, upper case, in order, each once. */
  vins: string[]
}

export type Redactor = { readonly redact: (text: string) => Redaction }

type Find = { kind: RedactionKind; start: number; end: number; value: string }

function findPersonalData(copy: string): Find[] {
  const finds: Find[] = []
  let rest = copy.replace(redactionMarks(), mark => blot.repeat(mark.length))
  for (const rule of rulesInOrder) {
    for (const { start, end } of rule.find(rest)) {
      // Two cues of one rule may point at the same words.
      if (rest.slice(start, end).includes(blot)) continue
      finds.push({ kind: rule.kind, start, end, value: copy.slice(start, end) })
      rest = blotted(rest, start, end)
    }
  }
  return finds.sort((left, right) => left.start - right.start)
}

const vinOf = (value: string): string => value.replace(/[ -]/g, '').toUpperCase()

/**
 * Replaces personal data by marks such as `[phone]`, and a VIN by `[vin:veh_…]`, so that reports of one car still join.
 * Patterns are matched on the NFKC form and replaced in the text's own form. A second run changes nothing.
 */
export function createRedactor({ pseudonymOf }: { pseudonymOf: (vin: string) => string }): Redactor {
  const markOf = ({ kind, value }: Find): string => (kind === 'vin' ? `[vin:${pseudonymOf(vinOf(value))}]` : `[${kind}]`)

  const redactOnce = (text: string): { text: string; finds: Find[] } => {
    const copy = nfkcCopy(text)
    const finds = findPersonalData(copy.text)
    let redacted = ''
    let done = 0
    for (const find of finds) {
      const [start, end] = copy.toSource(find.start, find.end)
      redacted += text.slice(done, Math.max(done, start)) + markOf(find)
      done = Math.max(done, end)
    }
    return { text: redacted + text.slice(done), finds }
  }

  return {
    redact: source => {
      const finds: Find[] = []
      let text = stripInvisible(source)
      // A mark may open a boundary that hid the next find; each round replaces more of the text, so the rounds end.
      for (let round = redactOnce(text); round.finds.length > 0; round = redactOnce(text)) {
        text = round.text
        finds.push(...round.finds)
      }
      const counts: Record<string, number> = {}
      for (const { kind } of finds) counts[kind] = (counts[kind] ?? 0) + 1
      return { text, counts, vins: [...new Set(finds.filter(find => find.kind === 'vin').map(find => vinOf(find.value)))] }
    },
  }
}
