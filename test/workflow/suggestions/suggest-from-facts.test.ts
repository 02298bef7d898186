import { describe, expect, it } from 'vitest'
import { SuggestionSet } from '../../../src/domain/suggestion.ts'
import { citedIds } from '../../../src/workflow/suggestions/cited-evidence.ts'
import { packTokens } from '../../../src/workflow/suggestions/evidence-pack.ts'
import type { CauseKind } from '../../../src/workflow/suggestions/cause-kind.ts'
import { modelsTouched } from '../../../src/workflow/suggestions/make-suggestions.ts'
import { analysisOf, candidateOfKind, factorsOfKind, factsOf, pastCause, suggest } from './facts-double.ts'

const kinds = Object.keys(factorsOfKind) as CauseKind[]
const cites = (set: SuggestionSet): string[] => [
  ...[...set.rootCauses, ...set.containment, ...set.corrective].flatMap(citedIds), ...set.observations.flatMap(one => one.evidenceIds), ...set.openQuestionEvidence.flat(), ...(set.abstention?.evidenceIds ?? []),
]

describe('template suggestions', () => {
  it.each(kinds.flatMap(kind => (['en', 'zh'] as const).map(language => [kind, language] as const)))('of kind %s in %s pass the verifier whole, every citation resolving', async (kind, language) => {
    const facts = factsOf({ analysis: analysisOf({ candidates: [candidateOfKind(kind), candidateOfKind(kind, { candidateId: 'ANA-1:2', rank: 2, split: null })] }) })
    const { set } = await suggest(facts, { language })
    expect(SuggestionSet.parse(set)).toEqual(set)
    expect(set.dropped).toEqual({ sentences: 0, reasons: [], kept: [] })
    const ids = new Set(set.evidence.map(one => one.id))
    expect(cites(set).filter(id => !ids.has(id))).toEqual([])
    expect(set.rootCauses[0]).toMatchObject({ basis: 'statistics', candidateId: 'ANA-1:1', verdict: 'cause-found' })
    expect(set.rootCauses[0]!.mechanism.length).toBeGreaterThanOrEqual(2)
    expect(set.containment.length).toBeGreaterThan(0)
    expect(set.corrective.length).toBeGreaterThan(0)
  })

  it.each(['en', 'zh'] as const)('of every verdict pass the verifier in %s', async language => {
    for (const [verdict, verdictCode] of [['tied', 'rival-within-margin'], ['insufficient-evidence', 'low-power'], ['insufficient-evidence', 'gone-in-strata'], ['no-tracked-cause', 'a-cause-of-half-would-show']] as const) {
      const candidates = [candidateOfKind('lot'), candidateOfKind('supplier', { candidateId: 'ANA-1:2', rank: 2, statistics: { ...candidateOfKind('lot').statistics!, score: 25 } })]
      const { set } = await suggest(factsOf({ analysis: analysisOf({ verdict, verdictCode, margin: 1.2, candidates }), codes: [], signals: [], repairs: [], snapshots: 0 }), { language })
      expect([verdict, set.dropped.kept]).toEqual([verdict, []])
      expect(set.abstention).not.toBeNull()
    }
  })

  it('keeps within the tokens of a pack and hashes the same facts alike', async () => {
    const many = Array.from({ length: 12 }, (_, i) => pastCause(`8D-${i}`, 0.9 - i / 50, `cause ${i} ${'long words of a case '.repeat(20)}`))
    const facts = factsOf({ pastCauses: many, quotes: Array.from({ length: 4 }, (_, i) => ({ text: '很长的话 '.repeat(100), source: `F-${i}` })) })
    const first = await suggest(facts)
    const again = await suggest({ ...facts, analysis: { ...facts.analysis, analysisId: 'ANA-2', candidates: facts.analysis.candidates.map(one => ({ ...one, candidateId: 'ANA-2:1' })) } })
    expect(first.composed.pack.tokens).toBeLessThanOrEqual(packTokens)
    expect(again.composed.pack.sha256).toBe(first.composed.pack.sha256)
  })
})

