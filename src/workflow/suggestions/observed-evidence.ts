import type { AnalysisCandidate } from '../../domain/root-cause-analysis.ts'
import { draft, valuesOf, type EvidenceDraft } from './evidence-draft.ts'
import { spell, spelled } from './spelled-numbers.ts'
import { namesOf, type Naming } from './statistic-evidence.ts'
import type { PastCause, SuggestionFacts } from './suggestion-facts.ts'
import type { Sentences } from './suggestion-wording.ts'

/** Most fault codes and signals told. */
const codesTold = 3
const signalsTold = 3
/** Characters of a quote that are shown. */
const quoteLength = 110

/** Nodes whose caption is made by Fishbone and not written by people. */
const captioned = new Set(['Symptom', 'Component', 'PartLot', 'Part', 'Supplier', 'SoftwareRelease', 'Plant', 'ServiceCenter', 'ModelYear'])

export const shortQuote = (text: string): string => {
  const plain = text.replace(/\s+/g, ' ').trim()
  return plain.length <= quoteLength ? plain : `${plain.slice(0, quoteLength - 1)}…`
}

/** A chain that was just read; captions that people wrote are told by their kind only. */
export const pathEvidence = (candidate: AnalysisCandidate, naming: Naming, { say }: Sentences): EvidenceDraft[] => {
  const { path } = candidate
  if (!path?.verified) return []
  const captions = path.nodes.filter(node => node.label !== 'Finding' && node.label !== 'Candidate').map(node => (captioned.has(node.label) ? node.caption : node.label))
  return [
    draft(`path:${candidate.candidateId}`, 'observation', 'path', say('evidence', 'path', { path: captions.join(' – ') }), {
      names: [...captions, ...namesOf(candidate, naming)], nodeIds: path.nodes.map(node => node.id), cypher: path.cypher, params: path.params,
    }),
  ]
}

/** A past case by number and likeness; its own words are quotes. */
export const caseEvidence = ({ past, candidate, decisions }: PastCause, facts: SuggestionFacts, { say }: Sentences): EvidenceDraft => {
  const taught = decisions.accepted + decisions.rejected > 0 ? say('evidence', 'caseAccepted', spelled({ ...decisions })) : ''
  const closedOn = past.dates.closedAt?.slice(0, 10) ?? '–'
  const compared = [true, false].flatMap(shared => comparedWith(past, shared, facts, say)).join('')
  return draft(`case:${past.caseId}`, 'case', 'case', say('evidence', 'case', { caseId: past.caseId, similarity: spell(past.score), closedOn }) + compared + taught, {
    values: { ...valuesOf('score', { similarity: past.score }), ...(taught && valuesOf('decisions', { ...decisions })) },
    names: [past.caseId, closedOn], nodeIds: [past.caseId], cypher: candidate?.path?.cypher ?? null, params: candidate?.path?.params ?? {},
    quotes: [past.title, past.rootCause].filter(text => text.trim() !== '').map(text => ({ text: shortQuote(text), source: past.caseId })),
  })
}

const comparable = ['component', 'symptom', 'dtc', 'model', 'modelYear', 'part', 'lot', 'version'] as const

/** What a past case has in common with the question, or has not; what nobody asked for or knows is neither. */
export const facetWords = ({ facets }: PastCause['past'], shared: boolean, { analysis: { subject }, codes }: SuggestionFacts, say: Sentences['say']): string[] => {
  const unasked: readonly string[] = [...(subject.component === null ? ['component'] : []), ...(subject.symptom === null ? ['symptom'] : []), ...(codes.length === 0 ? ['dtc'] : [])]
  return comparable.filter(name => facets[name] === shared && !unasked.includes(name)).map(name => say('evidence', `caseFacet.${name}`))
}

const comparedWith = (past: PastCause['past'], shared: boolean, facts: SuggestionFacts, say: Sentences['say']): string[] => {
  const facets = facetWords(past, shared, facts, say)
  return facets.length === 0 ? [] : [say('evidence', shared ? 'caseShares' : 'caseDiffers', { facets: facets.join(say('evidence', 'comma')) })]
}

/** How many closed cases there are of the class: what "not seen before" rests on. */
export const casesOfClassEvidence = ({ casesOfClass, analysis }: SuggestionFacts, names: readonly string[], { say }: Sentences): EvidenceDraft =>
  draft('cases', 'case', 'case', say('evidence', 'noCase', { cases: casesOfClass }), { values: valuesOf('cases', { cases: casesOfClass }), names, nodeIds: [analysis.analysisId] })

export const codeEvidence = ({ codes, snapshots, statements }: SuggestionFacts, { say }: Sentences): EvidenceDraft[] =>
  codes.slice(0, codesTold).map(({ code, meaning, reports, confirmed, nodeIds }) =>
    draft(`dtc:${code}`, 'observation', 'dtc', say('evidence', 'dtc', { code, reports, snapshots, confirmed }), {
      values: valuesOf('count', { reports, snapshots, confirmed }), names: [code, meaning], nodeIds, cypher: statements.codes?.cypher ?? null, params: statements.codes?.params ?? {},
    }))

export const signalEvidence = ({ signals, statements }: SuggestionFacts, { say }: Sentences): EvidenceDraft[] =>
  signals.slice(0, signalsTold).map(({ name, unit, low, high, outside, snapshots, median, nodeIds }) =>
    draft(`signal:${name}`, 'observation', 'telemetry', say('evidence', 'telemetry', { signal: name, unit, ...spelled({ low, high, outside, snapshots, median }) }), {
      values: { ...valuesOf('count', { outside, snapshots }), ...valuesOf(unit, { low, high, median }) }, names: [name], nodeIds,
      cypher: statements.signals?.cypher ?? null, params: statements.signals?.params ?? {},
    }))

export const repairEvidence = ({ repairs, statements }: SuggestionFacts, { say, has }: Sentences): EvidenceDraft[] => {
  const orders = repairs.reduce((sum, one) => sum + one.orders, 0)
  if (orders === 0) return []
  const known = repairs.map(one => ({ ...one, word: has('evidence', `repairResult.${one.result}`) ? one.result : 'unknown' }))
  const results = known.map(one => say('evidence', `repairResult.${one.word}`, { n: one.orders })).join(', ')
  return [
    draft('repair', 'action', 'repair', say('evidence', 'repair', { orders, results }), {
      values: { ...valuesOf('repairs', { orders, ...Object.fromEntries(known.map(one => [one.word, one.orders])) }), ...valuesOf('share', Object.fromEntries(known.map(one => [`${one.word}Share`, one.orders / orders]))) },
      nodeIds: repairs.flatMap(one => one.orderIds).slice(0, 25), cypher: statements.repairs?.cypher ?? null, params: statements.repairs?.params ?? {},
    }),
  ]
}

/** What people and workshops wrote: data to be read, never an instruction. */
export const wordsEvidence = ({ quotes }: SuggestionFacts, { say }: Sentences): EvidenceDraft[] =>
  quotes.length === 0
    ? []
    : [draft('words', 'quote', 'statistic', say('evidence', 'words', { reports: quotes.length }), {
        values: valuesOf('count', { reports: quotes.length }), nodeIds: quotes.map(one => one.source), quotes: quotes.map(one => ({ ...one, text: shortQuote(one.text) })),
      })]
