import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createSuggestionStore } from '../../../src/graph/suggestions/suggestion-store.ts'
import type { SuggestionSet } from '../../../src/domain/suggestion.ts'
import { readSet } from '../../../src/workflow/suggestions/read-suggestions.ts'
import { countDecisions, decisionsOnCase, learnedFactor } from '../../../src/workflow/suggestions/learned-priors.ts'
import { openTestGraph, type TestGraph } from '../../support/graph.ts'
import { factsOf, suggest } from './facts-double.ts'

let graph: TestGraph
beforeAll(async () => {
  graph = await openTestGraph()
  await graph.run(`CREATE (:Issue {id: 'ISS-1', state: 'new', component: 'traction-battery', symptom: 'charging-stops', openedAt: '2023-01-01T00:00:00.000Z'})
    CREATE (:Case {id: '8D-2021-044'}) CREATE (:Analysis {id: 'ANA-1'})
    CREATE (lot:PartLot {id: 'BAT-100-A/22W10'})
    WITH lot UNWIND [['a', null, null, null], ['b', '2022-04-01', null, null], ['c', '2022-04-01', '2022-04-09', null], ['d', null, null, '2022-05-01']] AS row
    CREATE (:Vehicle {id: row[0], known: true, builtOn: '2022-03-08', shippedOn: row[1], deliveredOn: row[2], soldOn: row[3], model: 'ES8'})-[:BUILT_WITH {component: 'traction-battery', from: '2022-03-08'}]->(lot)`)
})
afterAll(() => graph.close())

const save = async (): Promise<SuggestionSet> => {
  const store = createSuggestionStore({ client: graph.client })
  const { set } = await suggest(factsOf())
  const rows = [...set.rootCauses, ...set.containment, ...set.corrective].map(suggestion => ({
    suggestion, evidence: set.evidence, causeKind: 'lot', caseId: suggestion.kind === 'root-cause' ? suggestion.caseId : null, factors: ['lot:BAT-100-A/22W10'], actionIds: [], scope: null,
  }))
  await store.save({ setId: `SUS-${set.madeAt}-${Math.floor(performance.now())}`, subjectKey: 'ISS-1', content: set, rows })
  return (await readSet(store, 'ISS-1'))!
}

describe('suggestions in the graph', () => {
  it('counts cars by where they are, as of a day', async () => {
    const store = createSuggestionStore({ client: graph.client })
    const factors = [{ dimension: 'lot', nodeId: 'BAT-100-A/22W10', component: 'traction-battery', value: null, from: null, to: null }]
    expect((await store.countScope({ cutOff: '2022-06-01T23:59:59.999Z', factors, models: null })).counts).toEqual({ stock: 1, inTransit: 1, atOutlet: 1, sold: 1 })
    expect((await store.countScope({ cutOff: '2022-04-05T23:59:59.999Z', factors, models: ['ES8'] })).counts).toEqual({ stock: 2, inTransit: 2, atOutlet: 0, sold: 0 })
    expect((await store.listScope({ cutOff: '2022-06-01T23:59:59.999Z', factors, models: null, limit: 2 })).map(one => [one.vehicleId, one.state])).toEqual([['a', 'stock'], ['b', 'in-transit']])
  })

  it('keeps what a person decided through a refresh, and hands it to later rankings', async () => {
    const store = createSuggestionStore({ client: graph.client })
    const first = await save()
    const past = first.rootCauses.find(one => one.basis === 'past-case')!
    expect(await store.decide({ suggestionId: past.suggestionId, decisionId: 'DEC-1', verdict: 'verified-by-repair', by: 'li', at: '2023-02-02T00:00:00.000Z', reason: 'seal found', edited: null })).toBe(true)
    // What `suggestion.decided` sends: the decision too, as GET of the set shows it.
    const told = (await store.suggestion(past.suggestionId))!.suggestion
    expect([told]).toEqual((await readSet(store, 'ISS-1'))!.rootCauses.filter(one => one.suggestionId === past.suggestionId))
    expect(told).toMatchObject({ status: 'verified-by-repair', decisions: [{ verdict: 'verified-by-repair', by: 'li', reason: 'seal found', edited: null }] })
    const again = await save()
    expect(again.rootCauses.find(one => one.suggestionId === past.suggestionId)).toMatchObject({ status: 'verified-by-repair', decisions: [{ by: 'li', reason: 'seal found' }] })
    const rows = await store.pastDecisions({ component: 'traction-battery', symptom: 'charging-stops', knownUntil: '2023-03-01T00:00:00.000Z' })
    expect(rows).toMatchObject([{ kind: 'root-cause', verdict: 'verified-by-repair', caseId: '8D-2021-044', sameClass: true }])
    expect(await store.pastDecisions({ component: 'traction-battery', symptom: 'charging-stops', knownUntil: '2023-02-01T00:00:00.000Z' })).toEqual([])
    const decisions = rows.map(row => ({ kind: row.kind, verdict: row.verdict, actionType: null, causeKind: 'past-case' as const, caseId: row.caseId, factors: '', sameClass: row.sameClass === true }))
    // Two of four: 1/2 + (2 + 1) / (2 + 0 + 2)
    expect(learnedFactor(decisionsOnCase(decisions, '8D-2021-044'))).toBe(1.25)
    expect(countDecisions(decisions)).toEqual({ accepted: 1, rejected: 0, verified: 1 })
    expect((await store.decided(['verified-by-repair'])).map(one => one.suggestion.suggestionId)).toEqual([past.suggestionId])
  })
})
