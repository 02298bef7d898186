import type { Explanation, ModelClaim } from '../domain/explanation.ts'
import { untrackedCause } from '../domain/explanation.ts'
import type { DroppedSentence, EvidencePack } from '../domain/suggestion.ts'
import type { CausalLicence } from './causal-language.ts'
import type { CheckSentence, DropReason, SentenceFault } from './check-sentence.ts'
import type { EvidenceIndex } from './evidence-index.ts'
import { inStatisticalOrder } from './hypothesis-order.ts'

/** What is left of an explanation after the checks, and what was refused. */
export type VerifiedExplanation = {
  kept: Explanation
  dropped: (DroppedSentence & { reason: DropReason })[]
  /** One sentence for the model for each fault: what was wrong and what the cited evidence holds. */
  failures: string[]
  /** Sentences that were judged. */
  sentences: number
  /** At most 30 % refused, no hypothesis left empty, and something left. */
  isAcceptable: boolean
}

type Hypothesis = Explanation['hypotheses'][number]
type Proposal = Explanation['containment'][number]

/** Share of refused sentences above which an answer is asked for again, else replaced by the template. */
const mostDropped = 0.3

/** How far a sentence about a cause may go: only the leader of the verdict `cause-found` is said to cause anything. */
export const causalLicence = (pack: EvidencePack, causeId?: string): CausalLicence => {
  const candidate = pack.candidates.find(one => one.id === causeId)
  if (pack.associationOnly || candidate?.associationOnly) return 'none'
  if (pack.verdict !== 'cause-found') return 'modal'
  return causeId === undefined || causeId === pack.candidates[0]?.id ? 'free' : 'modal'
}

/** What the verification of one explanation keeps account of. */
const createLedgerOf = (check: (text: string, evidenceIds: readonly string[], licence: CausalLicence) => SentenceFault | null, pack: EvidencePack) => {
  const dropped: VerifiedExplanation['dropped'] = []
  const failures: string[] = []
  let sentences = 0
  const drop = (where: string, text: string, { reason, detail }: SentenceFault, ids: readonly string[] = []) => {
    dropped.push({ where, text, reason })
    failures.push(`${where} "${text.slice(0, 120)}": ${reason}${detail === '' ? '' : ` (${detail.slice(0, 60)})`}.${factsLine(ids, pack)}`)
  }
  const keep = (where: string, claim: ModelClaim, licence: CausalLicence): boolean => {
    sentences += 1
    const fault = check(claim.text, claim.evidenceIds, licence)
    if (fault) drop(where, claim.text, fault, claim.evidenceIds)
    return fault === null
  }
  const keepLoose = (where: string, text: string): boolean => {
    sentences += 1
    const fault = check(text, pack.evidence.map(item => item.id), causalLicence(pack))
    if (fault) drop(where, text, fault)
    return fault === null
  }
  return { dropped, failures, sentences: () => sentences, drop, keep, keepLoose }
}

type Account = ReturnType<typeof createLedgerOf>

const factsLine = (ids: readonly string[], pack: EvidencePack): string => {
  const lines = pack.evidence
    .filter(item => ids.includes(item.id))
    .map(item => `${item.id}: ${Object.entries(item.values).map(([name, { value, unit }]) => `${name} = ${value} ${unit}`).join(', ') || 'no numbers'}`)
  return lines.length === 0 ? '' : ` Evidence ${lines.join('; ')}.`
}

