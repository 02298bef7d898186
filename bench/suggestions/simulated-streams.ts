import { createProjectionBuilder } from '../../src/analysis/projection.ts'
import { rankTask } from '../../src/analysis/worker/ranking-task.ts'
import { readSuggestionFiles } from '../../src/composition/suggestions.ts'
import { FishboneError } from '../../src/domain/error.ts'
import type { ClassReport, FleetVehicle } from '../../src/domain/fleet.ts'
import type { RootCauseAnalysis } from '../../src/domain/root-cause-analysis.ts'
import type { SuggestionSet } from '../../src/domain/suggestion.ts'
import type { ReportRef } from '../../src/graph/ports/root-causes.ts'
import type { ModelGateway } from '../../src/llm/ports.ts'
import { createVerifier } from '../../src/verification/index.ts'
import type { Linker, Vocabulary } from '../../src/vocabulary/index.ts'
import { createAnalyzeRootCauses, type AnalyzeRootCauses } from '../../src/workflow/root-causes/analyze-root-causes.ts'
import { createMakeSuggestions, type MakeSuggestions } from '../../src/workflow/suggestions/make-suggestions.ts'
import { createFleet, type StreamTruth } from '../../simulator/fleet.ts'
import { vehiclesOf } from '../commonality/fleet-in-memory.ts'
import { spell } from '../commonality/judge.ts'
import { rootCauseStoreOver, suggestionStoreOver, type SimulatedReport } from './fleet-graph.ts'

type Row = Record<string, string | null>
type Language = { linker: Linker; vocabulary: Vocabulary }

const utc = (instant: string): string => new Date(instant).toISOString()

/** Reports of a stream by the ids the simulator gave them: linking is taken as perfect. */
const reportsOf = (records: ReturnType<typeof createFleet>['records'], { component, symptom }: StreamTruth): { report: SimulatedReport; row: ClassReport }[] => {
  const isOf = (id: unknown): boolean => new RegExp(`^(F|RO)-${component}-${symptom}-\\d+(-2)?$`).test(String(id))
  const made = (source: SimulatedReport['source'], row: Row, id: string, at: string, received: string, text: string, result: string | null) => ({
    report: { source, recordId: id, vehicleId: row['vin']!, at: utc(at), text, repairResult: result },
    row: {
      source, recordId: id, vehicleId: row['vin']!, make: null, model: null, modelYear: null, component, symptom, at: utc(at), receivedAt: utc(received), linkWeight: 1,
      repairResult: result === 'fixed' || result === 'returned' || result === 'no-trouble-found' ? result : null,
    } satisfies ClassReport,
  })
  return [
    ...(records.feedback as Row[]).filter(row => isOf(row['sourceId'])).map(row => made('feedback', row, row['sourceId']!, row['occurredAt']!, row['receivedAt']!, row['text']!, null)),
    ...(records['repair-orders'] as Row[]).filter(row => isOf(row['repairOrderId'])).map(row => made('repair-order', row, row['repairOrderId']!, row['openedAt']!, row['closedAt']!, row['complaint'] ?? '', row['result'] ?? 'unknown')),
  ]
}

export type SimulatedStream = {
  truth: StreamTruth
  /** The leading class of an open verdict: its calibrated confidence, and whether one of its spellings is a true cause; null where none is named. */
  leader: () => Promise<{ confidence: number; isTrue: boolean } | null>
  /** The product's own service over the fleet in memory; the analysis is made once and shared. */
  suggest: (question: { language: 'en' | 'zh'; gateway: ModelGateway | null }) => Promise<SuggestionSet>
}

/** Whether factors are the planted ones or what stands for them; of two planted causes one by itself is enough. */
const isTrueCause = ({ factors, alternatives, family }: StreamTruth, named: readonly { dimension: string; level: string }[]): boolean => {
  if (named.length === 0) return false
  if ([factors, ...alternatives].some(one => spell(one) === spell(named))) return true
  return family === 'two causes' && named.every(one => factors.some(other => spell([other]) === spell([one])))
}

const projectionOf = (rows: readonly FleetVehicle[]) => {
  const builder = createProjectionBuilder({ order: 'id' })
  for (const row of rows) builder.add(row)
  return builder.build()
}

/** The streams of one simulated fleet, each with a way to suggest for it: everything but Neo4j is the product's code. No past cases, no decisions. */
export const simulatedStreams = ({ seed, vehicles }: { seed: number; vehicles: number }, { linker, vocabulary }: Language): SimulatedStream[] => {
  const fleet = createFleet({ seed, vehicles })
  const rows = vehiclesOf(fleet.records)
  const projection = projectionOf(rows)
  const cutOff = fleet.truth.cutOff
  const now = () => new Date(`${cutOff}T23:59:59.999Z`)
  const current = { projection, watermark: { graph: 'memory', vehicles, changedAt: 0, recent: [] } }
  const cars = new Map(rows.map(row => [row.id, row]))
  const { catalogue, wording, confidence, rootCauseWording, rules } = readSuggestionFiles()
  return fleet.truth.streams.map(truth => {
    const reports = reportsOf(fleet.records, truth)
    const graph = { cars, reports: new Map(reports.map(({ report }) => [report.recordId, report])), newestReceipt: reports.map(one => one.row.receivedAt).sort().at(-1) ?? now().toISOString() }
    let counted: readonly ReportRef[] = []
    const searchCases = () => Promise.resolve({ items: [], timings: {} })
    const labelOf = (key: string, of?: 'en' | 'zh') => vocabulary.labelOf(key, of)
    const analyse = createAnalyzeRootCauses({
      fleetProjection: { current: () => Promise.resolve(current), asKnown: () => Promise.resolve(projection) },
      fleetStore: { classReports: () => Promise.resolve(reports.map(one => one.row)) },
      store: rootCauseStoreOver(graph, refs => (counted = refs)), linker, vocabulary, wording: rootCauseWording, redact: text => text, searchCases,
      runRanking: task => Promise.resolve(rankTask(task, {})), version: 'bench', now, newId: () => `ANA-${seed}-${truth.component}`,
    })
    let analysed: Promise<RootCauseAnalysis> | null = null
    const analyzeRootCauses: AnalyzeRootCauses = (...asked) => (analysed ??= analyse(...asked))
    const make = (gateway: ModelGateway | null): MakeSuggestions => createMakeSuggestions({
      store: suggestionStoreOver(graph, () => counted), analyzeRootCauses, searchCases, vocabulary, now, newId: () => 'bench', gateway, catalogue, wording, confidence,
      words: { wording: rootCauseWording, labelOf }, engineVersion: 'bench', actionEfficacies: () => Promise.resolve([]),
      verifierOf: knownNames => createVerifier({ linker, vocabulary, rules, knownNames }).verifyExplanation,
    })
    return {
      truth,
      leader: async () => {
        const analysis = await analysed
        const first = analysis?.candidates.find(one => one.statistics !== null)
        if (!analysis || !first || (analysis.verdict !== 'cause-found' && analysis.verdict !== 'tied')) return null
        return { confidence: confidence.of(first, analysis), isTrue: [first, ...first.equivalents].some(one => isTrueCause(truth, one.factors)) }
      },
      suggest: ({ language, gateway }) => {
        if (reports.length === 0) throw new FishboneError('FB_NO_SUBJECT', `stream ${truth.component} of seed ${seed} has no report`)
        return make(gateway)({ subject: { component: truth.component, symptom: truth.symptom }, language, wording: gateway === null ? 'template' : 'model' })
      },
    }
  })
}
