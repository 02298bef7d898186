import { setTimeout as pause } from 'node:timers/promises'

export type Server = { url: string; key: string }

const quantile = (sorted: readonly number[], share: number): number => Math.round(10 * (sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0)) / 10

export const quantilesOf = (latencies: readonly number[]) => {
  const sorted = latencies.toSorted((a, b) => a - b)
  return { p50: quantile(sorted, 0.5), p95: quantile(sorted, 0.95), p99: quantile(sorted, 0.99), max: quantile(sorted, 1) }
}

export type Sent = { accepted: string[]; issues: Set<string>; latencies: number[]; statuses: Record<string, number>; faults: string[]; seconds: number }

/**
 * Sends records with some senders. At a rate, a record has its instant: one that finds all senders busy waits for one, and the wait counts as latency,
 * so that a server that stalls does not slow its own measurement down.
 *
 * @param options.perSecond 0: each sender sends the next when it has its answer.
 */
export const sendAtRate = async (
  { url, key }: Server, records: Iterable<{ record: object }>, { senders, perSecond, seconds }: { senders: number; perSecond: number; seconds: number },
): Promise<Sent> => {
  const sent: Sent = { accepted: [], issues: new Set(), latencies: [], statuses: {}, faults: [], seconds }
  const source = records[Symbol.iterator]()
  const startedAt = performance.now()
  const endsAt = startedAt + 1_000 * seconds
  let next = 0
  const send = async (record: object, dueAt: number) => {
    const answer = await fetch(`${url}/v1/feedback`, { method: 'POST', headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' }, body: JSON.stringify(record) }).catch(() => null)
    const text = (await answer?.text().catch(() => '')) ?? ''
    sent.latencies.push(performance.now() - dueAt)
    const status = answer?.status ?? 0
    sent.statuses[status] = (sent.statuses[status] ?? 0) + 1
    if (answer?.ok !== true) return void sent.faults.push(`${status} ${text.slice(0, 300)}`)
    const { feedbackId, issueId } = JSON.parse(text) as { feedbackId: string; issueId: string | null }
    sent.accepted.push(feedbackId)
    if (issueId !== null) sent.issues.add(issueId)
  }
  const work = async () => {
    for (;;) {
      const dueAt = perSecond === 0 ? performance.now() : startedAt + (1_000 * next) / perSecond
      if (Math.max(dueAt, performance.now()) >= endsAt) return
      next += 1
      const step = source.next()
      if (step.done === true) return
      const early = dueAt - performance.now()
      if (early > 0) await pause(early)
      await send(step.value.record, dueAt)
    }
  }
  await Promise.all(Array.from({ length: senders }, work))
  return { ...sent, seconds: (performance.now() - startedAt) / 1_000 }
}

/** Reads issues one after the other with some readers. */
export const readIssues = async ({ url, key }: Server, issueIds: readonly string[], { reads, readers }: { reads: number; readers: number }) => {
  const latencies: number[] = []
  const statuses: Record<string, number> = {}
  let next = 0
  const work = async () => {
    while (next < reads) {
      const issueId = issueIds[next % issueIds.length]!
      next += 1
      const startedAt = performance.now()
      const answer = await fetch(`${url}/v1/issues/${encodeURIComponent(issueId)}`, { headers: { authorization: `Bearer ${key}` } })
      await answer.text()
      latencies.push(performance.now() - startedAt)
      statuses[answer.status] = (statuses[answer.status] ?? 0) + 1
    }
  }
  await Promise.all(Array.from({ length: readers }, work))
  return { reads, readers, issues: issueIds.length, answers: statuses, latencyMs: quantilesOf(latencies) }
}
