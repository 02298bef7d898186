import { type Clause, clauseIndexAt, clausesBySentence } from './clauses.ts'
import type { Scene, Fit } from './read-scene.ts'
import type { VectorReading } from './prototypes.ts'
import type { SymptomMention } from './read-symptoms.ts'
import { tellsNothing } from './wording-classes.ts'
import type { Shares, WordingModel, WordingReading } from './wording-model.ts'

/** A symptom that may have been told, with what speaks for and against it; the judge weighs the features. */
export type SymptomCandidate = { mention: SymptomMention; features: Readonly<Record<string, number>> }

/** Symptom that says the text is no complaint at all. */
export const notQuality = 'not-a-quality-issue'

/** Symptoms a sentence sounds like that are looked at, and the least share of belief to be. */
const mostHeard = 6
const leastShare = 0.02
/** The least of a clause beside one that is settled or of another car. */
const besideShare = 0.15
/** Beyond this length a text speaks of several things, and what it sounds like as a whole says little. */
export const longestWhole = 600

/** Log odds of a share, cut off at ±6. */
export const logit = (share: number): number => Math.max(-6, Math.min(6, Math.log(Math.max(share, 1e-9) / Math.max(1 - share, 1e-9))))

/** Characters of a stretch, those of Han text counted double: they say twice as much. */
export function sizeOf(text: string): number {
  let han = 0
  for (let at = 0; at < text.length; at++) if (text.charCodeAt(at) >= 0x3400 && text.charCodeAt(at) <= 0x9fff) han++
  return text.length + han
}

/** `meant`: what the vector of the whole text lies near, by symptom; `labelled`: what the labeller of the embedding model hears in it. Absent where there is no vector, no labeller. */
type Heard = {
  scene: Scene; model: WordingModel; reading: WordingReading; fit: (symptom: string, component: string) => Fit
  meant?: VectorReading | undefined; labelled?: VectorReading | undefined
}

const sentenceOf = (scene: Scene, at: number): number => scene.clauses[clauseIndexAt(scene.clauses, at)]?.sentence ?? 0

/** Of its clause, what a form must span to be all that the clause says. */
const spanningShare = 0.5

/** So much of its clause is the clause. */
const wholeClause = 0.8

/** Beside these words a form still is all that its clause says: "the transfer case failed again". */
const saysNothing = /^(?:\s|the|a|an|my|our|your|his|her|its|their|this|that|it|has|have|had|is|was|are|were|be|been|again|also|just|now|then|and|but|so|too|still|yet|suddenly|completely|totally|[了的又也就还都再已经我你这那车把一二三四五六七八九十第是])*$/

/** Whether a form is all that its clause says. */
function isWhole({ copy: { text } }: Scene, { start, end }: SymptomMention, clause: Clause): boolean {
  if (end - start >= (clause.end - clause.start) * wholeClause) return true
  return end - start >= (clause.end - clause.start) * spanningShare && saysNothing.test(text.slice(clause.start, start)) && saysNothing.test(text.slice(end, clause.end))
}

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
  if (labelled === undefined || scene.copy.text.length > longestWhole) return []
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

/** What all candidates of one sentence have in common. */
type Sentence = { shares: Shares; highest: number; length: number; parts: string[] }

function sentenceReader({ scene, reading }: Heard): (sentence: number) => Sentence {
  const known = new Map<number, Sentence>()
  const bySentence = clausesBySentence(scene.clauses)
  const parted = scene.components.map(({ key, start }) => ({ key, sentence: sentenceOf(scene, start) }))
  return sentence => {
    const seen = known.get(sentence)
    if (seen) return seen
    const own = (bySentence.get(sentence) ?? []).map(index => scene.clauses[index] as Clause)
    const shares = reading.ofSentence(sentence)
    const parts = parted.filter(part => part.sentence === sentence).map(({ key }) => key)
    const made = { shares, highest: shares.reduce((a, b) => Math.max(a, b), 0), length: Math.max(1, (own.at(-1)?.end ?? 0) - (own[0]?.start ?? 0)), parts }
    known.set(sentence, made)
    return made
  }
}

type TextFeatures = { bias: number; size: number; question: number; praise: number; inspection: number; once: number }

/** What all candidates of a text have in common. */
function textFeatures({ scene }: Heard): TextFeatures {
  const told = (lane: string): number => Number((scene.lanes.get(`told.${lane}`) ?? []).length > 0)
  return {
    bias: 1,
    size: Math.log(1 + sizeOf(scene.copy.text) / 60),
    question: told('question'), praise: told('praise'), inspection: told('inspection'),
    once: Number(scene.clauses.length === 1),
  }
}

/** A form that competes with others; `index` is its class, -1 where the model has none. */
type Rival = { key: string; clause: number; index: number }
type Context = { heard: Heard; forms: readonly Rival[]; text: TextFeatures; sentenceAt: (sentence: number) => Sentence }

