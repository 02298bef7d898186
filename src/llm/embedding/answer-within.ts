import { FishboneError } from '../../domain/error.ts'
import type { Embedder } from '../ports.ts'
import { abortable } from './abortable.ts'

/**
 * The same embedder for who cannot wait: a model that is loading, or a service that hangs, must not hold up a report. The first question that
 * overruns stays on its way, and until it is settled the others are refused at once: a report asks several times, and a model that comes back is not
 * met by a crowd of questions nobody waits for.
 *
 * @param limitMs longest time from question to answer, in milliseconds; beyond it `embed` and `labelsOf` throw FB_EMBEDDER_UNAVAILABLE.
 */
export const answerWithin = (embedder: Embedder, limitMs: number): Embedder => {
  let isOverdue = false
  const late = () => new FishboneError('FB_EMBEDDER_UNAVAILABLE', `The embedding model has not answered for ${limitMs / 1_000} s`)
  const within = async <T>(signal: AbortSignal | undefined, ask: (stop: AbortSignal) => Promise<T>): Promise<T> => {
    signal?.throwIfAborted()
    if (isOverdue) throw late()
    const [patience, stop] = [new AbortController(), new AbortController()]
    const timer = setTimeout(() => patience.abort(late()), limitMs)
    const asked = ask(stop.signal)
    try {
      return await abortable(signal ? AbortSignal.any([patience.signal, signal]) : patience.signal, () => asked)
    } catch (error) {
      const settled = asked.then(() => undefined, () => undefined)
      if (patience.signal.aborted && !isOverdue) {
        isOverdue = true
        void settled.then(() => (isOverdue = false))
      } else stop.abort(error)
      throw error
    } finally {
      clearTimeout(timer)
    }
  }
  return {
    ...embedder,
    embed: (texts, role, options) => within(options?.signal, signal => embedder.embed(texts, role, { signal })),
    labelsOf: async (text, options) => (embedder.labelsOf === undefined ? null : within(options?.signal, signal => embedder.labelsOf!(text, { signal }))),
    trouble: () => embedder.trouble?.() ?? (isOverdue ? late().message : null),
  }
}
