import type { DuplicateEdge } from '../../graph/ports/duplicates.ts'
import type { SayGround } from './reason-words.ts'
import type { Settled } from './settle-car.ts'

/** Who made a relation that no person made. */
export const machine = 'fishbone'

export const edgeOf = ({ later, earlier, relation, score, method, ground }: Settled, say: SayGround, at: string): DuplicateEdge => {
  const { en, zh } = say(ground)
  return { from: later.id, to: earlier.id, type: relation, score: Math.round(score * 1000) / 1000, reason: en, reasonZh: zh, method, at, by: machine, was: null }
}

export const edgeKey = ({ from, to, type }: Pick<DuplicateEdge, 'from' | 'to' | 'type'>): string => `${type}\0${from}\0${to}`
const isSame = (a: DuplicateEdge, b: DuplicateEdge): boolean => a.score === b.score && a.reason === b.reason && a.reasonZh === b.reasonZh && a.method === b.method

/** What must change so that the machine's own edges are the wanted ones; what a person made stays, and what stays keeps its instant. */
export const edgeChanges = (present: readonly DuplicateEdge[], wanted: readonly DuplicateEdge[]): { remove: DuplicateEdge[]; write: DuplicateEdge[] } => {
  const own = new Map(present.filter(({ by }) => by === machine).map(edge => [edgeKey(edge), edge]))
  const keys = new Set(wanted.map(edgeKey))
  return {
    remove: [...own.values()].filter(edge => !keys.has(edgeKey(edge))),
    write: wanted.filter(edge => {
      const stands = own.get(edgeKey(edge))
      return stands === undefined || !isSame(stands, edge)
    }),
  }
}
