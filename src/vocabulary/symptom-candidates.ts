import { type Clause, clauseIndexAt, clausesBySentence } from './clauses.ts'
import type { Scene } from './read-scene.ts'
import type { SymptomMention } from './read-symptoms.ts'
import { featuresOf, type Heard, longestWhole, notQuality, sentenceReader, spanningShare, textFeatures } from './symptom-features.ts'
import { tellsNothing } from './wording-classes.ts'
import type { Shares } from './wording-model.ts'

/** A symptom that may have been told, with what speaks for and against it; the judge weighs the features. */
export type SymptomCandidate = { mention: SymptomMention; features: Readonly<Record<string, number>> }

/** Symptoms a sentence sounds like that are looked at, and the least share of belief to be. */
const mostHeard = 6
const leastShare = 0.02
/** The least of a clause beside one that is settled or of another car. */
const besideShare = 0.15
/** Words that show that a text wants something else than to tell a fault: what it merely sounds like is not heard then. */
const otherAims = ['told.question', 'told.praise', 'told.inspection', 'told.partStolen']
export const hasOtherAim = ({ lanes }: Scene): boolean => otherAims.some(lane => (lanes.get(lane) ?? []).length > 0)

/**
 * Clauses that may tell what nobody listed: of this car, not taken back ("… was not needed"), and without a form that spans most of it or was denied,
 * is over or only feared.
 */
function openClauses({ scene }: Heard): (own: readonly number[]) => number[] {
  const takenBack = (scene.lanes.get('negated') ?? []).filter(({ meaning }) => meaning.key === 'negated.after')
  const spans = ({ start, end }: SymptomMention): boolean => {
    const clause = scene.clauses[clauseIndexAt(scene.clauses, start)]
    return clause !== undefined && end - start >= (clause.end - clause.start) * spanningShare
  }
  const settled = scene.symptoms.filter(symptom => spans(symptom) || Object.values(scene.modality.read(symptom)).some(Boolean))
  const taken = new Set([...settled, ...takenBack].map(({ start }) => clauseIndexAt(scene.clauses, start)))
  return own => own.filter(index => !taken.has(index) && !scene.isForeign({ start: (scene.clauses[index] as Clause).end - 1 }))
}

/** Indexes of the highest shares that are worth a look, highest first. */
function highest(shares: Shares): number[] {
  const worth: number[] = []
  for (let index = 0; index < shares.length; index++) if ((shares[index] as number) >= leastShare) worth.push(index)
  return worth.sort((a, b) => (shares[b] as number) - (shares[a] as number)).slice(0, mostHeard)
}

function loudestOf(many: readonly Shares[]): Shares {
  const [first, ...rest] = many
  const loudest = Float64Array.from(first as Shares)
  for (const shares of rest) for (let index = 0; index < loudest.length; index++) loudest[index] = Math.max(loudest[index] as number, shares[index] as number)
  return loudest
}

/** Of all symptoms, those the text as a whole is worth a look for; where its vector is at hand, by the vector; by the labeller, which hears several at once. */
const mostMeant = 3
const mostLabelled = 8

/** Symptoms that only the text as a whole sounds like, or its vector lies near; the open clause that sounds most so stands for them. */
function meantIn(heard: Heard, known: ReadonlySet<string>): SymptomMention[] {
  const { scene, model, reading, meant, labelled } = heard
  if (scene.copy.text.length > longestWhole) return []
  const open = openClauses(heard)(scene.clauses.map((_, index) => index))
  if (open.length === 0) return []
  const byVector = [...(meant?.likeliest(mostMeant) ?? []), ...(labelled?.likeliest(mostLabelled).filter(key => (labelled.shareOf(key) ?? 0) >= leastShare) ?? [])]
  const keys = new Set([...highest(reading.whole()).slice(0, mostMeant).map(index => model.classes[index] as string), ...byVector])
  return [...keys].filter(key => !known.has(key) && key !== notQuality && key !== tellsNothing).flatMap(key => {
    const shareAt = (clause: number): number => reading.ofClause(clause)[model.indexOf.get(key) ?? -1] ?? 0
    const at = open.reduce((a, b) => (shareAt(b) > shareAt(a) ? b : a))
    // "The neighbour's car burned, mine is fine": the text as a whole sounds like what is not told here.
    if (open.length < scene.clauses.length && shareAt(at) < besideShare) return []
    const { start, end } = scene.clauses[at] as Clause
    return [{ key, start, end, confidence: 0, component: null, origin: 'wording' as const, weight: 0 }]
  })
}

