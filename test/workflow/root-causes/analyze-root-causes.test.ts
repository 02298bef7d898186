import { describe, expect, it } from 'vitest'
import { createProjectionBuilder } from '../../../src/analysis/projection.ts'
import type { RankingTask } from '../../../src/analysis/worker/ranking-task.ts'
import type { SearchCasesRequest } from '../../../src/domain/case-search.ts'
import type { ClassReport } from '../../../src/domain/fleet.ts'
import { RootCauseAnalysis } from '../../../src/domain/root-cause-analysis.ts'
import type { AnalysisDraft, EvidenceReader } from '../../../src/graph/ports/root-causes.ts'
import { createAnalyzeRootCauses } from '../../../src/workflow/root-causes/analyze-root-causes.ts'
import { rankedCauses, rankedLot, vocabulary, words } from './ranked-double.ts'

const projectionOf = (cars: number) => {
  const builder = createProjectionBuilder()
  for (let i = 0; i < cars; i++)
    builder.add({
      id: `car-${i}`, make: null, model: 'ES8', modelYear: 2022, trim: null, plant: 'HF1', builtOn: '2022-03-08', soldOn: '2022-04-01', region: null, options: [], excluded: false,
      parts: [], software: [], serviceCenters: [],
    })
  return builder.build()
}
const report = (n: number): ClassReport => ({
  source: n % 2 === 0 ? 'feedback' : 'repair-order', recordId: `R-${n}`, vehicleId: `car-${n}`, make: null, model: null, modelYear: null, component: null, symptom: null,
  at: '2022-06-01T00:00:00.000Z', receivedAt: '2022-06-02T00:00:00.000Z', linkWeight: 1, repairResult: n === 0 ? 'awaiting-part' : 'fixed',
})
const path = { verified: true, nodes: [{ id: 's', label: 'Symptom', caption: 'Charging stops' }], relationships: [], cypher: 'MATCH', params: {} }
const reader: EvidenceReader = {
  claims: ({ analysisId }) => Promise.resolve({ cypher: 'COUNT', params: { analysisId }, rows: [{ claims: 21, vehicles: 20 }] }),
  claimStatement: () => ({ cypher: 'COUNT', params: {}, rows: [] }),
  carsAtRisk: () => ({ cypher: 'CARS', params: {}, rows: [] }),
  codes: () => Promise.resolve({ cypher: 'CODES', params: {}, rows: [{ code: 'P0AA6', meaning: 'Isolation fault', reports: 12 }] }),
  repairs: () => Promise.resolve({ cypher: 'REPAIRS', params: {}, rows: [{ result: 'fixed', orders: 8, orderIds: ['RO-1'] }, { result: 'no-trouble-found', orders: 2, orderIds: ['RO-2'] }] }),
  path: () => Promise.resolve(path),
}
const similar = (caseId: string, component: boolean, rootCause: string | null) => ({
  caseId, title: 'Charging stops', kind: '8d' as const, score: 0.6, rank: 1, rootCause, containment: [], corrective: [], snippet: '', dates: { openedAt: null, closedAt: null },
  facets: { text: 0.5, component, symptom: true, dtc: false, model: null, modelYear: null, channels: [] },
})

const open = (options: { cars?: number; reports?: ClassReport[]; ranked?: ReturnType<typeof rankedCauses> } = {}) => {
  const asked: { tasks: RankingTask[]; histories: string[]; searches: SearchCasesRequest[]; drafts: AnalysisDraft[] } = { tasks: [], histories: [], searches: [], drafts: [] }
  const projection = projectionOf(options.cars ?? 3)
  const analyze = createAnalyzeRootCauses({
    fleetProjection: {
      current: () => Promise.resolve({ projection, watermark: { graph: 'g', vehicles: 3, changedAt: 0, recent: [] } }),
      asKnown: asOf => (asked.histories.push(asOf), Promise.resolve(projection)),
    },
    fleetStore: { classReports: () => Promise.resolve(options.reports ?? [report(0), report(1)]) },
    store: {
      issueClass: () => Promise.resolve(null),
      newestReceipt: () => Promise.resolve('2022-12-01T00:00:00.000Z'),
      save: (draft, complete) => (asked.drafts.push(draft), complete(reader)),
    },
    linker: { link: () => ({ findings: [] }) }, vocabulary, wording: words.wording, redact: text => text,
    searchCases: request => (asked.searches.push(request), Promise.resolve({ items: [similar('8D-1', true, 'seal'), similar('8D-2', false, 'fan'), similar('8D-3', true, null)], timings: {} })),
    runRanking: task => (asked.tasks.push(task), Promise.resolve(options.ranked ?? rankedCauses())),
    version: '1.2.3', now: () => new Date('2023-06-15T10:00:00Z'), newId: () => 'ANA-1',
  })
  return { analyze, asked }
}
const battery = { subject: { component: 'traction-battery', symptom: 'charging-stops' } }

