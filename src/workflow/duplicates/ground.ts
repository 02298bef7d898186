import type { DuplicateMethod, DuplicateRelation } from '../../domain/duplicate.ts'

/** Why two reports belong together, or do not, before it is put into words. */
export type Ground = {
  who?: 'sameCar' | 'sameReporter' | 'sameModel' | 'otherCar' | 'unknownCar'
  text?: 'sameText' | { nearText: number }
  event?: { channel: string }
  shared?: { kind: 'class' | 'component'; component: string | null; symptom: string | null }
  cosine?: number
  /** That both tell of one problem, in [0, 1]. */
  chance?: number
  details?: readonly string[]
  days?: number
  positions?: { a: readonly string[]; b: readonly string[] }
  identifiers?: { a: string; b: string }
}

export type Judgement = { relation: DuplicateRelation; score: number; method: DuplicateMethod; ground: Ground }
