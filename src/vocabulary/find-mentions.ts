import type { CompiledTerms, GappedForm, Meaning } from './compile-terms.ts'
import type { ReadingCopy } from './reading-copy.ts'

/** A surface form met in the reading copy at `[start, end)`; `weight` is the number of its own characters, without a gap. */
export type Mention = { meaning: Meaning; start: number; end: number; weight: number; isGapped: boolean }

type PartHit = { part: number; start: number; end: number }

const isWordUnit = (unit: number): boolean =>
  (unit >= 97 && unit <= 122) || (unit >= 48 && unit <= 57) || (unit >= 0xdf && unit <= 0x24f)

const standsAlone = (text: string, start: number, end: number): boolean =>
  !(start > 0 && isWordUnit(text.charCodeAt(start)) && isWordUnit(text.charCodeAt(start - 1))) &&
  !(end < text.length && isWordUnit(text.charCodeAt(end - 1)) && isWordUnit(text.charCodeAt(end)))

/** End of the match with the -s, 's of a plural or possessive taken in; the same end where there is none. */
function pluralEnd(text: string, end: number): number {
  const rest = text.startsWith("'s", end) ? 2 : text.startsWith("s'", end) || text.startsWith('es', end) ? 2 : text.startsWith('s', end) ? 1 : 0
  return isWordUnit(text.charCodeAt(end - 1)) ? end + rest : end
}

// A gap may hold about four English words or eight Chinese characters, and no end of a clause.
const maximumGapSpaces = 5
const maximumGapHan = 8
const clauseMark = /[.!?;,:\n。()]/

const maximumGapCharacters = 40

function isShortGap(gap: string): boolean {
  if (gap.length > maximumGapCharacters || clauseMark.test(gap)) return false
  let spaces = 0
  let han = 0
  for (let at = 0; at < gap.length; at++) {
    if (gap.charAt(at) === ' ') spaces++
    else if (gap.charCodeAt(at) >= 0x3400 && gap.charCodeAt(at) <= 0x9fff) han++
  }
  return spaces <= maximumGapSpaces && han <= maximumGapHan
}

/** The first hit of a part in reach of `end`, among hits in order of start from `from` on. */
function nextPart(text: string, hits: readonly PartHit[], wanted: { part: number; from: number; end: number }): number {
  for (let at = wanted.from; at < hits.length; at++) {
    const hit = hits[at] as PartHit
    if (hit.start > wanted.end + maximumGapCharacters) return -1
    if (hit.part === wanted.part && hit.start >= wanted.end) return isShortGap(text.slice(wanted.end, hit.start)) ? at : -1
  }
  return -1
}

/** Joins the parts of one gapped form: from each first part to the nearest next parts in reach, the longest of those that begin there. */
function* joinParts(text: string, form: GappedForm, hits: readonly PartHit[]): Generator<Mention> {
  for (const [index, first] of hits.entries()) {
    if (first.part !== 0) continue
    let end = first.end
    let weight = first.end - first.start
    let from = index + 1
    for (let part = 1; part < form.parts && end > 0; part++) {
      const at = nextPart(text, hits, { part, from, end })
      const next = hits[at]
      from = at + 1
      end = next ? next.end : -1
      weight += next ? next.end - next.start : 0
    }
    if (end > 0) yield { meaning: form.meaning, start: first.start, end, weight, isGapped: true }
  }
}

/** Within one lane the longest match wins over those it overlaps; of equals the first. */
export function keepLongest(mentions: readonly Mention[]): Mention[] {
  const byWeight = [...mentions].sort((a, b) => b.weight - a.weight || b.end - b.start - (a.end - a.start) || a.start - b.start)
  const kept: Mention[] = []
  for (const mention of byWeight) {
    if (!kept.some(other => mention.start < other.end && other.start < mention.end)) kept.push(mention)
  }
  return kept.sort((a, b) => a.start - b.start)
}

function isSpelledSo(source: string, copy: ReadingCopy, meaning: Meaning, start: number, end: number): boolean {
  if (meaning.spelling === null) return true
  const [from, to] = copy.toSource(start, end)
  return source.slice(from, to).normalize('NFKC') === meaning.spelling
}

/**
 * All surface forms in a text, longest first within each lane, as `lane → mentions in order of start`. Traps are among them until the
 * longest have won, then dropped.
 */
export function findMentions(source: string, copy: ReadingCopy, terms: CompiledTerms): ReadonlyMap<string, Mention[]> {
  const lanes = new Map<string, Mention[]>()
  const partHits = new Map<number, PartHit[]>()
  const keep = (mention: Mention): void => {
    const lane = lanes.get(mention.meaning.lane)
    if (lane) lane.push(mention)
    else lanes.set(mention.meaning.lane, [mention])
  }
  terms.automaton.scan(copy.text, (term, start, end) => {
    const literal = terms.literals[term]
    if (!literal) return
    const alone = standsAlone(copy.text, start, end)
    for (const meaning of literal.whole) {
      const stop = !alone && meaning.plural ? pluralEnd(copy.text, end) : end
      if (!alone && (stop === end || !standsAlone(copy.text, start, stop))) continue
      if (isSpelledSo(source, copy, meaning, start, end)) keep({ meaning, start, end: stop, weight: end - start, isGapped: false })
    }
    if (!alone) return
    for (const { gapped, part } of literal.parts) {
      const hits = partHits.get(gapped)
      if (hits) hits.push({ part, start, end })
      // A later part that no first part has come before joins nothing.
      else if (part === 0) partHits.set(gapped, [{ part, start, end }])
    }
  })
  for (const [gapped, hits] of partHits) {
    if (hits.length < (terms.gapped[gapped] as GappedForm).parts) continue
    hits.sort((a, b) => a.start - b.start || b.end - a.end)
    for (const mention of joinParts(copy.text, terms.gapped[gapped] as GappedForm, hits)) keep(mention)
  }
  return new Map(
    Array.from(lanes, ([lane, mentions]) => [lane, keepLongest(mentions).filter(({ meaning }) => meaning.key !== '')]),
  )
}