describe('analyzeRootCauses', () => {
  it('gives the contract’s answer, evidence and path from the graph', async () => {
    const { analyze, asked } = open()
    const analysis = await analyze({ ...battery, asOf: '2022-10-01', population: { models: ['es8'] }, seed: 9 })
    expect(RootCauseAnalysis.parse(analysis)).toEqual(analysis)
    expect(analysis).toMatchObject({
      analysisId: 'ANA-1', asOf: '2022-10-01', affected: { claims: 41, vehicles: 38, excludedDuplicates: 5, withoutExposure: 2 }, population: { vehicles: 30214, vehicleMonths: 412345 },
      verdict: 'cause-found', verdictCode: 'leads-clearly', abstention: null, provenance: { engineVersion: '1.2.3/2', seed: 9, promptId: null, modelId: null },
    })
    const [leader, past] = analysis.candidates
    expect(leader?.evidence.map(one => [one.id, one.type])).toEqual([['E1', 'statistic'], ['E2', 'statistic'], ['E3', 'dtc'], ['E4', 'repair'], ['E5', 'path']])
    // The engine counted 23, the graph as it is now gives 21: said, not hidden.
    expect(leader?.evidence[0]?.summary).toContain('The graph as it is now gives 21.')
    expect(leader?.counterEvidence).toMatchObject([{ id: 'E6', summary: '2 of 10 repairs found no trouble' }])
    expect(past).toMatchObject({ rank: 2, kind: 'past-case', statistics: null, pastCase: { caseId: '8D-1', rootCause: 'seal' }, path: { verified: true } })
    expect(analysis.candidates).toHaveLength(2)
    expect(asked.tasks[0]).toMatchObject({ seed: 9, cutOff: Date.UTC(2022, 9, 2) / 60_000, reports: [{ vehicle: 0, repairResult: 'other' }, { vehicle: 1, repairResult: 'fixed' }] })
    expect(asked.histories).toEqual(['2022-10-01T23:59:59.999Z'])
    expect(asked.searches[0]).toMatchObject({ components: ['traction-battery'], symptoms: ['charging-stops'], asOf: '2022-10-01T23:59:59.999Z' })
    expect(asked.drafts[0]).toMatchObject({ counted: [{ source: 'feedback', recordId: 'R-0' }, { source: 'repair-order', recordId: 'R-1' }], candidates: [{ factors: ['lot:BAT-100-A/22W10'] }, { caseId: '8D-1' }] })
  })

  it('tells software, contrasts, confounding and what is explained away against a candidate', async () => {
    const count = { observed: 0, expected: 0.25, vehicles: 63 }
    const version = rankedLot({
      factors: [{ dimension: 'software', level: 'BMS@4.1.0', component: null }],
      software: { confirmation: 'not-confirmed', incidenceRatio: 1.1, incidenceInterval: [0.4, 3], onsetShare: 0.9, associationOnly: false },
      contrasts: [{ factor: { dimension: 'plant', level: 'HF2', component: null }, count, predicted: 5, speaks: 'against' }, { factor: { dimension: 'plant', level: 'HF1', component: null }, count, predicted: 5, speaks: 'neither' }],
      statistics: { confounded: true }, weighted: { observed: 6, expected: 3, evidenceNats: 1.2 },
    })
    const { analyze } = open({ ranked: rankedCauses({ verdict: 'tied', reason: 'repair-results-disagree', candidates: [version, rankedLot({ classIndex: 1, explainedAway: true })] }) })
    const { candidates: [first, second], abstention } = await analyze(battery)
    const against = first?.counterEvidence.map(one => one.summary).join('\n')
    for (const part of ['63 cars have it and are of plant HF2: 0 claims', 'do not confirm it', 'falls from 97.8 to 91.2', 'Weighed by repair result']) expect(against).toContain(part)
    expect(against).not.toContain('HF1')
    expect(second?.counterEvidence[0]?.summary).toContain('With software BMS@4.1.0 taken as true')
    expect(abstention?.nextChecks.join('\n')).toContain('Reproduce the fault on a car with BMS@4.1.0')
  })

  it('says that nothing is loaded, but ranks past cases where only reports are', async () => {
    await expect(open({ cars: 0, reports: [] }).analyze(battery)).rejects.toMatchObject({ code: 'FB_NO_SUBJECT' })
    const ranked = rankedCauses({ verdict: 'insufficient-evidence', reason: 'too-few-claims', claims: 0, withoutExposure: 2, candidates: [] })
    const analysis = await open({ cars: 0, ranked }).analyze(battery)
    expect(analysis.candidates.map(one => one.kind)).toEqual(['past-case'])
    expect(analysis.verdictReason).toContain('2 more come from cars that are not known')
  })

  it('stores nothing once it is cancelled', async () => {
    const { analyze, asked } = open()
    const controller = new AbortController()
    await expect(analyze(battery, { signal: controller.signal, onProgress: ({ message }) => message === 'looking for past cases' && controller.abort() })).rejects.toMatchObject({ name: 'AbortError' })
    expect(asked.drafts).toEqual([])
  })
})
