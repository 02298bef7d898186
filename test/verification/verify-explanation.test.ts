import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Explanation } from '../../src/domain/explanation.ts'
import { readWording } from '../../src/vocabulary-files.ts'
import { projectRoot } from '../../src/project-root.ts'
import { createVerifier } from '../../src/verification/index.ts'
import { lotPack } from '../support/evidence-pack.ts'
import { linker, vocabulary } from '../vocabulary/shipped-vocabulary.ts'

const { verifyExplanation, verifySentence } = createVerifier({ linker, vocabulary, rules: readWording('verification', `${projectRoot}/vocabulary`) })

const claim = (text: string, ...evidenceIds: string[]) => ({ text, evidenceIds })
const lotHypothesis: Explanation['hypotheses'][number] = {
  causeId: 'C1', mechanism: [claim('Lot 21W08 has 23 claims against 3.1 expected.', 'E1')], contradictingIds: ['E8'], nextCheck: claim('Inspect cars of plant P2 with lot 21W08.', 'E1'), orderReason: null,
}
const softwareHypothesis: Explanation['hypotheses'][number] = {
  causeId: 'C2', mechanism: [claim('Software BMS@3.1.4 has 19 claims against 6.25 expected.', 'E3')], contradictingIds: [], nextCheck: null, orderReason: null,
}
const caseHypothesis: Explanation['hypotheses'][number] = { causeId: 'C3', mechanism: [claim('Past case R-12 speaks of a cell weld.', 'E7')], contradictingIds: [], nextCheck: null, orderReason: null }

const explanation = (changes: Partial<Explanation> = {}): Explanation => ({
  observations: [claim('23 claims stand against 3.1 expected.', 'E1')],
  hypotheses: [lotHypothesis, softwareHypothesis, caseHypothesis],
  containment: [{ actionId: 'A1', why: claim('Lot 21W08 has 23 claims.', 'E1') }],
  corrective: [{ actionId: 'A3', why: claim('Norvolt supplied lot 21W08.', 'E1') }],
  openQuestions: ['Do cars of plant P2 with other lots fail?'],
  abstain: null,
  ...changes,
})

