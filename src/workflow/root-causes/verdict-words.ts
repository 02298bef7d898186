import { analysisParameters } from '../../analysis/parameters.ts'
import type { CandidateStatistics, RankedCandidate, RankedCauses } from '../../analysis/ranked-causes.ts'
import type { SymptomClass } from '../../domain/fleet.ts'
import { candidateWords, type Words } from './factor-words.ts'
import { capitalised, fill, fillBoth, spell, spellShare, type Both } from './wording.ts'

/** The figures of a candidate as one phrase. */
export const numberWords = (statistics: CandidateStatistics | undefined, { wording }: Words): Both => {
  if (!statistics) return fillBoth(wording.verdict['noNumbers']!, {})
  const { observed, expected, vehiclesAtRisk, rateRatio, rateRatioInterval: [low, high], score, evidenceNats, pValue } = statistics
  return fillBoth(wording.verdict['numbers']!, {
    observed: spell(observed), expected: spell(expected), vehicles: spell(vehiclesAtRisk), ratio: spell(rateRatio), low: spell(low), high: spell(high),
    score: spell(score), nats: spell(evidenceNats), p: spell(pValue),
  })
}

/** The best class beside the leader's that the leader does not explain away. */
const rivalOf = ({ candidates }: RankedCauses): RankedCandidate | undefined =>
  candidates.find(one => one.classIndex !== candidates[0]?.classIndex && !one.explainedAway)

/** Why the verdict is what it is: class, p, S, margin, nats and power, in both languages. */
export const verdictWords = (ranked: RankedCauses, others: readonly SymptomClass[], chosen: SymptomClass, words: Words): Both => {
  const { wording } = words
  const [leader, rival] = [ranked.candidates[0], rivalOf(ranked)]
  const nobody = { en: '', zh: '' }
  const leaderWords = leader ? candidateWords(leader, words) : nobody
  const rivalWords = rival ? candidateWords(rival, words) : nobody
  const numbers = numberWords(leader?.statistics, words)
  const margin = ranked.margin === null ? fillBoth(wording.verdict['noRival']!, {}) : fillBoth(wording.verdict['margin']!, { margin: spell(ranked.margin) })
  const power = fillBoth(wording.verdict['power']!, { share: spellShare(ranked.powerShare) })
  const unexposed = fillBoth(wording.verdict['withoutExposure']!, { unexposed: ranked.withoutExposure })
  const said = fillBoth(wording.verdict[ranked.reason] ?? wording.verdict['other']!, {
    code: ranked.reason, claims: ranked.claims, minClaims: analysisParameters.minClaims, unexposed: ranked.withoutExposure,
    p: leader ? spell(leader.statistics.pValue) : '1', leader: leaderWords.en, leaderZh: leaderWords.zh, rival: rivalWords.en, rivalZh: rivalWords.zh,
    ...oddsSpelled(leader), numbers: numbers.en, numbersZh: numbers.zh, margin: margin.en, marginZh: margin.zh, power: power.en, powerZh: power.zh,
    withoutExposure: ranked.withoutExposure > 0 ? unexposed.en : '', withoutExposureZh: ranked.withoutExposure > 0 ? unexposed.zh : '',
  })
  const [mixed, also] = [confoundedWords(ranked, words), othersWords(others, chosen, words)]
  return { en: capitalised(said.en) + mixed.en + also.en, zh: said.zh + mixed.zh + also.zh }
}

/** Said with a cause that leads, of which the mix of cars makes up a part: its other figures do not show it. */
const confoundedWords = ({ verdict, candidates: [leader] }: RankedCauses, { wording }: Words): Both =>
  leader?.statistics.confounded === true && (verdict === 'cause-found' || verdict === 'tied') ? fillBoth(wording.verdict['confounded']!, oddsSpelled(leader)) : { en: '', zh: '' }

const oddsSpelled = (candidate: RankedCandidate | undefined): { crude: string; stratified: string } =>
  ({ crude: spell(candidate?.statistics.oddsRatioCrude ?? null), stratified: spell(candidate?.statistics.oddsRatioStratified ?? null) })

const othersWords = (others: readonly SymptomClass[], chosen: SymptomClass, { wording, labelOf }: Words): Both => {
  if (others.length === 0) return { en: '', zh: '' }
  const spelled = (one: SymptomClass, language: 'en' | 'zh'): string =>
    [one.component, one.symptom].filter(key => key !== null).map(key => labelOf(key, language)).join(language === 'en' ? ', ' : '')
  const list = (language: 'en' | 'zh'): string => others.map(one => spelled(one, language)).join(language === 'en' ? '; ' : '、')
  const { en, zh } = wording.verdict['others']!
  return { en: fill(en, { classes: list('en'), chosen: spelled(chosen, 'en') }), zh: fill(zh, { classes: list('zh'), chosen: spelled(chosen, 'zh') }) }
}

/** What is missing and what to look at next, for every verdict but `cause-found`. */
export const abstentionOf = (ranked: RankedCauses, reason: string, tests: readonly string[], { wording }: Words) =>
  ranked.verdict === 'cause-found'
    ? null
    : {
        reason,
        missing: wording.missing[ranked.reason] ?? wording.missing['other'] ?? [],
        nextChecks: [...(wording.nextChecks[ranked.reason] ?? wording.nextChecks['other'] ?? []), ...tests],
      }
