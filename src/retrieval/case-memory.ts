import type { Embedder } from '../llm/ports.ts'
import type { CaseStore } from '../graph/ports/case-store.ts'
import { createBackground, type Background, type BackgroundItem } from './background.ts'
import { createCalibrator, type Calibrator } from './calibrator.ts'
import { createCaseIndex, versionOf, type CaseIndex, type IndexedCase } from './case-index.ts'
import { comparableProse } from './case-prose.ts'
import { createKeyGraph, type KeyGraph } from './key-graph.ts'
import { measureWalks, unmeasuredWalks, type WalkCalibrator } from './walk-calibrator.ts'

export type CaseMemoryOptions = {
  caseStore: CaseStore
  embedder: Pick<Embedder, 'modelId' | 'dimensions'> | null
  /** Milliseconds of any steady clock. */
  now: () => number
  /** Unlabelled texts that tell which score is usual for a case. */
  backgroundSize?: number
}

/** The searchable state at one moment. */
export type CaseSnapshot = { index: CaseIndex; calibrator: Calibrator; graph: KeyGraph; walks: WalkCalibrator }

export type CaseMemory = {
  /** Brings what changed in the graph since the last call; cheap when nothing did. Calls at the same time share one look. */
  refresh(): Promise<CaseSnapshot>
}

const casesPerRead = 500
const defaultDimensions = 384
/** All cases are measured anew when more than this share of them changed since: idf and mean length have moved by then. */
const driftShare = 0.02
/** The watermark counts; once in this time the cases themselves are compared, in case a removal and an arrival evened out. */
const comparePauseMs = 60_000
/** A background short of texts is looked at again after this time: complaints may have been loaded since. */
const backgroundPauseMs = 30_000

type State = CaseSnapshot & { background: Background; watermark: string; backgroundReadAt: number; comparedAt: number; changedSinceMeasured: number }

const chunksOf = <T>(items: readonly T[], size: number): T[][] =>
  Array.from({ length: Math.ceil(items.length / size) }, (_, at) => items.slice(at * size, (at + 1) * size))

export function createCaseMemory({ caseStore, embedder, now, backgroundSize = 400 }: CaseMemoryOptions): CaseMemory {
  const modelId = embedder?.modelId ?? null
  let state: State | null = null
  let running: Promise<unknown> = Promise.resolve()
  let waiting: Promise<CaseSnapshot> | null = null

  const emptyState = (): State => {
    const background = createBackground([])
    return {
      index: createCaseIndex({ dimensions: embedder?.dimensions ?? defaultDimensions }),
      calibrator: createCalibrator(background),
      graph: createKeyGraph([], []),
      walks: unmeasuredWalks,
      background, watermark: '', backgroundReadAt: -Infinity, comparedAt: -Infinity, changedSinceMeasured: 0,
    }
  }

  /** Reads what differs from memory and puts it there. */
  const loadChanges = async (index: CaseIndex): Promise<{ put: IndexedCase[]; removed: number }> => {
    const seen = new Set<string>()
    const stale: string[] = []
    for await (const version of caseStore.versions()) {
      seen.add(version.caseId)
      if (index.get(version.caseId)?.version !== versionOf(version)) stale.push(version.caseId)
    }
    const gone = [...index.all()].filter(({ caseId }) => !seen.has(caseId))
    for (const { caseId } of gone) index.remove(caseId)
    const put: IndexedCase[] = []
    for (const caseIds of chunksOf(stale, casesPerRead)) {
      for (const record of await caseStore.cases(caseIds)) put.push(index.put(record, modelId))
    }
    return { put, removed: gone.length }
  }

  /** Complaints; while there are few, other cases stand in for them. */
  const readBackground = async (index: CaseIndex): Promise<BackgroundItem[]> => {
    const complaints = await caseStore.background({ embeddingModel: modelId, limit: backgroundSize })
    const items: BackgroundItem[] = complaints.map(item => ({ ...item, caseId: null }))
    const missing = backgroundSize / 4 - items.length
    if (missing <= 0) return items
    const ids = [...index.all()].map(({ caseId }) => caseId).sort().slice(0, missing)
    const cases = await caseStore.cases(ids)
    return [...items, ...cases.sort((a, b) => (a.caseId < b.caseId ? -1 : 1)).map(record => ({
      feedbackId: null, text: comparableProse(record), embedding: record.embeddingModel === modelId ? record.embedding : null, caseId: record.caseId,
      components: record.components, symptoms: record.symptoms, dtcs: record.dtcs,
    }))]
  }

  const renewBackground = async (current: State): Promise<void> => {
    current.background = createBackground(await readBackground(current.index))
    current.backgroundReadAt = now()
    current.background.renew(current.index.corpus)
    const calibrator = createCalibrator(current.background)
    await calibrator.measure(current.index, current.index.all())
    current.calibrator = calibrator
    current.walks = await measureWalks(current.graph, current.index, current.background, calibrator.nearest)
    current.changedSinceMeasured = 0
  }

  const isBackgroundDue = ({ background, backgroundReadAt }: State): boolean =>
    background.size < backgroundSize && now() - backgroundReadAt >= backgroundPauseMs

  const look = async (): Promise<CaseSnapshot> => {
    let current = state ?? emptyState()
    const watermark = await caseStore.watermark()
    const isCompareDue = now() - current.comparedAt >= comparePauseMs
    if (watermark === current.watermark && !isCompareDue && !isBackgroundDue(current)) return current
    if (current.index.withdrawn > current.index.size + 1_000) current = emptyState()
    const { put, removed } = await loadChanges(current.index)
    current.changedSinceMeasured += put.length + removed
    if (put.length + removed > 0) current.graph = createKeyGraph([...current.index.all()], await caseStore.keyLinks())
    const drifted = current.changedSinceMeasured > current.index.size * driftShare
    if (drifted || isBackgroundDue(current)) await renewBackground(current)
    else if (put.length + removed > 0) await current.calibrator.measure(current.index, put)
    current.watermark = watermark
    current.comparedAt = now()
    state = current
    return current
  }

  return {
    refresh() {
      // A look that is already under way may have missed the newest commit: wait for the next one, together with all who ask meanwhile.
      waiting ??= running.then(() => {
        waiting = null
        const result = look()
        running = result.catch(() => undefined)
        return result
      })
      return waiting
    },
  }
}
