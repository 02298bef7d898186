import type { Embedder } from '../llm/ports.ts'
import type { CaseStore } from '../graph/ports/case-store.ts'
import { createBackground, type Background, type BackgroundItem } from './background.ts'
import { createCalibrator, type Calibrator } from './calibrator.ts'
import { createCaseColumns, type CaseColumns } from './case-columns.ts'
import { createCaseIndex, type CaseIndex } from './case-index.ts'
import { findChanges, readBackground, takeChanges, type CaseChanges } from './case-loader.ts'
import { createKeyGraph, type KeyGraph } from './key-graph.ts'
import { measureWalks, unmeasuredWalks, type WalkCalibrator } from './walk-calibrator.ts'

export type CaseMemoryOptions = {
  caseStore: CaseStore
  embedder: Pick<Embedder, 'modelId' | 'dimensions'> | null
  /** Milliseconds of any steady clock. */
  now: () => number
  /** Unlabelled texts that tell which score is usual for a case. */
  backgroundSize?: number
  /** What was looked at within so many milliseconds is taken as it is; 0: the graph is asked before every search. */
  lookEveryMs?: number
}

/** The searchable state at one moment. */
export type CaseSnapshot = { index: CaseIndex; calibrator: Calibrator; graph: KeyGraph; walks: WalkCalibrator; columns: CaseColumns }

export type CaseMemory = {
  /**
   * The cases as they are in the graph, or were at most `lookEveryMs` ago. Calls at the same time share one look. While many changed cases are read
   * and measured (seconds), the state before them answers.
   */
  refresh(): Promise<CaseSnapshot>
  /** Something was written: the next call looks, however short ago the last one did. */
  expire(): void
}

const defaultDimensions = 384
/** All cases are measured anew when more than this share of them changed since: idf and mean length have moved by then. */
const driftShare = 0.02
/** The watermark counts; once in this time the cases themselves are compared, in case a removal and an arrival evened out. */
const comparePauseMs = 60_000
/** A background short of texts is looked at again after this time: complaints may have been loaded since. */
const backgroundPauseMs = 30_000
/** So many cases are read or measured while a search waits for it: a quarter of a second. More are taken up beside the searches. */
const casesWaitedFor = 1_000

type State = { snapshot: CaseSnapshot; background: Background; backgroundStamp: string; watermark: string; backgroundReadAt: number; comparedAt: number; changedSinceMeasured: number }

const stampOf = (items: readonly BackgroundItem[]): string =>
  items.map(({ feedbackId, caseId, text, embedding }) => `${feedbackId}|${caseId}|${text.length}|${embedding !== null}`).join('\n')

/** The parts in one snapshot, its columns made of them. */
const snapshotOf = (parts: Omit<CaseSnapshot, 'columns'>): CaseSnapshot => ({ ...parts, columns: createCaseColumns(parts.index, parts.calibrator, parts.walks) })

function emptyState(dimensions: number): State {
  const background = createBackground([])
  const parts = { index: createCaseIndex({ dimensions }), calibrator: createCalibrator(background), graph: createKeyGraph([], []), walks: unmeasuredWalks }
  return { snapshot: snapshotOf(parts), background, backgroundStamp: '', watermark: '', backgroundReadAt: -Infinity, comparedAt: -Infinity, changedSinceMeasured: 0 }
}

