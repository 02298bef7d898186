import { dtcEvidence, dtcStatusBits } from '../domain/dtc.ts'
import type { NamedDtc } from '../domain/finding.ts'
import type { StatusDtc } from '../domain/issue.ts'

export type QuotedDtc = { code: string; failureType: string | null }

/**
 * Whether the car itself confirmed a code: bit 3 of the status byte, and its test has run since the last clear. Null without a status byte.
 */
export const isConfirmed = (status: number | null): boolean | null =>
  status === null ? null : dtcEvidence(status) === 'full' && (status & dtcStatusBits.confirmedDtc) !== 0

/**
 * Codes the car recorded and codes the text quotes, each once: a code quoted without failure type is the recorded one, whatever its type.
 * Recorded ones first, in their order.
 */
export const mergeDtcs = (recorded: readonly StatusDtc[], quoted: readonly QuotedDtc[]): StatusDtc[] => {
  const merged = new Map<string, StatusDtc>()
  for (const dtc of recorded) {
    const key = `${dtc.code}-${dtc.failureType ?? ''}`
    const known = merged.get(key)
    // Two control units may record one code: the stronger status speaks.
    if (known === undefined || rankOfStatus(dtc.status) > rankOfStatus(known.status)) merged.set(key, dtc)
  }
  for (const { code, failureType } of quoted) {
    const isKnown = [...merged.values()].some(dtc => dtc.code === code && (failureType === null || dtc.failureType === failureType))
    if (!isKnown) merged.set(`${code}-${failureType ?? ''}`, { code, failureType, status: null })
  }
  return [...merged.values()]
}

const rankOfStatus = (status: number | null): number => ({ none: 0, weak: 1, full: 2 })[dtcEvidence(status)] + (isConfirmed(status) ? 1 : 0)

/** Codes with something behind them: one whose test has not run since the last clear says nothing. */
export const withEvidence = (dtcs: readonly StatusDtc[]): StatusDtc[] => dtcs.filter(dtc => dtcEvidence(dtc.status) !== 'none')

/** The form of the API contract. */
export const nameDtcs = (dtcs: readonly StatusDtc[], meanings: ReadonlyMap<string, string>): NamedDtc[] =>
  dtcs.map(({ code, failureType, status }) => ({ code, failureType, confirmed: isConfirmed(status), meaning: meanings.get(code) ?? null }))
