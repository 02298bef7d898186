import { expect, it } from 'vitest'
import type { Explanation } from '../../../src/domain/explanation.ts'
import type { ModelGateway } from '../../../src/llm/ports.ts'
import { factsOf, suggest } from './facts-double.ts'

const usage = { calls: 1, inputTokens: 900, outputTokens: 300, cachedTokens: 0, costUsd: null, milliseconds: 5 }
const provenance = { recordId: 'r', promptId: 'explain-candidates', promptVersion: '1', promptSha256: 'p', schemaSha256: 's', evidenceSha256: 'e', modelId: 'liar', structuredOutput: 'json', seed: 1, cached: false }
/** A gateway whose model says one thing whatever it is asked; the judge is the caller's. */
const saying = (explanation: Explanation): ModelGateway => ({
  modelId: 'liar', health: () => Promise.resolve({ status: 'ready' }),
  openCase: () => ({
    ask: question => {
      const judged = question.judge(question.schema.parse(explanation))
      return Promise.resolve(judged.accepted ? { ok: true, value: judged.value, usage, provenance } : { ok: false, kind: 'not-grounded', detail: '', judged: judged.value, usage, provenance })
    },
  }),
})
const lies = ['24 claims where 3.1 were expected.', 'Lot BAT-100-A/22W11 has 23 claims.', 'The rate is 17.5 times that of the rest.', 'Supplier S-099 delivered it.', 'Software BMS@9.9.9 is affected.']

it('lets no invented number, lot, supplier, version, cause or id of a model through, and keeps order, actions and verdict', async () => {
  const honest = (await suggest(factsOf())).set
  for (const [i, text] of [...lies, 'It has 23 claims.'].entries()) {
    const truth = i === lies.length
    const claim = { text, evidenceIds: truth ? ['E99'] : ['E3'] }
    const gateway = saying({
      observations: [claim], hypotheses: [{ causeId: truth ? 'C9' : 'C1', mechanism: [claim], contradictingIds: [], nextCheck: claim, orderReason: null }],
      containment: [{ actionId: 'A1', why: claim }, { actionId: 'A77', why: claim }], corrective: [], openQuestions: [], abstain: null,
    })
    const { set } = await suggest(factsOf(), { wording: 'model', parts: { gateway } })
    expect(JSON.stringify({ ...set, dropped: null })).not.toContain(text)
    expect(set.dropped.sentences).toBeGreaterThan(0)
    expect(set.provenance).toMatchObject({ wording: 'template', fallback: 'not-grounded', modelId: 'liar', recordId: 'r', calls: 1 })
    const decided = (one: typeof set) => [one.verdict, one.rootCauses.map(cause => [cause.suggestionId, cause.confidence]), one.containment.map(action => [action.suggestionId, action.scope]), one.corrective.map(action => action.suggestionId)]
    expect(decided(set)).toEqual(decided(honest))
  }
})
