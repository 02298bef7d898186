import type { AnalysisCandidate } from '../../domain/root-cause-analysis.ts'
import { causeKindOf } from './cause-kind.ts'
import { facetWords } from './observed-evidence.ts'
import { spell, spelled, spellShare } from './spelled-numbers.ts'
import { seenLikeness, type CountedPlan } from './suggestion-plan.ts'
import type { PastCause } from './suggestion-facts.ts'
import type { Sentences } from './suggestion-wording.ts'
import type { Naming } from './statistic-evidence.ts'

/** A sentence whose evidence has no number yet; a sentence none of whose keys is in the pack is not said. */
export type KeyedClaim = { text: string; keys: string[] }

export type TemplateContext = { plan: CountedPlan; sentences: Sentences; naming: Naming; phrase: (candidate: Pick<AnalysisCandidate, 'kind' | 'factors'>) => string }

const claim = (text: string, ...keys: string[]): KeyedClaim => ({ text, keys })

/** Why a statistical cause stands where it stands. */
export const mechanismOf = (candidate: AnalysisCandidate, { plan, sentences: { say }, phrase }: TemplateContext): KeyedClaim[] => {
  const { candidateId, statistics, rank } = candidate
  const { analysis, codes, signals } = plan.facts
  const { observed, expected, rateRatio } = statistics!
  const cause = phrase(candidate)
  const confirmed = candidate.evidence.findIndex(one => one.detail?.kind === 'software-confirmed')
  const ratio = candidate.evidence[confirmed]?.detail?.values['ratio']
  return [
    claim(rateRatio === null
      ? say('mechanism', 'excessOnly', { cause, ...spelled({ observed, expected }) })
      : say('mechanism', 'excess', { cause, ...spelled({ observed, expected, rateRatio }) }), `count:${candidateId}`),
    ...(rank === 1 && analysis.margin !== null && !plan.shown.isTied ? [claim(say('mechanism', 'ahead', { margin: spell(analysis.margin) }), 'margin')] : []),
    ...(confirmed >= 0 && ratio != null ? [claim(say('mechanism', 'confirmed', { ratio: spell(ratio) }), `for:${candidateId}:${confirmed}`)] : []),
    ...(codes[0] && rank === 1 ? [claim(say('mechanism', 'code', { code: codes[0].code }), `dtc:${codes[0].code}`)] : []),
    ...(signals[0] && rank === 1 ? [claim(say('mechanism', 'signal', { signal: signals[0].name, ...spelled({ outside: signals[0].outside, snapshots: signals[0].snapshots }) }), `signal:${signals[0].name}`)] : []),
    ...(candidate.path?.verified ? [claim(say('mechanism', 'path'), `path:${candidateId}`)] : []),
  ].slice(0, 4)
}

/** What to look at next for a statistical cause: the cars that only it or only its rival has, else what its kind asks for. */
export const nextCheckOf = (candidate: AnalysisCandidate, { sentences, phrase }: TemplateContext): KeyedClaim => {
  const { split, candidateId } = candidate
  if (split && split.own.vehicles > 0 && split.other.vehicles > 0) {
    const own = phrase(candidate)
    const other = phrase({ kind: split.rivalFactors.length > 1 ? 'pair' : 'factor', factors: split.rivalFactors })
    return claim(sentences.say('nextCheck', 'split', { own, other, ownVehicles: split.own.vehicles, otherVehicles: split.other.vehicles }), `split:${candidateId}`)
  }
  const kind = causeKindOf(candidate)
  return claim(sentences.say('nextCheck', sentences.has('nextCheck', kind) ? kind : 'other', { cause: phrase(candidate) }), `count:${candidateId}`)
}

export const pastMechanismOf = ({ past, decisions }: PastCause, { plan, sentences: { say } }: TemplateContext): KeyedClaim[] => {
  const key = `case:${past.caseId}`
  const unlike = facetWords(past, false, plan.facts, say)
  return [
    claim(say('mechanism', 'past', { caseId: past.caseId, similarity: spell(past.score) }), key),
    ...(unlike.length > 0 ? [claim(say('mechanism', 'pastDiffers', { facets: unlike.join(say('evidence', 'comma')) }), key)] : []),
    ...(decisions.accepted > 0 ? [claim(say('mechanism', 'pastAccepted', { accepted: decisions.accepted }), key)] : []),
    ...(plan.shown.causes.length === 0 ? [claim(say('mechanism', 'pastNotProven'), 'verdict')] : []),
  ]
}

/** Nothing recorded is to blame: said only where the statistics could have seen it, with whether anything like it was seen before. */
export const untrackedMechanism = ({ plan, sentences: { say } }: TemplateContext): KeyedClaim[] => {
  const { analysis, casesOfClass } = plan.facts
  return [
    claim(say('mechanism', 'untracked', { claims: analysis.affected.claims, power: spellShare(analysis.powerShare) }), 'verdict'),
    ...(casesOfClass === 0 ? [claim(say('mechanism', 'unseen'), 'cases')] : []),
  ]
}

export const isUnseen = ({ pastCauses, facts }: Pick<CountedPlan, 'pastCauses' | 'facts'>): boolean =>
  facts.casesOfClass === 0 || !pastCauses.some(one => one.past.score >= seenLikeness)