describe('verifyExplanation', () => {
  it('keeps a grounded answer whole', () => {
    const verified = verifyExplanation(explanation(), lotPack())
    expect(verified.dropped).toEqual([])
    expect(verified.kept).toEqual(explanation())
    expect(verified).toMatchObject({ isAcceptable: true, sentences: 8 })
  })

  it('drops what is not grounded, says where and why, and tells the model the facts', () => {
    const verified = verifyExplanation(explanation({ observations: [claim('24 claims stand against 3.1 expected.', 'E1'), claim('23 claims were counted.', 'E1')] }), lotPack())
    expect(verified.dropped).toEqual([{ where: 'observations[0]', text: '24 claims stand against 3.1 expected.', reason: 'number' }])
    expect(verified.failures[0]).toContain('observed = 23 claims')
    expect(verified.kept.observations.map(one => one.text)).toEqual(['23 claims were counted.'])
    expect(verified.isAcceptable).toBe(true)
  })

  it('refuses ids that are not in the pack', () => {
    const verified = verifyExplanation(
      explanation({
        hypotheses: [{ ...lotHypothesis, causeId: 'C9' }, { ...lotHypothesis, contradictingIds: ['E99'] }],
        containment: [{ actionId: 'A9', why: claim('Lot 21W08 has 23 claims.', 'E1') }, { actionId: 'A3', why: claim('Lot 21W08 has 23 claims.', 'E1') }],
      }),
      lotPack(),
    )
    expect(verified.dropped.map(one => [one.where, one.reason])).toEqual([
      ['hypotheses[C9]', 'unknown-id'], ['hypotheses[C1].contradictingIds', 'unknown-id'], ['containment[A9]', 'unknown-id'], ['containment[A3]', 'unknown-id'],
    ])
    expect(verified.kept.containment).toEqual([])
    expect(verified.isAcceptable).toBe(false)
  })

  it('does not take an answer of which over 30 % was refused, or with a hypothesis left empty', () => {
    const lie = claim('99 claims.', 'E1')
    expect(verifyExplanation(explanation({ observations: [lie, lie, lie, lie, lie] }), lotPack()).isAcceptable).toBe(false)
    expect(verifyExplanation(explanation({ hypotheses: [{ ...lotHypothesis, mechanism: [lie] }] }), lotPack()).isAcceptable).toBe(false)
    expect(verifyExplanation(explanation({ observations: [], hypotheses: [], containment: [], corrective: [], openQuestions: [] }), lotPack()).isAcceptable).toBe(false)
  })

  it('keeps evidence of one cause from another', () => {
    const verified = verifyExplanation(explanation({ hypotheses: [{ ...softwareHypothesis, mechanism: [claim('23 claims stand against 3.1 expected.', 'E1')] }] }), lotPack())
    expect(verified.dropped[0]?.reason).toBe('other-cause')
  })

  it('lets only the leader of the verdict cause anything', () => {
    const causal = (causeId: string, id: string) => ({ causeId, mechanism: [claim('The failures are caused here.', id)], contradictingIds: [], nextCheck: null, orderReason: null })
    const reasons = (causeId: string, id: string, verdict: 'cause-found' | 'tied') => verifyExplanation(explanation({ hypotheses: [causal(causeId, id)] }), lotPack({ verdict })).dropped.map(one => one.reason)
    expect(reasons('C1', 'E1', 'cause-found')).toEqual([])
    expect(reasons('C1', 'E1', 'tied')).toEqual(['causal'])
    expect(reasons('C2', 'E3', 'cause-found')).toEqual(['causal'])
    expect(reasons('C3', 'E7', 'cause-found')).toEqual(['causal'])
  })

  describe('order of hypotheses', () => {
    const order = (hypotheses: Explanation['hypotheses'], pack = lotPack()) => {
      const verified = verifyExplanation(explanation({ hypotheses }), pack)
      return { ids: verified.kept.hypotheses.map(one => one.causeId), faults: verified.dropped.filter(one => one.reason === 'order').map(one => one.text) }
    }
    const reasoned = { ...softwareHypothesis, orderReason: claim('Software BMS@3.1.4 has 19 claims.', 'E3') }

    it('is that of the statistics', () => {
      expect(order([softwareHypothesis, lotHypothesis])).toEqual({ ids: ['C1', 'C2'], faults: ['C2 before C1'] })
      expect(order([caseHypothesis, lotHypothesis])).toEqual({ ids: ['C1', 'C3'], faults: ['C3 before C1'] })
    })

    it('may change inside a tie with a reason that stands', () => {
      expect(order([reasoned, lotHypothesis])).toEqual({ ids: ['C2', 'C1'], faults: [] })
      expect(order([{ ...reasoned, orderReason: claim('It has 99 claims.', 'E3') }, lotHypothesis]).ids).toEqual(['C1', 'C2'])
    })

    it('may not change outside a tie, whatever the reason', () => {
      const pack = lotPack()
      const apart = lotPack({ candidates: pack.candidates.map(one => (one.id === 'C2' ? { ...one, score: 29.2 } : one)) })
      expect(order([reasoned, lotHypothesis], apart)).toEqual({ ids: ['C1', 'C2'], faults: ['C2 before C1'] })
    })

    it('has the untracked cause first only where no recorded factor is to blame', () => {
      const untracked = { ...lotHypothesis, causeId: 'UNTRACKED', nextCheck: null }
      expect(order([untracked, lotHypothesis]).ids).toEqual(['C1', 'UNTRACKED'])
      expect(order([untracked, lotHypothesis], lotPack({ verdict: 'no-tracked-cause' })).ids).toEqual(['UNTRACKED', 'C1'])
    })
  })
})

describe('a changed number or name', () => {
  const sentence = (claims: number | string, lot: string) => `Lot ${lot} has ${claims} claims.`
  const [pack, packZh] = [lotPack(), lotPack({ language: 'zh' })]

  it('never passes: any other count', () => {
    fc.assert(fc.property(fc.integer({ min: 0, max: 99_999 }).filter(count => ![23, 41, 3].includes(count)), count => {
      expect(verifySentence({ text: sentence(count, '21W08'), evidenceIds: ['E1'] }, pack)?.reason).toBe('number')
    }), { seed: 6, numRuns: 200 })
  })

  it('never passes: any other decimals', () => {
    fc.assert(fc.property(fc.double({ min: 0.1, max: 900, noNaN: true }), fc.integer({ min: 1, max: 3 }), (value, decimals) => {
      const shown = value.toFixed(decimals)
      const isRight = [7.4194].some(one => Math.abs(Number(shown) - one) <= 0.5 * 10 ** -decimals + 1e-9)
      expect(verifySentence({ text: `The rate is ${shown} times that of the rest.`, evidenceIds: ['E1'] }, pack) === null).toBe(isRight)
    }), { seed: 6, numRuns: 200 })
  })

  it('never passes: a lot with one character changed, added or taken', () => {
    const character = fc.constantFrom(...'ABCDEFGHJKLMNPRSTUVWXYZ0123456789')
    fc.assert(fc.property(fc.nat(4), character, fc.constantFrom('change', 'add', 'take'), (at, letter, how) => {
      const lot = '21W08'
      const changed = lot.slice(0, at) + (how === 'take' ? '' : letter) + lot.slice(how === 'add' ? at : at + 1)
      fc.pre(changed !== lot)
      expect(verifySentence({ text: sentence(23, changed), evidenceIds: ['E1'] }, pack)).not.toBeNull()
      expect(verifySentence({ text: `批次 ${changed} 有 23 起报告。`, evidenceIds: ['E1'] }, packZh)).not.toBeNull()
    }), { seed: 6, numRuns: 150 })
  })
})
