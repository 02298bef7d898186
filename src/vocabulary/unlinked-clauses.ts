import type { Span } from '../domain/finding.ts'
import { type Clause, clauseIndexAt } from './clauses.ts'

type Range = { start: number; end: number }

/**
 * A clause in which no symptom was found: raw material for the unmapped queue. `components` are the keys named in it, `hasFaultWords` says that
 * it speaks of failure (`故障`, `acting up`) all the same.
 */
export type UnlinkedClause = { span: Span; components: string[]; hasFaultWords: boolean }

type Scene = {
  text: string
  clauses: readonly Clause[]
  /** What counts as a link: symptoms, whatever their modality, and events told in words. */
  linked: readonly Range[]
  components: readonly (Range & { key: string })[]
  openFaults: readonly Range[]
  spanOf: (range: Range) => Span
}

/** "OK", "谢谢", "hello": too little to be a symptom of anything. */
const fewestWords = 2
const fewestHan = 3

function saysSomething(clause: string): boolean {
  const han = clause.match(/[㐀-鿿]/g)?.length ?? 0
  return han >= fewestHan || han / 2 + (clause.match(/[a-z][a-z']+/g)?.length ?? 0) >= fewestWords
}

const overlaps = (a: Range, b: Range): boolean => a.start < b.end && b.start < a.end

/** Clauses without a link, in order of the text. */
export function findUnlinkedClauses({ text, clauses, linked, components, openFaults, spanOf }: Scene): UnlinkedClause[] {
  const inClause = <T extends Range>(items: readonly T[], index: number): T[] => items.filter(item => clauseIndexAt(clauses, item.start) === index)
  return clauses.flatMap((clause, index) => {
    if (linked.some(link => overlaps(link, clause)) || !saysSomething(text.slice(clause.start, clause.end))) return []
    return {
      span: spanOf(clause),
      components: [...new Set(inClause(components, index).map(({ key }) => key))],
      hasFaultWords: inClause(openFaults, index).length > 0,
    }
  })
}
