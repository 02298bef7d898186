import { strongestOfNested } from './nested-streams.ts'
import { createPriors, reportAlarmOf, type ReportAlarm } from './report-scan.ts'
import type { ReportTable } from './report-table.ts'
import { scanWaves, type ReportWave } from './report-waves.ts'
import type { WarningStream } from './warning-streams.ts'

/**
 * Waves that stand at the end of a table's last month: one a stream and model, the strongest, and of nested streams on one model the one with the
 * most evidence. The first alarm is the end of the first month of the unbroken run.
 *
 * @param scanned streams to judge; the limit is that of the whole table all the same, so that a question about one stream gets the same answer.
 */
export const scanReportWaves = (options: { table: ReportTable; scanned: readonly WarningStream[]; seed: number }): ReportAlarm[] => {
  const { table, scanned, seed } = options
  const priorOf = createPriors(table)
  const month = table.months - 1
  const wavesAt = createWaveMemory(table, seed)
  const isScanned = new Set(scanned.map(stream => stream.key))
  const alarms = oneALine(table, wavesAt(month).filter(wave => isScanned.has(wave.stream))).map(wave => {
    let first = month
    while (first > 0 && wavesAt(first - 1).some(past => lineOf(table, past) === lineOf(table, wave))) first--
    return reportAlarmOf({ table, stream: table.streams.get(wave.stream)!.stream, cell: wave, month, first, priorOf })
  })
  return strongestOfNested(alarms, (one, other) => one.factor.model === other.factor.model)
}

const lineOf = (table: ReportTable, { stream, factor }: ReportWave): string => `${stream} ${table.factors[factor]!.model}`

const createWaveMemory = (table: ReportTable, seed: number): ((month: number) => ReportWave[]) => {
  const kept = new Map<number, ReportWave[]>()
  return month => {
    const waves = kept.get(month) ?? scanWaves({ table, streams: [...table.streams.keys()], month, seed })
    kept.set(month, waves)
    return waves
  }
}

const oneALine = (table: ReportTable, waves: readonly ReportWave[]): ReportWave[] => {
  const seen = new Set<string>()
  return waves.filter(wave => {
    const line = lineOf(table, wave)
    const isFirst = !seen.has(line)
    seen.add(line)
    return isFirst
  })
}
