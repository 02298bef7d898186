import type { Modality } from '../domain/finding.ts'
import { type Clause, clauseIndexAt } from './clauses.ts'
import type { Mention } from './find-mentions.ts'
import type { ModalityCue } from './vocabulary-files.ts'

type Range = { start: number; end: number }
type Cue = Range & { side: 'before' | 'after' | 'around' }

/** What was said around a mention, clause by clause. */
export type ModalityReader = {
  /** @param isEvent also heeds the cues that make events hypothetical only. */
  read(mention: Range, isEvent?: boolean): Modality
}

// Reach of a negation: "no smoke", "没有再出现异响". Beyond it the negation belongs to another word of the clause.
const negationReach = { words: 4, han: 7 }
const afterReach = { words: 3, han: 4 }
/** "I was so scared that I turned into a gas station and was hit": an event told far from the fear, after another act, happened. */
const eventReach = { words: 8, han: 14 }
const nextAct = /\b(?:and|so|then|when) (?:i|we|it|he|she|they|was|were|got|the|my|ended)\b|然后|结果|于是|接着/

/** A clause that holds nothing but faults goes on with the list before it: "no fire, smoke or smell". */
const listFiller = /^(?:or|and|nor|any|of|a|the|和|或|及|与|、|\s)*$/
/** What may close such a list: "no crash, injury, or fire has been reported". */
const listEnd = /^\s*(?:(?:has|have|had|was|were|is|are|been|resulted|reported|occurred|involved|noted|sustained|happened|found|seen|发生|出现|情况)\s*)*$/
/** Events that stand in one list with symptoms. */
const listedEvents = ['told.crash', 'told.injury', 'told.fire']

function distance(text: string): { words: number; han: number } {
  let han = 0
  for (let at = 0; at < text.length; at++) if (text.charCodeAt(at) >= 0x3400 && text.charCodeAt(at) <= 0x9fff) han++
  return { words: text.trim() === '' ? 0 : (text.match(/[a-z0-9'%]+/g)?.length ?? 0), han }
}

const isWithin = (text: string, reach: { words: number; han: number }): boolean => {
  const { words, han } = distance(text)
  return words <= reach.words && han <= reach.han
}

const contains = (outer: Range, inner: Range): boolean => outer.start <= inner.start && inner.end <= outer.end

type Scene = {
  text: string
  clauses: readonly Clause[]
  lanes: ReadonlyMap<string, Mention[]>
  /** Symptoms and fault words: a cue inside one is part of the fault (充不上电, won't start). */
  faults: readonly Mention[]
}

/** Cues that belong to a fault phrase that holds them: "won't start" denies nothing, "might not deploy" still only fears. */
const partOfFault: readonly ModalityCue[] = ['negated', 'past']

/** Cues of one flag by clause, without those that are part of a fault phrase or not at the clause start they are bound to. */
function cuesByClause({ text, clauses, lanes, faults }: Scene, name: ModalityCue): Map<number, Cue[]> {
  const byClause = new Map<number, Cue[]>()
  for (const { meaning, start, end } of lanes.get(name) ?? []) {
    if (partOfFault.includes(name) && faults.some(fault => contains(fault, { start, end }))) continue
    const index = clauseIndexAt(clauses, start)
    const lead = text.slice(clauses[index]?.start ?? 0, start)
    if (meaning.atClauseStart && !isWithin(lead, { words: 1, han: 3 })) continue
    const cue = { start, end, side: meaning.key.slice(name.length + 1) as Cue['side'] }
    byClause.set(index, [...(byClause.get(index) ?? []), cue])
  }
  return byClause
}

export function createModalityReader(scene: Scene): ModalityReader {
  const { text, clauses, lanes } = scene
  const negations = cuesByClause(scene, 'negated')
  const pasts = cuesByClause(scene, 'past')
  const hypotheses = cuesByClause(scene, 'hypothetical')
  const eventHypotheses = cuesByClause(scene, 'hypotheticalEvent')
  const scopeEnds = lanes.get('scopeEnd') ?? []
  const listed = [...scene.faults, ...listedEvents.flatMap(lane => lanes.get(lane) ?? [])].sort((a, b) => a.start - b.start)

  const negatedInClause = (index: number, { start, end }: Range): boolean =>
    (negations.get(index) ?? []).some(cue => {
      if (cue.side === 'after') return cue.start >= end && isWithin(text.slice(end, cue.start), afterReach)
      if (cue.side === 'around') return true
      // 没有响声 names 有响声: the fault may begin with the last character of its negation.
      const from = text.charAt(start) === '有' ? start + 1 : start
      if (cue.start >= start || cue.end > from || !isWithin(text.slice(cue.end, start), negationReach)) return false
      return !scopeEnds.some(stop => stop.start >= cue.end && stop.end <= start)
    })

  /** The words of a stretch beside the faults it names: "smoke or smell" is a list of its own. */
  const withoutFaults = (start: number, end: number): string =>
    listed
      .filter(fault => fault.start >= start && fault.end <= end)
      .reduceRight((left, fault) => left.slice(0, fault.start - start) + left.slice(Math.min(left.length, fault.end - start)), text.slice(start, end))

  const continuesNegatedList = (index: number, mention: Range): boolean => {
    const clause = clauses[index]
    const previous = clauses[index - 1]
    if (!clause || previous?.sentence !== clause.sentence) return false
    const [lead, rest] = [withoutFaults(clause.start, mention.start), withoutFaults(mention.end, clause.end)]
    if (!listFiller.test(lead) || !(listFiller.test(rest) || listEnd.test(rest))) return false
    const last = listed.findLast(fault => fault.start >= previous.start && fault.end <= previous.end)
    return last !== undefined && (negatedInClause(index - 1, last) || continuesNegatedList(index - 1, last))
  }

  const isAnotherAct = (between: string): boolean => !isWithin(between, eventReach) && nextAct.test(between)

  const spoken = (cues: Map<number, Cue[]>, index: number, { start, end }: Range, isEvent = false): boolean =>
    (cues.get(index) ?? []).some(
      cue =>
        cue.side === 'around' ||
        (cue.side === 'before' && (cue.start <= start || cue.end < end) && !(isEvent && isAnotherAct(text.slice(cue.end, start)))) ||
        (cue.side === 'after' && cue.start >= end && isWithin(text.slice(end, cue.start), { words: 8, han: 10 })),
    )

  return {
    read(mention, isEvent = false) {
      const index = clauseIndexAt(clauses, mention.start)
      return {
        negated: negatedInClause(index, mention) || continuesNegatedList(index, mention),
        past: spoken(pasts, index, mention),
        hypothetical: spoken(hypotheses, index, mention, isEvent) || (isEvent && spoken(eventHypotheses, index, mention, true)),
      }
    },
  }
}
