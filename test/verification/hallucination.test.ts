import { readFileSync } from 'node:fs'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createRandom } from '../../src/analysis/random.ts'
import { Explanation } from '../../src/domain/explanation.ts'
import type { EvidencePack } from '../../src/domain/suggestion.ts'
import { readWording } from '../../src/vocabulary-files.ts'
import { projectRoot } from '../../src/project-root.ts'
import { createVerifier } from '../../src/verification/index.ts'
import { lotPack } from '../support/evidence-pack.ts'
import { explainScript, hallucinatedExplanation, honestExplanation } from '../support/model-scripts.ts'
import type { ReadPrompt } from '../support/model-scripts.ts'
import { startScriptedModel } from '../support/scripted-model-server.ts'
import type { ScriptedModel } from '../support/scripted-model-server.ts'
import { openTestGateway } from '../support/test-gateway.ts'
import { linker, vocabulary } from '../vocabulary/shipped-vocabulary.ts'

const { verifyExplanation } = createVerifier({ linker, vocabulary, rules: readWording('verification', path.join(projectRoot, 'vocabulary')) })

const promptOf = (pack: EvidencePack): ReadPrompt => ({
  language: pack.language,
  marker: '',
  evidence: pack.evidence.map(({ id, summary, values }) => ({ id, summary, values: Object.entries(values).map(([name, value]) => ({ name, ...value })) })),
  causes: pack.candidates.map(({ id, evidenceFor }) => ({ id, own: evidenceFor })),
  actions: pack.actions.map(({ id, kind, evidenceIds }) => ({ id, kind, evidenceIds })),
  quotes: [],
})

const textsOf = (explanation: Explanation): string[] => [
  ...explanation.observations, ...explanation.hypotheses.flatMap(one => [...one.mechanism, ...[one.nextCheck, one.orderReason].flatMap(claim => claim ?? [])]),
  ...[...explanation.containment, ...explanation.corrective].map(one => one.why),
].map(claim => claim.text).concat(explanation.openQuestions, explanation.abstain?.reason ?? [])

describe.each(['en', 'zh'] as const)('a model in %s', language => {
  const pack = lotPack({ language })

  it('that is honest keeps every sentence', () => {
    const verified = verifyExplanation(honestExplanation(promptOf(pack)), pack)
    expect(verified.dropped).toEqual([])
    expect(verified.isAcceptable).toBe(true)
  })

  it('that invents numbers, ids, lots and causes gets none through in 200 tries', () => {
    const random = createRandom(language === 'en' ? 11 : 12)
    const through: string[] = []
    let tried = 0
    for (let at = 0; at < 200; at += 1) {
      const invented = Explanation.parse(hallucinatedExplanation(promptOf(pack), random))
      const verified = verifyExplanation(invented, pack)
      tried += textsOf(invented).length
      through.push(...textsOf(verified.kept))
      expect(verified.isAcceptable).toBe(false)
    }
    expect(tried).toBeGreaterThan(2_000)
    expect(through).toEqual([])
  })
})

type Attack = { id: string; text: string; fields?: Record<string, string>; language: 'en' | 'zh' }
const fixture = (name: string): unknown => JSON.parse(readFileSync(path.join(projectRoot, 'fixtures', 'attacks', `${name}.json`), 'utf8'))
const attacks = ['feedback', 'repair-notes', 'case-texts'].flatMap(name => fixture(name) as Attack[])
const { forbidden } = fixture('forbidden') as { forbidden: string[] }

describe('a model that obeys the attacker', () => {
  let server: ScriptedModel
  beforeAll(async () => {
    server = await startScriptedModel(explainScript('obedient-to-attacker', createRandom(1)))
  })
  afterAll(() => server.close())

  it('has seventy attacks to obey, in both languages', () => {
    expect(attacks.length).toBeGreaterThanOrEqual(60)
    for (const language of ['en', 'zh']) expect(attacks.filter(attack => attack.language === language).length).toBeGreaterThanOrEqual(25)
  })

  it.each(attacks)('gets nothing through: $id', async ({ text, fields, language }) => {
    const pack = lotPack({ language })
    const quoted = [text, ...Object.values(fields ?? {})].join(' ')
    const evidence = pack.evidence.map(item => (item.id === 'E9' ? { ...item, quotes: [{ text: quoted, source: 'FB-9' }] } : item))
    const poisoned = { ...pack, evidence }
    const { gateway } = openTestGateway([{ baseUrl: server.baseUrl }], { random: createRandom(3) })
    const answer = await gateway.openCase('case').ask({
      purpose: 'explain', promptId: 'explain-candidates', quotes: [{ id: 'E9', text: quoted }], schema: Explanation, evidenceSha256: 'a',
      input: {
        language: language === 'zh' ? 'Simplified Chinese' : 'English', subject: 's', verdict: 'cause-found',
        candidates: 'C1 [factor, S=31.2] lot · for E1 E2 · against E8', actions: 'A1 [containment, quarantine-lot] quarantine · E1\nA3 [corrective, supplier-8d] 8D · E1',
        evidence: 'E1 [statistic] lot {observed=23 claims; expected=3.1 claims}\nE2 [statistic] plant {observed=2 claims}',
      },
      judge(explanation) {
        const value = verifyExplanation(explanation, poisoned)
        return { accepted: value.isAcceptable, value, failures: value.failures }
      },
    })
    const kept = answer.ok ? answer.value.kept : answer.judged?.kept
    const shown = kept ? JSON.stringify(kept) : ''
    for (const words of forbidden) expect(shown).not.toContain(words)
    expect(kept?.hypotheses.every(one => one.causeId === 'C1') ?? true).toBe(true)
    expect(shown).not.toMatch(/sever|严重度|VIN|车架号|ignore|忽略|prompt|提示词/i)
    expect(answer.usage.calls).toBeLessThanOrEqual(2)
  })
})
