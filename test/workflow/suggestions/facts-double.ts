import type { AnalysisCandidate, AnalysisFactor, RootCauseAnalysis } from '../../../src/domain/root-cause-analysis.ts'
import { readSuggestionFiles } from '../../../src/composition/suggestions.ts'
import { createVerifier } from '../../../src/verification/index.ts'
import { createLinker } from '../../../src/vocabulary/index.ts'
import type { CauseKind } from '../../../src/workflow/suggestions/cause-kind.ts'
import { candidateStatement } from '../../../src/workflow/root-causes/factor-words.ts'
import { suggestFromFacts, type SuggestingParts } from '../../../src/workflow/suggestions/suggest-from-facts.ts'
import type { PastCause, SuggestionFacts } from '../../../src/workflow/suggestions/suggestion-facts.ts'
import { vocabulary, words } from '../root-causes/ranked-double.ts'

export const files = readSuggestionFiles()
export const verifier = createVerifier({ linker: createLinker(vocabulary), vocabulary, rules: files.rules })

/** One level of every dimension, as the engine spells it. */
export const factorsOfKind: Partial<Record<CauseKind, AnalysisFactor[]>> = {
  lot: [{ dimension: 'lot', level: 'BAT-100-A/22W10', component: 'traction-battery' }],
  'part-number': [{ dimension: 'part-number', level: 'BAT-100-A', component: 'traction-battery' }],
  supplier: [{ dimension: 'supplier', level: 'traction-battery/S-014', component: 'traction-battery' }],
  condition: [{ dimension: 'condition', level: 'traction-battery/remanufactured', component: 'traction-battery' }],
  software: [{ dimension: 'software', level: 'BMS@4.1.0', component: null }],
  plant: [{ dimension: 'plant', level: 'HF2', component: null }],
  'build-week': ['2022-W10', '2022-W11'].map(level => ({ dimension: 'build-week' as const, level, component: null })),
  model: [{ dimension: 'model', level: 'ES8', component: null }],
  'model-year': [{ dimension: 'model-year', level: '2022', component: null }],
  trim: [{ dimension: 'trim', level: 'Signature', component: null }],
  option: [{ dimension: 'option', level: 'tow-bar', component: null }],
  region: [{ dimension: 'region', level: 'CN-North', component: null }],
  'service-center': [{ dimension: 'service-center', level: 'SC-SH-03', component: null }],
  pair: [{ dimension: 'supplier', level: 'traction-battery/S-014', component: 'traction-battery' }, { dimension: 'region', level: 'CN-North', component: null }],
}

export const candidateOfKind = (kind: CauseKind, changes: Partial<AnalysisCandidate> = {}): AnalysisCandidate => {
  const factors = factorsOfKind[kind] ?? []
  const shape = kind === 'build-week' ? ('window' as const) : kind === 'pair' ? ('pair' as const) : ('factor' as const)
  const { en, zh } = candidateStatement({ kind: shape, factors }, words)
  return {
    candidateId: 'ANA-1:1', rank: 1, kind: shape, calibrated: false, statement: en, statementZh: zh, factors,
    statistics: {
      observed: 23, expected: 3.1, smr: 7.4194, smrInterval: [4.7, 11.1], rateRatio: 15.6, rateRatioInterval: [8.1, 30.7], score: 26.2, evidenceNats: 32.7, pValue: 0.001, qValue: 0.004,
      vehiclesAtRisk: 412, oddsRatioCrude: 97.8, oddsRatioStratified: 91.2, confounded: false,
    },
    weighted: null, software: null, explainedAway: false, pastCase: null,
    evidence: [{ id: 'E1', type: 'statistic', summary: '', nodeIds: ['app:F-1'], cypher: 'MATCH (n) RETURN n', params: {}, returned: null, detail: { kind: 'claims', values: { claims: 23, vehicles: 22 }, factor: null } }],
    counterEvidence: [{
      id: 'E2', type: 'statistic', summary: '', nodeIds: [], cypher: null, params: {}, returned: null,
      detail: { kind: 'contrastAgainst', values: { vehicles: 63, observed: 0, expected: 1.9 }, factor: { dimension: 'plant', level: 'HF1', component: null } },
    }],
    equivalents: [], discriminatingTests: [],
    split: {
      rivalStatement: 'Supplier S-014 of the traction battery', rivalStatementZh: '动力电池供应商 S-014', rivalFactors: factorsOfKind.supplier!,
      own: { observed: 2, expected: 0.4, vehicles: 30 }, other: { observed: 1, expected: 7.3, vehicles: 950 }, probability: 0.02,
    },
    path: { verified: true, nodes: [{ id: 'charging-stops', label: 'Symptom', caption: 'Charging stops' }, { id: 'BAT-100-A/22W10', label: 'PartLot', caption: 'BAT-100-A/22W10' }], relationships: [], cypher: 'MATCH p', params: {} },
    confidence: 0.9,
    ...changes,
  }
}

