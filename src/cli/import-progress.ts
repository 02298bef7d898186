import { basename } from 'node:path'
import { SingleBar } from 'cli-progress'
import type { ImportProgress } from '../ingest/import-files/import-job.ts'

/** Without a terminal, a line this often is enough to see that it lives. */
const lineEveryMs = 10_000

type Step = { label: string; done: number; total: number; count: number; unit: string }

/** Progress of an import on a terminal as bars with rate and remaining time, one for each file; elsewhere as plain lines, at most one in ten seconds. */
export function createImportProgress(stream: NodeJS.WritableStream & { isTTY?: boolean }, clock: () => number = () => performance.now()) {
  const show = stream.isTTY ? showBars(stream, clock) : showLines(stream, clock)
  return {
    file: ({ path, bytesRead, bytesTotal, read }: ImportProgress): void =>
      show.step({ label: basename(path), done: Math.min(bytesRead, bytesTotal), total: bytesTotal, count: read, unit: 'records' }),
    embeddings: ({ done, total }: { done: number; total: number }): void => show.step({ label: 'vectors', done, total, count: done, unit: 'texts' }),
    stop: (): void => show.stop(),
  }
}

const rateOf = (step: Step, startedAt: number, now: number): string => {
  const seconds = (now - startedAt) / 1_000
  return seconds > 0 ? Math.round(step.count / seconds).toLocaleString('en') : '–'
}

function showBars(stream: NodeJS.WritableStream, clock: () => number) {
  let bar: SingleBar | null = null
  let label = ''
  let startedAt = 0
  const stop = (): void => {
    bar?.stop()
    bar = null
  }
  return {
    stop,
    step(step: Step): void {
      if (!bar || step.label !== label) {
        stop()
        label = step.label
        startedAt = clock()
        const format = '{label} [{bar}] {percentage} % | {count} {unit} | {rate}/s | {eta_formatted} left'
        bar = new SingleBar({ stream, format, hideCursor: true, etaBuffer: 50, autopadding: true })
        bar.start(step.total, 0, { label, count: '0', unit: step.unit, rate: '–' })
      }
      bar.setTotal(step.total)
      bar.update(step.done, { count: step.count.toLocaleString('en'), rate: rateOf(step, startedAt, clock()) })
    },
  }
}

function showLines(stream: NodeJS.WritableStream, clock: () => number) {
  let label = ''
  let startedAt = 0
  let shownAt = 0
  return {
    stop: (): void => undefined,
    step(step: Step): void {
      const now = clock()
      if (step.label !== label) {
        label = step.label
        startedAt = now
        shownAt = now
        stream.write(`${label}\n`)
      }
      if (now - shownAt < lineEveryMs) return
      shownAt = now
      const percent = step.total > 0 ? Math.floor((100 * step.done) / step.total) : 100
      const secondsLeft = step.done > 0 ? Math.round(((now - startedAt) / 1_000) * (step.total / step.done - 1)) : null
      const left = secondsLeft === null ? '' : `, about ${secondsLeft} s left`
      stream.write(`${label}: ${percent} %, ${step.count.toLocaleString('en')} ${step.unit}, ${rateOf(step, startedAt, now)}/s${left}\n`)
    },
  }
}
