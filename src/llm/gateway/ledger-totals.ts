import type { LedgerRow } from './ledger.ts'

/** The calls of one prompt version with one model. */
export type PromptTotals = {
  promptId: string
  promptVersion: string
  modelId: string
  calls: number
  cached: number
  /** Calls that gave no usable answer. */
  failed: number
  inputTokens: number
  outputTokens: number
  costUsd: number | null
  /** Median milliseconds of a call; null without one. */
  medianMs: number | null
}

const used = new Set(['answered', 'repaired', 'regenerated', 'cached'])

const median = (values: number[]): number | null => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? null

/** Totals by prompt version and model, dearest first. */
export const ledgerTotals = (rows: readonly LedgerRow[]): PromptTotals[] => {
  const groups = grouped(rows)
  return [...groups.values()]
    .map(group => {
      const [first] = group as [LedgerRow]
      const calls = group.filter(row => row.outcome !== 'cached')
      const sum = (of: (row: LedgerRow) => number) => group.reduce((total, row) => total + of(row), 0)
      return {
        promptId: first.promptId, promptVersion: first.promptVersion, modelId: first.modelId, calls: calls.length, cached: group.length - calls.length,
        failed: group.filter(row => !used.has(row.outcome)).length, inputTokens: sum(row => row.inputTokens), outputTokens: sum(row => row.outputTokens),
        costUsd: group.every(row => row.costUsd === null) ? null : sum(row => row.costUsd ?? 0), medianMs: median(calls.map(row => row.milliseconds)),
      }
    })
    .toSorted((a, b) => b.inputTokens + b.outputTokens - a.inputTokens - a.outputTokens)
}

const grouped = (rows: readonly LedgerRow[]): Map<string, LedgerRow[]> => {
  const groups = new Map<string, LedgerRow[]>()
  for (const row of rows) {
    const key = `${row.promptId}@${row.promptVersion} ${row.modelId}`
    groups.set(key, [...(groups.get(key) ?? []), row])
  }
  return groups
}
