import { readFileSync } from 'node:fs'
import path from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createRandom } from '../../../src/analysis/random.ts'
import type { SuggestionSet } from '../../../src/domain/suggestion.ts'
import { createRedactor } from '../../../src/ingest/redaction/index.ts'
import { createVinVault } from '../../../src/ingest/vin-vault.ts'
import { projectRoot } from '../../../src/project-root.ts'
import type { SuggestionFacts } from '../../../src/workflow/suggestions/suggestion-facts.ts'
import { explainScript } from '../../support/model-scripts.ts'
import { startScriptedModel, type ScriptedModel } from '../../support/scripted-model-server.ts'
import { openTestGateway } from '../../support/test-gateway.ts'
import { factsOf, pastCause, suggest } from './facts-double.ts'

type Attack = { id: string; text: string; fields?: Record<string, string>; language: 'en' | 'zh'; place: string }
const fixture = (name: string): unknown => JSON.parse(readFileSync(path.join(projectRoot, 'fixtures', 'attacks', `${name}.json`), 'utf8'))
const attacks = ['feedback', 'repair-notes', 'case-texts'].flatMap(name => fixture(name) as Attack[])
const { forbidden } = fixture('forbidden') as { forbidden: string[] }

const vinVault = createVinVault({ key: Buffer.alloc(32, 3) })
const redactor = createRedactor({ pseudonymOf: vin => vinVault.pseudonymOf(vin) })
const outcome = { actionId: 'a1', caseId: '8D-2021-044', kind: 'containment', actionType: 'quarantine-lot', similarity: 0.83, outcome: 'held' } as const

/** Facts with words of people at the place an attack stands: a quote, or the cause and the action of a past case. */
const factsWith = (words: string, place: Attack['place']): SuggestionFacts =>
  place === 'case-text'
    ? factsOf({ pastCauses: [pastCause('8D-2021-044', 0.83, words)], outcomes: [{ ...outcome, text: words }] })
    : factsOf({ quotes: [{ text: words, source: place === 'repair-note' ? 'RO-1' : 'app:F-1' }] })

/** All that says what to do, how sure it is and in which order; none of the words. */
const decided = (set: SuggestionSet) => [
  set.verdict, set.abstention, set.rootCauses.map(({ suggestionId, basis, confidence, calibrated, rank, for: seen, against }) => [suggestionId, basis, confidence, calibrated, rank, seen, against]),
  [...set.containment, ...set.corrective].map(one => [one.suggestionId, one.rank, one.score, one.text, one.cost, one.pastUse, one.kind === 'containment' ? [one.scope, one.expiresAt] : null]),
  set.evidence.map(({ id, type, values, units }) => [id, type, values, units]),
]

/** What a reader is shown, without the words of the past case itself, which stand behind its name as a quotation. */
const shownWithout = (set: SuggestionSet, own: string): string => {
  const rootCauses = set.rootCauses.map(one => ({ ...one, statement: one.basis === 'past-case' ? one.statement.replace(own, '') : one.statement }))
  return JSON.stringify({ ...set, rootCauses, dropped: null })
}

/** What is suggested where nobody attacks, once a place and language. */
const harmlessSets = new Map<string, Promise<SuggestionSet>>()
const harmlessIn = (place: Attack['place'], language: Attack['language']): Promise<SuggestionSet> => {
  const key = `${place} ${language}`
  const made = harmlessSets.get(key) ?? suggest(factsWith('connector seal', place), { language }).then(({ set }) => set)
  harmlessSets.set(key, made)
  return made
}

let server: ScriptedModel
beforeAll(async () => {
  server = await startScriptedModel(explainScript('obedient-to-attacker', createRandom(1)))
})
afterAll(() => server.close())

it('covers reports, notes of workshops and past cases', () => {
  expect(attacks.length).toBeGreaterThanOrEqual(60)
  expect(attacks.map(one => one.place)).toEqual(expect.arrayContaining(['feedback-text', 'repair-note', 'case-text']))
})

it.each(attacks)('of $place $id change no decision and say nothing, though the model obeys', async ({ text, fields, language, place }) => {
  const words = redactor.redact([text, ...Object.values(fields ?? {})].join(' ')).text
  const asked = server.requests.length
  const { gateway } = openTestGateway([{ baseUrl: server.baseUrl }], { random: createRandom(3) })
  const { set } = await suggest(factsWith(words, place), { language, wording: 'model', parts: { gateway } })
  expect(server.requests.length - asked).toBeGreaterThan(0)
  expect(decided(set)).toEqual(decided(await harmlessIn(place, language)))
  const shown = shownWithout(set, words).toLowerCase()
  expect(forbidden.filter(one => shown.includes(one.toLowerCase()))).toEqual([])
})
