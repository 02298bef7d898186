import { expect, it } from 'vitest'
import type { IndexedCase } from '../../src/retrieval/case-index.ts'
import { diversify } from '../../src/retrieval/diversify.ts'
import { createVectorBlock } from '../../src/retrieval/vector-block.ts'

const shown = (caseId: string, score: number, causes: string[] = []) => ({ score, candidate: { caseId, document: 0, causes, failureModes: [], lots: [] } as unknown as IndexedCase })
const ids = (ranked: ReturnType<typeof shown>[], limit: number): string[] => diversify(ranked, createVectorBlock(2), { limit, scoreOf: ({ score }) => score }).map(({ candidate }) => candidate.caseId)

it('lets the unlike pass a twin of what stands above, and not what scores far below the best', () => {
  // .7·.85 − .3·1 = .295 for the twin, .7·.5 = .35 for the other, .7·.2 = .14: below .3·.9 it is not chosen from.
  const ranked = [shown('best', 0.9, ['x']), shown('twin', 0.85, ['x']), shown('other', 0.5), shown('far', 0.2)]
  expect(ids(ranked, 4)).toEqual(['best', 'other', 'twin', 'far'])
})

it('keeps a weak twin before a case that hardly resembles at all', () => {
  // Without the floor: .7·.3 − .3·1 = −.09 for the twin, .7·.2 = .14 for the other.
  const ranked = [shown('best', 0.9, ['x']), shown('twin', 0.3, ['x']), shown('other', 0.2)]
  expect(ids(ranked, 2)).toEqual(['best', 'twin'])
  expect(ids(ranked, 3)).toEqual(['best', 'twin', 'other'])
})
