import { escapeLevel, nodeId } from '../../domain/identifiers.ts'
import type { RecordedSignal } from './suggestion-facts.ts'

export type SnapshotSignals = { snapshotId: string; signals: string | null; make: string | null; model: string | null }
export type SignalRange = { signalId: string; name: string; unit: string | null; p01: number; p99: number }

/** A signal is told when this share of its snapshots, and at least this many, lie outside: by chance two in a hundred do. */
const leastShare = 0.2
const leastOutside = 2

type Reading = { snapshotId: string; name: string; signalId: string; value: number }

/** Numbers of the snapshots by the id of their reference range; a snapshot whose make or model is not known has none. */
export const readingsOf = (snapshots: readonly SnapshotSignals[]): Reading[] =>
  snapshots.flatMap(({ snapshotId, signals, make, model }) => {
    if (signals === null || make === null || model === null) return []
    const values = JSON.parse(signals) as Record<string, unknown>
    return Object.entries(values).flatMap(([name, value]) =>
      typeof value === 'number' && Number.isFinite(value)
        ? [{ snapshotId, name, value, signalId: nodeId('Signal', [make.toUpperCase(), model.toUpperCase(), name].map(escapeLevel).join('/')) }]
        : [])
  })

/**
 * Signals that left the range which 98 % of decoded answers of the model lie in (p01 to p99), most often outside first. Ranges of several models
 * count each for its own cars; the range shown is that of the model with most readings.
 */
export const signalOutliers = (readings: readonly Reading[], ranges: readonly SignalRange[]): RecordedSignal[] => {
  const rangeOf = new Map(ranges.map(range => [range.signalId, range]))
  const byName = new Map<string, Reading[]>()
  for (const reading of readings) if (rangeOf.has(reading.signalId)) byName.set(reading.name, [...(byName.get(reading.name) ?? []), reading])
  return [...byName]
    .flatMap(([name, own]) => {
      const outside = own.filter(({ signalId, value }) => value < rangeOf.get(signalId)!.p01 || value > rangeOf.get(signalId)!.p99)
      if (outside.length < leastOutside || outside.length < leastShare * own.length) return []
      const shown = rangeOf.get(mostFrequent(own.map(one => one.signalId)))!
      const sorted = own.map(one => one.value).toSorted((a, b) => a - b)
      const median = (sorted[Math.floor((sorted.length - 1) / 2)]! + sorted[Math.ceil((sorted.length - 1) / 2)]!) / 2
      return [{ name, unit: shown.unit ?? '', low: shown.p01, high: shown.p99, outside: outside.length, snapshots: own.length, median, nodeIds: [shown.signalId, ...outside.slice(0, 24).map(one => one.snapshotId)] }]
    })
    .toSorted((a, b) => b.outside / b.snapshots - a.outside / a.snapshots || b.outside - a.outside || a.name.localeCompare(b.name))
}

const mostFrequent = (ids: readonly string[]): string => {
  const counts = new Map<string, number>()
  for (const id of ids) counts.set(id, (counts.get(id) ?? 0) + 1)
  return [...counts].toSorted((a, b) => b[1] - a[1] || a[0].localeCompare(b[0]))[0]![0]
}