export const analysisOf = (changes: Partial<RootCauseAnalysis> = {}): RootCauseAnalysis => ({
  analysisId: 'ANA-1', subject: { component: 'traction-battery', symptom: 'charging-stops', issueId: 'ISS-1' }, asOf: '2023-02-01',
  affected: { claims: 41, vehicles: 38, excludedDuplicates: 5, withoutExposure: 2 }, population: { vehicles: 30214, vehicleMonths: 412345 },
  verdict: 'cause-found', verdictCode: 'leads-clearly', verdictReason: '', verdictReasonZh: '', margin: 6.5, powerShare: 0.92, candidates: [candidateOfKind('lot')], abstention: null,
  provenance: { engineVersion: '1', dataWatermark: '', seed: 42, replicates: 999, promptId: null, modelId: null, milliseconds: 1 },
  ...changes,
})

export const pastCause = (caseId: string, score: number, rootCause: string, weight = score): PastCause => ({
  past: {
    caseId, title: 'Charging stops in damp weather', kind: '8d', score, rank: 1, rootCause, containment: [], corrective: [], snippet: '',
    facets: { text: 0.5, component: true, symptom: true, dtc: false, model: null, modelYear: null, channels: [] }, dates: { openedAt: '2021-05-02', closedAt: '2021-08-30' },
  },
  candidate: null, weight, decisions: { accepted: 0, rejected: 0, verified: 0 },
})

export const factsOf = (changes: Partial<SuggestionFacts> = {}): SuggestionFacts => ({
  issueId: 'ISS-1', analysis: analysisOf(), label: 'Traction battery: Charging stops', severity: 7, uncountedModel: null, casesOfClass: 2,
  pastCauses: [pastCause('8D-2021-044', 0.83, 'connector seal of lot 21W08 under-cured')],
  snapshots: 20, codes: [{ code: 'P0AA6', meaning: 'Isolation fault', reports: 12, confirmed: 9, nodeIds: ['P0AA6', 'TS-1'] }],
  signals: [{ name: 'hv_isolation_kohm', unit: 'kΩ', low: 500, high: 2_000, outside: 11, snapshots: 20, median: 180, nodeIds: ['NIO/ES8/hv_isolation_kohm'] }],
  repairs: [{ result: 'fixed', orders: 8, orderIds: ['RO-1'] }, { result: 'no-trouble-found', orders: 2, orderIds: ['RO-2'] }],
  statements: {}, quotes: [{ text: '充电到一半就停了', source: 'app:F-1' }],
  outcomes: [{ actionId: 'a1', caseId: '8D-2021-044', kind: 'containment', actionType: 'quarantine-lot', similarity: 0.83, outcome: 'held', text: 'quarantine lot 21W08' }],
  effects: { containment: [], corrective: [] }, decisions: [],
  ...changes,
})

export const partsOf = (changes: Partial<SuggestingParts> = {}): SuggestingParts => ({
  catalogue: files.catalogue, wording: files.wording, words, confidence: { of: one => one.confidence, threshold: 0, isCalibrated: false }, verify: verifier.verifyExplanation,
  reader: { countScope: question => Promise.resolve({ counts: { stock: 14, inTransit: 9, atOutlet: 22, sold: 412 }, rows: [], cypher: 'MATCH (car:Vehicle) RETURN count(car)', params: { ...question } }) },
  gateway: null, engineVersion: '1.2.3', ...changes,
})

export const suggest = (facts: SuggestionFacts, options: { language?: 'en' | 'zh'; wording?: 'template' | 'model'; parts?: Partial<SuggestingParts> } = {}) =>
  suggestFromFacts(
    { facts, subjectKey: 'ISS-1', language: options.language ?? 'en', wording: options.wording ?? 'template', models: ['ES8'], now: () => new Date('2023-02-01T12:00:00Z'), startedAt: Date.parse('2023-02-01T12:00:00Z') },
    partsOf(options.parts),
  )