export function createCaseMemory({ caseStore, embedder, now, backgroundSize = 400, lookEveryMs = 0 }: CaseMemoryOptions): CaseMemory {
  const embeddingModel = embedder?.modelId ?? null
  let state: State | null = null
  let lookedAt = -Infinity
  let running: Promise<unknown> = Promise.resolve()
  let waiting: Promise<CaseSnapshot> | null = null
  let behind: Promise<unknown> = Promise.resolve()
  let jobsBehind = 0
  let writes = 0

  const isBackgroundDue = ({ background, backgroundReadAt }: State): boolean =>
    background.size < backgroundSize && now() - backgroundReadAt >= backgroundPauseMs

  /** Measures every case anew, unless neither cases nor background changed. */
  const renew = async (current: State, isDrifted: boolean): Promise<void> => {
    const { index, graph } = current.snapshot
    const items = await readBackground(caseStore, index, { embeddingModel, size: backgroundSize })
    current.backgroundReadAt = now()
    const stamp = stampOf(items)
    if (!isDrifted && stamp === current.backgroundStamp) return
    current.background = createBackground(items)
    current.backgroundStamp = stamp
    current.background.renew(index.corpus)
    const calibrator = createCalibrator(current.background)
    await calibrator.measure(index, index.all())
    const walks = await measureWalks(graph, [...index.all()], current.background, calibrator.nearest)
    current.changedSinceMeasured = 0
    current.snapshot = snapshotOf({ index, graph, calibrator, walks })
  }

  /** Puts changed cases into memory, measured against the background there is. True where all cases want to be measured anew. */
  const take = async (current: State, changes: CaseChanges): Promise<boolean> => {
    const { index, calibrator } = current.snapshot
    const put = await takeChanges(caseStore, index, changes, embeddingModel)
    const changed = put.length + changes.gone.length
    if (changed === 0) return false
    current.changedSinceMeasured += changed
    const graph = createKeyGraph([...index.all()], await caseStore.keyLinks())
    if (current.background.size > 0) await calibrator.measure(index, put)
    current.snapshot = snapshotOf({ ...current.snapshot, graph })
    return current.changedSinceMeasured > index.size * driftShare
  }

  const absorb = async (current: State, changes: CaseChanges): Promise<void> => {
    const isDrifted = await take(current, changes)
    if (!isDrifted && !isBackgroundDue(current)) return
    // A state that nobody is answered from yet must not be without its measures.
    if (current !== state || current.snapshot.index.size <= casesWaitedFor) await renew(current, isDrifted)
    else workBehind(() => renew(current, isDrifted))
  }

  /** Work of seconds that no search waits for; nobody else changes the state meanwhile. A failure is met again by the next look. */
  const workBehind = (work: () => Promise<void>): void => {
    jobsBehind++
    behind = behind.then(work).catch(() => undefined).then(() => {
      jobsBehind--
      lookedAt = -Infinity
    })
  }

  const look = async (): Promise<CaseSnapshot> => {
    if (jobsBehind > 0 && state) return state.snapshot
    const [startedAt, writesBefore] = [now(), writes]
    let current = state ?? emptyState(embedder?.dimensions ?? defaultDimensions)
    const watermark = await caseStore.watermark()
    const isUnchanged = watermark === current.watermark && now() - current.comparedAt < comparePauseMs && !isBackgroundDue(current)
    if (!isUnchanged) {
      const { index } = current.snapshot
      if (index.withdrawn > index.size + 1_000) current = emptyState(embedder?.dimensions ?? defaultDimensions)
      const changes = await findChanges(caseStore, current.snapshot.index)
      const settle = async (): Promise<void> => {
        await absorb(current, changes)
        Object.assign(current, { watermark, comparedAt: now() })
        state = current
      }
      if (state && changes.stale.length + changes.gone.length > casesWaitedFor) workBehind(settle)
      else await settle()
    }
    // What was written while it looked may have been missed.
    if (writes === writesBefore) lookedAt = startedAt
    return (state ?? current).snapshot
  }

  /** A look that is already under way may have missed the newest commit: the next one is waited for, together with all who ask meanwhile. */
  const nextLook = (): Promise<CaseSnapshot> =>
    (waiting ??= running.then(() => {
      waiting = null
      const result = look()
      running = result.catch(() => undefined)
      return result
    }))

  return {
    refresh() {
      const age = now() - lookedAt
      if (state === null || age >= lookEveryMs) return nextLook()
      // Where searches come one after the other the look is taken ahead of them, and none waits.
      if (age >= lookEveryMs / 2 && waiting === null) nextLook().catch(() => undefined)
      return Promise.resolve(state.snapshot)
    },
    expire() {
      writes++
      lookedAt = -Infinity
    },
  }
}
