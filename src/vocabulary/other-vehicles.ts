import { type Clause, clauseIndexAt } from './clauses.ts'
import type { Mention } from './find-mentions.ts'

type Lanes = ReadonlyMap<string, Mention[]>

/**
 * Tells whether a mention speaks of somebody else's car: 隔壁的车着火了, "my neighbour's car". The last word before it in its sentence that names a
 * car decides; hearsay (听说…, "I read on a forum that …") reaches to the end of its clause only.
 */
export function createSubjectReader(clauses: readonly Clause[], lanes: Lanes): (mention: { start: number }) => boolean {
  const others = lanes.get('otherVehicle') ?? []
  const own = lanes.get('ownVehicle') ?? []
  const hearsay = lanes.get('hearsay') ?? []
  if (others.length === 0 && hearsay.length === 0) return () => false
  const lastBefore = (cues: readonly Mention[], at: number, isInScope: (cue: Mention) => boolean): number =>
    cues.findLast(cue => cue.start <= at && isInScope(cue))?.start ?? -1
  return ({ start }) => {
    const index = clauseIndexAt(clauses, start)
    const sentence = clauses[index]?.sentence
    const inSentence = (cue: Mention): boolean => clauses[clauseIndexAt(clauses, cue.start)]?.sentence === sentence
    const inClause = (cue: Mention): boolean => clauseIndexAt(clauses, cue.start) === index
    const foreign = Math.max(lastBefore(others, start, inSentence), lastBefore(hearsay, start, inClause))
    return foreign >= 0 && foreign > lastBefore(own, start, inSentence)
  }
}

/** Lanes without what is told of other cars; words of modality and subject stay. */
export function ofThisVehicle(lanes: Lanes, isForeign: (mention: { start: number }) => boolean): Lanes {
  const isFault = (lane: string): boolean => lane === 'component' || lane === 'symptom' || lane.startsWith('told.')
  return new Map(Array.from(lanes, ([lane, mentions]) => [lane, isFault(lane) ? mentions.filter(mention => !isForeign(mention)) : mentions]))
}
