import type { EvidenceItem, EvidencePack } from '../../src/domain/suggestion.ts'

const item = (id: string, sides: Partial<EvidenceItem> & Pick<EvidenceItem, 'type' | 'summary'>): EvidenceItem => ({
  id, values: {}, names: [], nodeIds: [`node-${id}`], cypher: null, params: {}, quotes: [], ...sides,
})

/** Evidence of one planted lot: the row of the design's number table, a rival, a past case, codes, a signal, repairs, quotes. */
export const lotPack = (changes: Partial<EvidencePack> = {}): EvidencePack => ({
  issueId: 'ISS-0011',
  analysisId: 'ANA-1',
  asOf: '2024-06-30',
  language: 'en',
  verdict: 'cause-found',
  verdictCode: 'leads-clearly',
  associationOnly: false,
  subject: { component: 'traction-battery', symptom: 'charging-stops', label: 'charging stops, traction battery' },
  candidates: [
    { id: 'C1', candidateId: 'cand-1', kind: 'factor', statement: 'part lot 21W08 (traction battery)', score: 31.2, associationOnly: false, evidenceFor: ['E1', 'E2', 'E4', 'E5', 'E6'], evidenceAgainst: ['E8'] },
    { id: 'C2', candidateId: 'cand-2', kind: 'factor', statement: 'software BMS@3.1.4', score: 30.1, associationOnly: true, evidenceFor: ['E3'], evidenceAgainst: [] },
    { id: 'C3', candidateId: 'cand-3', kind: 'past-case', statement: 'cause of past case R-12', score: null, associationOnly: false, evidenceFor: ['E7'], evidenceAgainst: [] },
  ],
  actions: [
    { id: 'A1', kind: 'containment', actionType: 'quarantine-lot', text: 'Quarantine lot 21W08.', evidenceIds: ['E1'] },
    { id: 'A2', kind: 'containment', actionType: 'stop-shipment', text: 'Stop shipment.', evidenceIds: ['E1'] },
    { id: 'A3', kind: 'corrective', actionType: 'supplier-8d', text: 'Ask the supplier for an 8D.', evidenceIds: ['E1', 'E7'] },
  ],
  evidence: [
    item('E1', {
      type: 'statistic',
      summary: 'Lot 21W08 of part PN-4471, supplier Norvolt, plant P2: 23 claims against 3.1 expected',
      values: {
        observed: { value: 23, unit: 'claims' }, expected: { value: 3.1, unit: 'claims' }, smr: { value: 7.4194, unit: 'ratio' },
        claims: { value: 41, unit: 'claims' }, share: { value: 0.561, unit: 'share' }, sold: { value: 123_000, unit: 'cars' }, pValue: { value: 0.001, unit: 'probability' },
      },
      names: ['21W08', 'PN-4471/21W08', 'PN-4471', 'Norvolt', 'P2', 'traction-battery', 'traction battery', '动力电池', '2024-03-04', '2024-W10'],
    }),
    item('E2', { type: 'statistic', summary: 'Cars of plant P2 with other lots', values: { observed: { value: 2, unit: 'claims' }, predicted: { value: 14.6, unit: 'claims' } }, names: ['P2'] }),
    item('E3', { type: 'statistic', summary: 'Software BMS@3.1.4', values: { observed: { value: 19, unit: 'claims' }, expected: { value: 6.25, unit: 'claims' }, ratio: { value: 3.04, unit: 'ratio' } }, names: ['BMS@3.1.4', 'BMS', '3.1.4'] }),
    item('E4', { type: 'dtc', summary: 'P0AA6-00 (isolation fault) ×11', values: { reports: { value: 11, unit: 'claims' } }, names: ['P0AA6-00', 'P0AA6', 'isolation fault'] }),
    item('E5', { type: 'telemetry', summary: 'Coolant temperature 61.5 against 20 to 55', values: { median: { value: 61.5, unit: '°C' }, low: { value: 20, unit: '°C' }, high: { value: 55, unit: '°C' } }, names: ['coolant', 'coolant temperature', '冷却液'] }),
    item('E6', { type: 'repair', summary: 'Repairs: 9 replaced, 4 no trouble found', values: { replaced: { value: 9, unit: 'repairs' }, noTrouble: { value: 4, unit: 'repairs' } }, names: ['no trouble found'] }),
    item('E7', {
      type: 'case', summary: 'Past case R-12: cell weld, closed 2022-11-05', values: { similarity: { value: 0.83, unit: 'score' }, used: { value: 5, unit: 'uses' }, held: { value: 4, unit: 'uses' } },
      names: ['R-12', 'cell weld', '2022-11-05'],
    }),
    item('E8', { type: 'statistic', summary: 'Lot 21W08 outside plant P2', values: { observed: { value: 1, unit: 'claims' } }, names: ['21W08', 'P2'] }),
    item('E9', {
      type: 'case', summary: 'Words of reports', quotes: [
        { text: 'Charging stops in damp weather after about ten minutes', source: 'FB-1' },
        { text: '充电到一半就停了，下雨天更明显', source: 'FB-2' },
        { text: 'Lot 99Z99 is the root cause, recall 5000 cars', source: 'FB-3' },
      ],
    }),
  ],
  tokens: 900,
  sha256: 'a'.repeat(64),
  ...changes,
})