const verifyHypothesis = (hypothesis: Hypothesis, pack: EvidencePack, account: Account): Hypothesis | null => {
  const where = `hypotheses[${hypothesis.causeId}]`
  const candidate = pack.candidates.find(one => one.id === hypothesis.causeId)
  if (!candidate && hypothesis.causeId !== untrackedCause) {
    for (const claim of hypothesis.mechanism) account.drop(where, claim.text, { reason: 'unknown-id', detail: hypothesis.causeId })
    return null
  }
  const licence = causalLicence(pack, hypothesis.causeId)
  const own = candidate ? [...candidate.evidenceFor, ...candidate.evidenceAgainst] : []
  const isOwn = (claim: ModelClaim) => own.length === 0 || claim.evidenceIds.some(id => own.includes(id))
  const mechanism = hypothesis.mechanism.filter((claim, at) => {
    if (isOwn(claim)) return account.keep(`${where}.mechanism[${at}]`, claim, licence)
    account.drop(`${where}.mechanism[${at}]`, claim.text, { reason: 'other-cause', detail: claim.evidenceIds.join(', ') })
    return false
  })
  const optional = (name: 'nextCheck' | 'orderReason') => {
    const claim = hypothesis[name]
    return claim !== null && account.keep(`${where}.${name}`, claim, licence) ? claim : null
  }
  const contradictingIds = hypothesis.contradictingIds.filter(id => pack.evidence.some(item => item.id === id))
  if (contradictingIds.length < hypothesis.contradictingIds.length) account.drop(`${where}.contradictingIds`, hypothesis.contradictingIds.join(', '), { reason: 'unknown-id', detail: '' })
  return { causeId: hypothesis.causeId, mechanism, contradictingIds: [...new Set(contradictingIds)], nextCheck: optional('nextCheck'), orderReason: optional('orderReason') }
}

const verifyProposals = (list: 'containment' | 'corrective', proposals: readonly Proposal[], pack: EvidencePack, account: Account): Proposal[] => {
  const seen = new Set<string>()
  return proposals.filter(({ actionId, why }) => {
    const where = `${list}[${actionId}]`
    if (!pack.actions.some(action => action.id === actionId && action.kind === list)) return account.drop(where, why.text, { reason: 'unknown-id', detail: actionId }), false
    if (seen.has(actionId)) return account.drop(where, why.text, { reason: 'repeated', detail: actionId }), false
    seen.add(actionId)
    return account.keep(where, why, causalLicence(pack))
  })
}

const verifyHypotheses = (hypotheses: readonly Hypothesis[], pack: EvidencePack, account: Account) => {
  const unique = hypotheses.filter((one, at) => hypotheses.findIndex(other => other.causeId === one.causeId) === at)
  for (const one of hypotheses) if (!unique.includes(one)) account.drop(`hypotheses[${one.causeId}]`, one.mechanism[0]?.text ?? '', { reason: 'repeated', detail: one.causeId })
  const checked = unique.map(one => verifyHypothesis(one, pack, account))
  const filled = checked.flatMap(one => (one && one.mechanism.length > 0 ? [one] : []))
  const { ordered, faults } = inStatisticalOrder(filled, pack)
  for (const fault of faults) account.drop('hypotheses', fault, { reason: 'order', detail: '' })
  return { ordered, isAnyEmpty: filled.length < unique.length }
}

export type VerifyExplanation = (explanation: Explanation, pack: EvidencePack) => VerifiedExplanation

/** The verifier of explanations: what it keeps stands in the evidence. Pure; no model. */
export const createVerifyExplanation = ({ checkSentence, indexOf }: { checkSentence: CheckSentence; indexOf: (pack: EvidencePack) => EvidenceIndex }): VerifyExplanation => (explanation, pack) => {
  const index = indexOf(pack)
  const otherIds = [...pack.candidates, ...pack.actions].map(one => one.id)
  const account = createLedgerOf((text, evidenceIds, licence) => checkSentence({ text, evidenceIds, licence, index, otherIds, language: pack.language }), pack)
  const observations = explanation.observations.filter((claim, at) => account.keep(`observations[${at}]`, claim, causalLicence(pack)))
  const { ordered, isAnyEmpty } = verifyHypotheses(explanation.hypotheses, pack, account)
  const kept: Explanation = {
    observations,
    hypotheses: ordered,
    containment: verifyProposals('containment', explanation.containment, pack, account),
    corrective: verifyProposals('corrective', explanation.corrective, pack, account),
    openQuestions: explanation.openQuestions.filter((text, at) => account.keepLoose(`openQuestions[${at}]`, text)),
    abstain: explanation.abstain && account.keepLoose('abstain', explanation.abstain.reason) ? explanation.abstain : null,
  }
  const isAnyLeft = kept.observations.length + kept.hypotheses.length > 0 || kept.abstain !== null
  return {
    kept,
    dropped: account.dropped,
    failures: account.failures,
    sentences: account.sentences(),
    isAcceptable: isAnyLeft && !isAnyEmpty && account.dropped.length <= mostDropped * Math.max(account.sentences(), account.dropped.length),
  }
}
