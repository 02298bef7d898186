/** What decides which reports are one event. */
export type FoldedReport = {
  /** The car, however it is told; null where it is not known. */
  car: string | number | null
  /** Minutes. */
  at: number
  /** Id of a feedback; null for a repair order. */
  id: string | null
  toldTwiceOf: readonly string[]
  distinctFrom: readonly string[]
}

/**
 * Folds reports of one class into events: a report told twice belongs to the event of the other telling, whatever the car or the date; of one car's
 * reports those within `windowMinutes` of the first of an event are that event, unless one is kept apart from one that is in it.
 *
 * @param reports of each car in order of time.
 * @returns indexes of the reports of each event, first the one it counts for; events in order of their first report.
 */
export const foldEvents = (reports: readonly FoldedReport[], windowMinutes: number): number[][] => {
  const events: number[][] = []
  const eventOf = new Map<string, number[]>()
  const running = new Map<string | number, number[][]>()
  const isApart = (event: readonly number[], { id, distinctFrom }: FoldedReport): boolean =>
    event.some(index => {
      const member = reports[index]!
      return (member.id !== null && distinctFrom.includes(member.id)) || (id !== null && member.distinctFrom.includes(id))
    })
  const join = (event: number[], index: number, { id }: FoldedReport): void => {
    event.push(index)
    if (id !== null) eventOf.set(id, event)
  }
  const late: number[] = []
  const place = (report: FoldedReport, index: number): void => {
    const own = report.car === null ? [] : (running.get(report.car) ?? [])
    const open = own.find(event => report.at - reports[event[0]!]!.at <= windowMinutes && !isApart(event, report))
    if (open) return join(open, index, report)
    const event: number[] = []
    events.push(event)
    if (report.car !== null) running.set(report.car, [...own, event])
    join(event, index, report)
  }
  const known = new Set(reports.flatMap(({ id }) => id ?? []))
  reports.forEach((report, index) => {
    const twin = report.toldTwiceOf.map(id => eventOf.get(id)).find(event => event !== undefined)
    if (twin) join(twin, index, report)
    // The other telling is dated later here than in the graph: it waits for it.
    else if (report.toldTwiceOf.some(id => known.has(id))) late.push(index)
    else place(report, index)
  })
  for (const index of late) {
    const report = reports[index]!
    const twin = report.toldTwiceOf.map(id => eventOf.get(id)).find(event => event !== undefined)
    if (twin) join(twin, index, report)
    else place(report, index)
  }
  return events
}
