import { setTimeout as pause } from 'node:timers/promises'

const complaints = [
  'Car lost all drive power on the motorway, warning on the screen.', 'Charging stops after ten minutes in damp weather.', 'The screen goes black while reversing.',
  '充电到一半就停了，桩上提示故障。', 'Smoke from under the bonnet after fast charging.', 'Brakes squeal when cold.', '方向盘抖动，速度超过一百就抖。', 'Water drips into the boot after rain.',
  'Air conditioning blows warm air only.', 'Thank you, the delivery was quick.',
]

export type Sent = {
  accepted: { feedback: string[]; jobs: string[]; imported: string[] }
  /** Answers by status; 0: no answer. */
  statuses: Record<string, number>
  /** Answers of 400 and more that were no problem+json, or 500. */
  faults: string[]
  /** Instants (ms) at which something was accepted. */
  acceptedAt: number[]
}

export const emptySent = (): Sent => ({ accepted: { feedback: [], jobs: [], imported: [] }, statuses: {}, faults: [], acceptedAt: [] })

/** `key`: for calls that make something new each time; a record is known by its own id. */
type Call = { path: string; key?: string; type: string; body: string }
type Sender = { url: string; key: string; sent: Sent; signal: AbortSignal }

const once = async ({ url, key, sent }: Sender, call: Call): Promise<Record<string, unknown> | null> => {
  const note = (status: number) => (sent.statuses[status] = (sent.statuses[status] ?? 0) + 1)
  try {
    const answer = await fetch(`${url}${call.path}`, {
      method: 'POST', headers: { authorization: `Bearer ${key}`, 'content-type': call.type, ...(call.key !== undefined && { 'idempotency-key': call.key }) }, body: call.body, signal: AbortSignal.timeout(30_000),
    })
    const text = await answer.text()
    note(answer.status)
    if (answer.ok) return JSON.parse(text) as Record<string, unknown>
    const isProblem = answer.headers.get('content-type')?.startsWith('application/problem+json') === true
    // 409: the first try of this key still runs.
    if (!isProblem || ![409, 429, 503].includes(answer.status)) sent.faults.push(`${call.path} ${answer.status} ${text.slice(0, 300)}`)
  } catch {
    note(0)
  }
  return null
}

/** Sends until it is accepted, as a caller does that must not lose anything; null when the load is over before that. */
const untilAccepted = async (sender: Sender, call: Call): Promise<Record<string, unknown> | null> => {
  for (;;) {
    const answer = await once(sender, call)
    if (answer !== null) {
      sender.sent.acceptedAt.push(performance.now())
      return answer
    }
    if (sender.signal.aborted) return null
    await pause(300)
  }
}

const record = (sourceId: string, at: number) => ({ channel: 'hotline', sourceId, occurredAt: '2026-03-02T06:12:44Z', model: `M${at % 7}`, modelYear: 2025, text: `${complaints[at % complaints.length]} Case ${at}.` })

/** One sender of single feedback. */
export const sendFeedback = async (sender: Sender, name: string, everyMs: number): Promise<void> => {
  for (let at = 0; !sender.signal.aborted; at += 1) {
    const sourceId = `${name}-${at}`
    const answer = await untilAccepted(sender, { path: '/v1/feedback', type: 'application/json', body: JSON.stringify(record(sourceId, at)) })
    if (answer !== null) sender.sent.accepted.feedback.push(String(answer['feedbackId']))
    await pause(everyMs)
  }
}

/** Files of feedback as imports, and scans: work that workers do. */
export const sendJobs = async (sender: Sender, name: string, everyMs: number): Promise<void> => {
  const lines = 20
  for (let at = 0; !sender.signal.aborted; at += 1) {
    const ids = Array.from({ length: lines }, (_, line) => `${name}-${at}-${line}`)
    const isScan = at % 5 === 4
    const call = isScan
      ? { path: '/v1/early-warning/scans', type: 'application/json', body: JSON.stringify({ streams: [{ component: 'traction-battery' }] }) }
      : { path: '/v1/imports?kind=feedback&live=true', type: 'application/x-ndjson', body: ids.map((id, line) => JSON.stringify(record(id, at + line))).join('\n') }
    const answer = await untilAccepted(sender, { ...call, key: `${name}-${at}` })
    if (answer !== null) {
      sender.sent.accepted.jobs.push(String(answer['jobId']))
      if (!isScan) sender.sent.accepted.imported.push(...ids.map(id => `hotline:${id}`))
    }
    await pause(everyMs)
  }
}
