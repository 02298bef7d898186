import type { EvidenceItem, PackAction, PackCandidate } from '../../domain/suggestion.ts'

const rounded = (value: number): string => (Number.isInteger(value) ? String(value) : String(Number(value.toPrecision(5))))

/** Evidence as a prompt shows it: a line an item. Words of people are not in it; they go into a block of their own. */
export const renderEvidence = (evidence: readonly Omit<EvidenceItem, never>[]): string =>
  evidence
    .map(({ id, type, summary, values }) => {
      const numbers = Object.entries(values).map(([name, { value, unit }]) => `${name}=${rounded(value)} ${unit}`).join('; ')
      return `${id} [${type}] ${summary}${numbers === '' ? '' : ` {${numbers}}`}`
    })
    .join('\n')

export const renderCandidates = (candidates: readonly PackCandidate[]): string =>
  candidates
    .map(one => `${one.id} [${one.kind}${one.score === null ? '' : `, S=${rounded(one.score)}`}] ${one.statement} · for ${one.evidenceFor.join(' ') || '–'} · against ${one.evidenceAgainst.join(' ') || '–'}`)
    .join('\n')

export const renderActions = (actions: readonly PackAction[]): string =>
  actions.map(one => `${one.id} [${one.kind}, ${one.actionType}] ${one.text} · ${one.evidenceIds.join(' ')}`).join('\n')

/** Quotes with the evidence they belong to. */
export const quotesOf = (evidence: readonly EvidenceItem[]): { id: string; text: string }[] =>
  evidence.flatMap(({ id, quotes }) => quotes.map(({ text }) => ({ id, text })))
