import { createRandom } from '../random.ts'
import { scanLlr } from '../scan-score.ts'
import { seedOf, upperQuantile } from './draws.ts'
import type { ReportCell, ReportTable } from './report-table.ts'
import { warningParameters } from './warning-parameters.ts'

/** A stream's reports of one model that came in faster, of late, than all reports did. Spelled like a cell of the table: row, column and N are the stream with the model, the window and the period. */
export type ReportWave = ReportCell & { stream: string; llr: number; threshold: number }

/** One stream with one factor over the period: how many of its reports came in each month, and which reports they are. */
type Line = { stream: string; factor: number; reports: Int32Array }

/**
 * Space–time permutation scan: within a period of 24 months, the reports of a stream with a factor in the last 1, 2, 3 or 6 months against
 * E = (their number in the period) × (share of all reports that came in these months). It needs no cars at risk, and what moves all reports of a
 * month (a batch upload, a holiday) cancels. It sees a wave of something usual, which a table of models against models does not.
 *
 * The limit is the quantile of the largest LLR over all streams, factors and windows when months are dealt out anew among all reports.
 *
 * @param month last month looked at; of the table, with only what was received by its end.
 * @see Kulldorff, Heffernan, Hartman, Assunção & Mostashari 2005, PLoS Medicine 2(3): e59.
 */
export const scanWaves = (options: { table: ReportTable; streams: readonly string[]; month: number; seed: number }): ReportWave[] => {
  const { table, month, seed } = options
  const { waveMonths, waveWindows, wavePermutations, waveAlarmShare, minEvents } = warningParameters
  const first = Math.max(0, month + 1 - waveMonths)
  const period = Array.from({ length: month + 1 - first }, (_, i) => table.byMonth[first + i]!).flatMap((reports, i) => reports.map(report => ({ report, age: month - first - i })))
  const lines = linesOf(options, first, new Map(period.map(({ report }, position) => [report, position])))
  const ages = Uint8Array.from(period, ({ age }) => age)
  const scanned = (given: Uint8Array): ReportWave[] =>
    waveWindows.flatMap(window => {
      const column = given.reduce((count, age) => count + (age < window ? 1 : 0), 0)
      // A window of most of the period has nothing before it to grow from.
      if (column * 2 > given.length) return []
      return lines.flatMap(({ stream, factor, reports }) => {
        let observed = 0
        for (const position of reports) if (given[position]! < window) observed++
        const expected = (reports.length * column) / given.length
        if (observed < minEvents || observed <= expected) return []
        return [{ stream, factor, window, observed, expected, row: reports.length, column, total: given.length, llr: scanLlr(observed, expected, given.length), threshold: 0 }]
      })
    })
  const seen = scanned(ages)
  if (seen.length === 0) return []
  const random = createRandom(seedOf(seed, `waves/${table.firstMonth + month}`))
  const most = Array.from({ length: wavePermutations }, () => scanned(dealt(ages, random)).reduce((top, wave) => Math.max(top, wave.llr), 0))
  const threshold = upperQuantile(most, 1 - waveAlarmShare)
  return seen.filter(wave => wave.llr > threshold).map(wave => ({ ...wave, threshold })).sort((a, b) => b.llr - a.llr)
}

/** Streams with a factor that have enough reports in the period to alarm. */
const linesOf = ({ table, streams, month }: { table: ReportTable; streams: readonly string[]; month: number }, first: number, positionOf: ReadonlyMap<number, number>): Line[] =>
  streams.flatMap(stream => {
    const byFactor = new Map<number, Set<number>>()
    for (const row of table.streams.get(stream)?.rows ?? []) {
      if (row.month < first || row.month > month) continue
      for (const factor of table.factorsOf[row.report]!) byFactor.set(factor, (byFactor.get(factor) ?? new Set<number>()).add(positionOf.get(row.report)!))
    }
    return [...byFactor].filter(([, reports]) => reports.size >= warningParameters.minEvents).map(([factor, reports]) => ({ stream, factor, reports: Int32Array.from(reports) }))
  })

/** The same months in another order (Fisher–Yates). */
const dealt = (ages: Uint8Array, random: () => number): Uint8Array => {
  const deal = ages.slice()
  for (let i = deal.length - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1))
    ;[deal[i], deal[j]] = [deal[j]!, deal[i]!]
  }
  return deal
}
