import { clockEvents } from '../../domain/issue-clock.ts'
import { noPace, type GiveWay } from '../../give-way.ts'
import type { IssueStore } from '../../graph/ports/issues.ts'
import { settled } from './change-issues.ts'
import { clocksOf, riskHorizons } from './clock-times.ts'
import type { ClockRules } from './clock-times.ts'

const batch = 200

/**
 * Raises `sla.at-risk` and `sla.breached`, each once a clock: what was raised is written with the issue, in the transaction of the event, so neither
 * a restart nor another process raises it again. An answered feedback meets the first response on the way.
 *
 * @returns how many events were raised.
 */
export const createWatchClocks =
  ({ store, rules, now, giveWay }: { store: Pick<IssueStore, 'dueClocks' | 'change'>; rules: ClockRules; now: () => Date; giveWay?: GiveWay }) =>
  async ({ signal }: { signal?: AbortSignal } = {}): Promise<number> => {
    const pace = giveWay?.pace(signal) ?? noPace
    let told = 0
    for (;;) {
      const at = now().toISOString()
      const riskFrom = riskHorizons(rules, at)
      const due = await store.dueClocks({ now: at, firstResponse: riskFrom['first-response'], resolution: riskFrom.resolution }, batch)
      for (const issueId of due) {
        if (signal?.aborted) return told
        await pace()
        told += await watchOne(store, issueId, { now: at, riskFrom })
      }
      if (due.length < batch) return told
    }
  }

export type WatchClocks = ReturnType<typeof createWatchClocks>

const watchOne = (store: Pick<IssueStore, 'change'>, issueId: string, at: { now: string; riskFrom: ReturnType<typeof riskHorizons> }): Promise<number> =>
  store.change(async changes => {
    await changes.hold([issueId], at.now)
    const found = await changes.read(issueId)
    if (found === null) return 0
    const issue = { ...found, firstResponseAt: found.firstResponseAt ?? (await changes.answeredAt(issueId, at.now)) }
    const events = clockEvents({ state: issue.state, raised: issue.raised, clocks: clocksOf(issue) }, at)
    const raised = [...issue.raised, ...events.map(({ clock, event }) => `${clock}:${event}`)]
    await changes.write(settled({ ...issue, raised }))
    for (const { clock, event } of events) await changes.emit({ type: `sla.${event}`, issueId, clock }, at.now)
    return events.length
  })