describe('abstention', () => {
  const nothing = { candidates: [candidateOfKind('lot', { statistics: { ...candidateOfKind('lot').statistics!, pValue: 0.4 } })], verdict: 'no-tracked-cause' as const, verdictCode: 'a-cause-of-half-would-show' }

  it('names no cause of a stream without one, but what is new and the next check', async () => {
    const { set } = await suggest(factsOf({ analysis: analysisOf(nothing), pastCauses: [], casesOfClass: 0 }))
    expect(set.rootCauses.map(one => [one.basis, one.statement, one.nextCheck !== null])).toEqual([['untracked', 'New, not seen before: no recorded factor explains it and no past case is like it', true]])
    expect(set.corrective).toEqual([])
    expect(set.containment.map(one => one.actionType)).toEqual(['customer-notice', 'inspection', 'feature-restriction'])
    expect(set.abstention?.nextChecks.length).toBeGreaterThan(0)
  })

  it('does not call claims too few where the leader goes away among cars alike', async () => {
    const { set } = await suggest(factsOf({ analysis: analysisOf({ ...nothing, verdict: 'insufficient-evidence', verdictCode: 'gone-in-strata' }) }))
    expect(set.abstention?.reason).toContain('goes away when cars of the same model and build quarter are compared')
    expect(set.abstention?.missing).toEqual(['claims of cars of one model and build quarter that differ in what leads'])
  })

  it('puts past ideas behind the unknown, marked as ideas', async () => {
    const { set } = await suggest(factsOf({ analysis: analysisOf(nothing) }))
    expect(set.rootCauses.map(one => one.basis)).toEqual(['untracked', 'past-case'])
    expect(set.rootCauses[1]!.mechanism.at(-1)!.text).toContain('do not speak for it')
  })

  it('shows no cause where too little is known', async () => {
    const { set } = await suggest(factsOf({ analysis: analysisOf({ ...nothing, verdict: 'insufficient-evidence', verdictCode: 'too-few-claims' }), pastCauses: [] }))
    expect(set.rootCauses).toEqual([])
    expect(set.abstention?.missing.length).toBe(1)
  })

  it('holds a leader back that is less sure than the threshold', async () => {
    const { set } = await suggest(factsOf(), { parts: { confidence: { of: () => 0.4, threshold: 0.6, isCalibrated: true } } })
    expect(set.rootCauses.map(one => one.basis)).toEqual(['past-case'])
    expect(set.abstention?.reason).toContain('below the confidence')
  })
})

describe('past causes', () => {
  const withFacets = (facets: object, score = 0.83) => {
    const past = pastCause('24V283000', score, 'bolts of the gear drive not tightened')
    return { ...past, past: { ...past.past, facets: { ...past.past.facets, ...facets } } }
  }

  it('say what they have in common with the reports and what not', async () => {
    const { set } = await suggest(factsOf({ pastCauses: [withFacets({ component: false, model: false, modelYear: null, dtc: true })] }))
    const cause = set.rootCauses.find(one => one.basis === 'past-case')!
    expect(cause.mechanism.map(one => one.text)).toContain('It is unlike these reports in: component, model.')
    expect(set.evidence.find(one => one.type === 'case' && one.names.includes('24V283000'))!.summary).toContain('; in common: symptom, fault code; not in common: component, model')
    expect(set.dropped.sentences).toBe(0)
  })

  it('are not blamed for a side of the class that nobody asked for', async () => {
    const analysis = analysisOf({ subject: { component: null, symptom: 'charging-stops', issueId: 'ISS-1' } })
    const { set } = await suggest(factsOf({ analysis, codes: [], pastCauses: [withFacets({ component: false, dtc: false })] }), { language: 'zh' })
    expect(set.rootCauses.at(-1)!.mechanism.map(one => one.text).join('')).not.toContain('不同之处')
  })

  it('are left out where the search itself finds nothing like', async () => {
    const { set } = await suggest(factsOf({ pastCauses: [withFacets({}, 0.29), withFacets({}, 0.3)] }))
    expect(set.rootCauses.filter(one => one.basis === 'past-case')).toHaveLength(1)
  })
})

describe('an issue of a model that no counted car is of', () => {
  it.each(['en', 'zh'] as const)('says in %s that the figures are of other models', async language => {
    const { set } = await suggest(factsOf({ uncountedModel: 'ET9' }), { language })
    expect(set.observations[1]!.text).toContain('ET9')
    expect(set.observations[1]!.evidenceIds.length).toBeGreaterThan(0)
    expect(set.dropped.kept).toEqual([])
  })

  it('touches the cars of its own model first, while no cause is known', () => {
    expect(modelsTouched('ES8', ['Lyra 9', 'Vela 7'])).toEqual({ models: ['ES8', 'Lyra 9', 'Vela 7'], uncountedModel: 'ES8' })
    expect(modelsTouched('vela 7', ['Lyra 9', 'Vela 7'])).toEqual({ models: ['Lyra 9', 'Vela 7'], uncountedModel: null })
    expect(modelsTouched(null, ['Lyra 9'])).toEqual({ models: ['Lyra 9'], uncountedModel: null })
  })
})

describe('containment', () => {
  const typesWith = async (counts: { stock: number; inTransit: number; atOutlet: number; sold: number }, kind: CauseKind) => {
    const facts = factsOf({ outcomes: [], analysis: analysisOf({ candidates: [candidateOfKind(kind)] }) })
    const reader = { countScope: (question: object) => Promise.resolve({ counts, rows: [], cypher: 'MATCH (car:Vehicle) RETURN count(car)', params: { ...question } }) }
    return (await suggest(facts, { parts: { reader } })).set.containment.map(one => one.actionType)
  }

  it('that finds nothing to act on stands behind what does', async () => {
    expect((await typesWith({ stock: 3, inTransit: 0, atOutlet: 0, sold: 9 }, 'lot')).slice(0, 2)).toEqual(['quarantine-lot', 'stop-shipment'])
    // Every car is sold: nothing is left to be stopped; parts may still lie on shelves where no car carries them.
    expect((await typesWith({ stock: 0, inTransit: 0, atOutlet: 0, sold: 9 }, 'lot')).at(1)).not.toBe('stop-shipment')
    expect((await typesWith({ stock: 0, inTransit: 0, atOutlet: 0, sold: 0 }, 'lot'))[0]).toBe('quarantine-lot')
  })
})
