import type { TestGraph } from '../support/graph.ts'
import type { Embedder } from '../../src/llm/ports.ts'

/** A case as these tests write it: the fewest fields that the search reads. */
export type TestCase = {
  caseId: string
  title: string
  kind?: string
  symptom?: string
  failureEffect?: string
  rootCause?: string
  openedAt?: string
  closedAt?: string | null
  receivedAt?: string | null
  components?: string[]
  symptoms?: string[]
  dtcs?: string[]
  affected?: { make?: string | null; model?: string | null; modelYear?: number | null }[]
  corrective?: string[]
}

// As the ingest does: a case that is there already leaves a version behind.
const writeCase = `
OPTIONAL MATCH (earlier:Case {id: $caseId})
FOREACH (_ IN CASE WHEN earlier IS NULL THEN [] ELSE [1] END | CREATE (:RecordVersion {id: $caseId + '@' + earlier.contentSha256}))
MERGE (c:Case {id: $caseId})
SET c += $stored
WITH c
FOREACH (key IN $components | MERGE (n:Component {id: key}) MERGE (c)-[:ON]->(n))
FOREACH (key IN $symptoms | MERGE (n:Symptom {id: key}) MERGE (c)-[:SHOWED]->(n))
FOREACH (code IN $dtcs | MERGE (n:Dtc {id: code}) SET n.code = code MERGE (c)-[:MENTIONS]->(n))
FOREACH (v IN $affected | MERGE (n:ModelYear {id: v.id}) SET n.make = v.make, n.model = v.model, n.modelYear = toInteger(v.modelYear) MERGE (c)-[:AFFECTED]->(n))
FOREACH (text IN $corrective | CREATE (c)-[:CORRECTED_BY {effectiveFrom: '2021-07-15'}]->(:Action {id: $caseId + text, kind: 'PCA', actionType: 'process-change', text: text}))
`

/** Writes one case the way the ingest lays it in the graph, with its vector when there is an embedder. */
export async function writeTestCase(graph: TestGraph, record: TestCase, embedder: Embedder | null): Promise<void> {
  const { caseId, components = [], symptoms = [], dtcs = [], affected = [], corrective = [], ...fields } = record
  const text = [fields.title, fields.symptom, fields.failureEffect, fields.rootCause, ...corrective].filter(Boolean).join('\n')
  const vector = embedder ? [...(await embedder.embed([text], 'passage'))[0]!] : null
  await graph.run(writeCase, {
    caseId, components, symptoms, dtcs, corrective,
    affected: affected.map(({ make = null, model = null, modelYear = null }) => ({
      make, model, modelYear, id: [make, model, modelYear].map(side => side ?? '*').join('/').toLowerCase(),
    })),
    stored: {
      closedAt: '2021-08-30', openedAt: '2021-05-02', receivedAt: '2021-08-30T23:59:59.999Z', kind: '8d', ...fields,
      text, matchText: text.toLowerCase(), contentSha256: `${caseId}-${text.length}`, embedding: vector, embeddingModel: embedder?.modelId ?? null,
    },
  })
}

export const dampWeather: TestCase = {
  caseId: '8D-2021-044',
  title: 'Charging stops in damp weather',
  symptom: 'charging stops, battery fault message',
  rootCause: 'connector seal of lot 21W08 under-cured',
  components: ['traction-battery'],
  symptoms: ['charging-stops'],
  dtcs: ['P0AA6'],
  affected: [{ make: 'NIO', model: 'ES8', modelYear: 2021 }],
  corrective: ['cure time raised to 40 min, leak test added'],
}

export const brakeHose: TestCase = {
  caseId: '23V840000',
  title: 'SERVICE BRAKES, HYDRAULIC (23V840000)',
  kind: 'recall',
  rootCause: 'The front brake hose may crack and leak brake fluid.',
  failureEffect: 'A loss of brake fluid lengthens the braking distance.',
  components: ['brake-hose'],
  symptoms: ['brake-fluid-leak'],
  affected: [{ make: 'PORSCHE', model: 'TAYCAN', modelYear: 2020 }, { make: 'PORSCHE', model: 'TAYCAN', modelYear: 2021 }],
  closedAt: '2023-12-04',
  receivedAt: '2023-12-04T23:59:59.999Z',
}

export const blackScreen: TestCase = {
  caseId: '8D-2022-007',
  title: '中控屏黑屏',
  symptom: '行驶中中控屏突然黑屏，无法恢复',
  rootCause: '主机电源芯片虚焊',
  components: ['center-display'],
  symptoms: ['screen-black'],
  affected: [{ make: 'NIO', model: 'ET5', modelYear: 2022 }],
  closedAt: '2022-06-30',
  receivedAt: '2022-06-30T23:59:59.999Z',
}

export const steeringNoise: TestCase = {
  caseId: '8D-2020-101',
  title: 'Clunk from the front axle when turning',
  symptom: 'clunking noise from the front when steering at low speed',
  rootCause: 'ball joint grease boot torn',
  components: ['ball-joint'],
  symptoms: ['noise-clunk'],
  affected: [{ make: 'NIO', model: 'ES8', modelYear: null }],
  closedAt: '2020-11-02',
  receivedAt: '2020-11-02T23:59:59.999Z',
}

export const allTestCases = [dampWeather, brakeHose, blackScreen, steeringNoise]
