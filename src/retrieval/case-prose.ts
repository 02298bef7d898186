import type { SearchableCase } from '../graph/ports/case-store.ts'

type Prose = Pick<SearchableCase, 'title' | 'symptom' | 'failureMode' | 'failureEffect' | 'rootCause' | 'text' | 'kind'>

/**
 * What is compared with a complaint: how the problem shows and why. Remedies, campaign wording and component headings are left out: they are alike
 * in all cases of a maker and say nothing about this one.
 */
export function comparableProse(record: Prose): string {
  const told = [record.symptom, record.failureMode, record.failureEffect, record.rootCause]
  // A regulator's title is a heading of the authority's component list; an engineer's title is the symptom in short.
  const parts = record.kind === 'recall' ? told : [record.title, ...told]
  const prose = [...new Set(parts.map(part => part?.trim()).filter(part => part))].join('\n')
  return prose || record.text || record.title
}