/** A labeller this sure is heard though no clause is open that sounds so: it has learned from whole texts what is told of this car, now. */
const insistentShare = 0.3

/** Symptoms that only the labeller hears; of the clauses that tell of this car, the one that sounds most so stands for them. */
function insistedIn({ scene, model, reading, labelled }: Heard, known: ReadonlySet<string>): SymptomMention[] {
  if (labelled === undefined) return []
  const own = [...scene.clauses.keys()].filter(index => !scene.isForeign({ start: (scene.clauses[index] as Clause).end - 1 }))
  if (own.length === 0) return []
  return labelled.likeliest(mostLabelled).filter(key => (labelled.shareOf(key) ?? 0) >= insistentShare && !known.has(key) && key !== notQuality).map(key => {
    const shareAt = (clause: number): number => reading.ofClause(clause)[model.indexOf.get(key) ?? -1] ?? 0
    const { start, end } = scene.clauses[own.reduce((a, b) => (shareAt(b) > shareAt(a) ? b : a))] as Clause
    return { key, start, end, confidence: 0, component: null, origin: 'wording' as const, weight: 0 }
  })
}

/** Symptoms no form of which was met, by what each sentence of this car's owner sounds like; the open clause that sounds most so stands for them. */
function heardIn(heard: Heard): SymptomMention[] {
  const { scene, model, reading } = heard
  const said = new Set(scene.symptoms.map(({ key }) => key))
  const openOf = openClauses(heard)
  return [...clausesBySentence(scene.clauses)].flatMap(([sentence, all]) => {
    const own = openOf(all)
    if (own.length === 0) return []
    const isWholly = own.length === all.length
    const shareAt = (clause: number, index: number): number => reading.ofClause(clause)[index] as number
    // Beside a form, or another's car, only the open clauses speak for themselves.
    const shares = isWholly ? reading.ofSentence(sentence) : loudestOf(own.map(clause => reading.ofClause(clause)))
    return highest(shares).flatMap(index => {
      const key = model.classes[index] as string
      if (said.has(key) || key === notQuality || key === tellsNothing) return []
      const at = own.reduce((a, b) => (shareAt(b, index) > shareAt(a, index) ? b : a))
      // "The neighbour's car burned, mine is fine": the sentence as a whole sounds like what is not told here.
      if (!isWholly && shareAt(at, index) < besideShare) return []
      const loudest = scene.clauses[at] as Clause
      return [{ key, start: loudest.start, end: loudest.end, confidence: 0, component: null, origin: 'wording' as const, weight: 0 }]
    })
  })
}

/** All symptoms that forms name, and those the sentences sound like, with their features. */
export function symptomCandidates(heard: Heard): SymptomCandidate[] {
  const { symptoms } = heard.scene
  const keysOf = (mentions: readonly SymptomMention[]): Set<string> => new Set(mentions.map(({ key }) => key))
  const isAside = hasOtherAim(heard.scene)
  const met = isAside ? symptoms : [...symptoms, ...heardIn(heard)]
  const meant = isAside ? met : [...met, ...meantIn(heard, keysOf(met))]
  const all = isAside ? meant : [...meant, ...insistedIn(heard, keysOf(meant))]
  if (all.length === 0) return []
  const { scene, model } = heard
  const forms = all.filter(({ weight }) => weight > 0).map(({ key, start }) => ({ key, clause: clauseIndexAt(scene.clauses, start), index: model.indexOf.get(key) ?? -1 }))
  const context = { heard, forms, text: textFeatures(heard), sentenceAt: sentenceReader(heard) }
  return all.map(mention => ({ mention, features: featuresOf(context, mention) }))
}