/** How many forms of other keys stand in the text and in a clause, and whether one of them is what the sentence rather sounds like. */
function rivalry(forms: readonly Rival[], key: string, clause: number, shares: Shares, ownShare: number): { all: number; inClause: number; isOutshone: boolean } {
  let [all, inClause, isOutshone] = [0, 0, false]
  for (const other of forms) {
    if (other.key === key) continue
    all++
    if (other.clause === clause) inClause++
    if (other.index >= 0 && (shares[other.index] as number) > ownShare * 2) isOutshone = true
  }
  return { all, inClause, isOutshone }
}

function features({ heard: { scene, model, reading, fit, meant, labelled }, forms, text, sentenceAt }: Context, mention: SymptomMention): Record<string, number> {
  const clause = clauseIndexAt(scene.clauses, mention.start)
  const sentence = sentenceAt(scene.clauses[clause]?.sentence ?? 0)
  const index = model.indexOf.get(mention.key)
  const share = (shares: Shares): number => (index === undefined ? -1 : logit(shares[index] as number) / 4)
  const [inClause, inSentence] = [share(reading.ofClause(clause)), share(sentence.shares)]
  const whole = scene.copy.text.length <= longestWhole ? share(reading.whole()) : inSentence
  const ownShare = index === undefined ? 0 : (sentence.shares[index] as number)
  const isForm = mention.origin !== 'wording'
  const form = Number(isForm)
  const rivals = rivalry(forms, mention.key, clause, sentence.shares, ownShare)
  const fits = sentence.parts.map(part => fit(mention.key, part))
  const denials = isForm ? [] : (scene.lanes.get('negated') ?? []).filter(cue => clauseIndexAt(scene.clauses, cue.start) === clause)
  const { origin } = mention
  const ownClause = scene.clauses[clause]
  const span = ownClause === undefined ? 0 : Math.min(1, (mention.end - mention.start) / Math.max(1, ownClause.end - ownClause.start))
  const meantShare = meant?.shareOf(mention.key)
  const label = labelled === undefined ? 0 : logit(labelled.shareOf(mention.key) ?? 0) / 4
  // Written out: an object of one shape is read many times faster than one put together.
  return {
    bias: text.bias, size: text.size, question: text.question, praise: text.praise, inspection: text.inspection,
    // Of its own clause: bad service told beside a fault does not make the fault any smaller.
    notQuality: reading.ofClause(clause)[model.indexOf.get(notQuality) ?? -1] ?? 0,
    form: Number(origin === 'form'), gapped: Number(origin === 'gapped'), faultWords: Number(origin === 'faultWords'), weak: Number(origin === 'weak'), wording: Number(origin === 'wording'),
    length: isForm ? Math.log2(1 + sizeOf(scene.copy.text.slice(mention.start, mention.start + mention.weight))) / 4 : 0,
    spans: Number(isForm && ownClause !== undefined && isWhole(scene, mention, ownClause)), span: isForm ? span : 0, besideForm: Number(!isForm && forms.some(other => other.clause === clause)),
    coverage: isForm ? Math.min(1, mention.weight / sentence.length) : 0,
    clause: inClause, sentence: inSentence, whole,
    // Where the text is one clause, the three are one piece of evidence, not three.
    once: text.once, onceWhole: text.once * whole, soundSize: isForm ? 0 : text.size,
    lead: Math.max(-6, index === undefined ? -6 : Math.log(Math.max(ownShare, 1e-6) / sentence.highest)) / 4,
    formSentence: form * inSentence, formWhole: form * whole,
    rivalsInClause: Math.min(3, rivals.inClause) / 3,
    rivals: Math.min(5, rivals.all) / 5,
    outshone: Number(rivals.isOutshone),
    formsElsewhere: Number(!isForm && rivals.all > 0),
    ownPart: Number(fits.includes('own')), unfitPart: Number(fits.length > 0 && fits.every(one => one === 'no')), noPart: Number(fits.length === 0),
    denials: Math.min(2, denials.length) / 2,
    vector: meantShare === undefined ? 0 : logit(meantShare) / 4,
    vectorLead: meant === undefined || meantShare === undefined ? 0 : Math.log(Math.max(meantShare, 1e-6) / meant.highest) / 4,
    label, formLabel: form * label, sizeLabel: text.size * label,
    labelLead: labelled === undefined ? 0 : Math.log(Math.max(labelled.shareOf(mention.key) ?? 0, 1e-6) / labelled.highest) / 4,
    first: Number(sentence === sentenceAt(scene.clauses[0]?.sentence ?? 0)),
  }
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
  return all.map(mention => ({ mention, features: features(context, mention) }))
}
