import { proportionInterval, poissonRateInterval, medianInterval } from './intervals.ts'
import type { Method, Watched, WatchedAlarm } from './watch-stream.ts'

const round = (value: number, digits = 3): number => (Number.isFinite(value) ? Number(value.toFixed(digits)) : value)

const withinWeeks = 52

/** First alarm that names the planted cohort, from its first sale on. */
const detection = (watched: Watched, method: Method): WatchedAlarm | null =>
  watched.alarms[method].find(alarm => alarm.isRight && alarm.week >= watched.firstSaleWeek!) ?? null

const detected = (streams: readonly Watched[], method: Method) => {
  const found = streams.map(one => detection(one, method))
  const delays = streams.map((one, i) => ((found[i]?.week ?? Infinity) - one.firstSaleWeek!))
  const inTime = delays.filter(delay => delay <= withinWeeks).length
  const events = found.flatMap(alarm => (alarm?.events !== null && alarm?.events !== undefined && alarm.expected! <= 1 ? [alarm.events] : []))
  return {
    defects: streams.length,
    detectedIn52Weeks: { share: round(inTime / streams.length), interval: proportionInterval(inTime, streams.length).map(value => round(value)) },
    medianWeeks: { weeks: medianInterval(delays)[0], interval: medianInterval(delays).slice(1) },
    eventsAtAlarm: events.length === 0 ? null : { alarms: events.length, median: medianInterval(events)[0], p90: events.sort((a, b) => a - b)[Math.floor(events.length * 0.9)] },
  }
}

const falseAlarms = (streams: readonly Watched[], method: Method) => {
  const years = streams.reduce((sum, one) => sum + one.years, 0)
  const alarms = streams.reduce((sum, one) => sum + one.alarms[method].length, 0)
  const alarmed = streams.filter(one => one.alarms[method].length > 0).length
  const rate = (count: number) => ({ count, rate: round(count / years, 4), interval: poissonRateInterval(count, years).map(value => round(value, 4)) })
  return { streams: streams.length, streamYears: round(years, 1), perStreamYear: rate(alarms), firstAlarmsPerStreamYear: rate(alarmed) }
}

/** What one method found and what it cried in vain, pooled over fleets and by kind of defect. */
export const summarise = (watched: readonly Watched[], method: Method) => {
  const planted = watched.filter(one => one.firstSaleWeek !== null)
  const kinds = [...new Set(planted.map(one => one.truth.kind))].sort()
  return {
    planted: detected(planted, method),
    byKind: Object.fromEntries(kinds.map(kind => [kind, detected(planted.filter(one => one.truth.kind === kind), method)])),
    nulls: falseAlarms(watched.filter(one => one.truth.kind === 'null'), method),
    unmaskedPressSurges: falseAlarms(watched.filter(one => one.truth.kind === 'surge'), method),
  }
}
