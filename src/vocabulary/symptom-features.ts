import { type Clause, clauseIndexAt, clausesBySentence } from './clauses.ts'
import type { VectorReading } from './prototypes.ts'
import type { Fit, Scene } from './read-scene.ts'
import type { SymptomMention } from './read-symptoms.ts'
import type { Shares, WordingModel, WordingReading } from './wording-model.ts'

/** Symptom that says the text is no complaint at all. */
export const notQuality = 'not-a-quality-issue'

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
export type Heard = {
  scene: Scene; model: WordingModel; reading: WordingReading; fit: (symptom: string, component: string) => Fit
  meant?: VectorReading | undefined; labelled?: VectorReading | undefined
}

const sentenceOf = (scene: Scene, at: number): number => scene.clauses[clauseIndexAt(scene.clauses, at)]?.sentence ?? 0

/** Of its clause, what a form must span to be all that the clause says. */
export const spanningShare = 0.5

/** So much of its clause is the clause. */
const wholeClause = 0.8

/** Beside these words a form still is all that its clause says: "the transfer case failed again". */
const saysNothing = /^(?:\s|the|a|an|my|our|your|his|her|its|their|this|that|it|has|have|had|is|was|are|were|be|been|again|also|just|now|then|and|but|so|too|still|yet|suddenly|completely|totally|[了的又也就还都再已经我你这那车把一二三四五六七八九十第是])*$/

/** Whether a form is all that its clause says. */
function isWhole({ copy: { text } }: Scene, { start, end }: SymptomMention, clause: Clause): boolean {
  if (end - start >= (clause.end - clause.start) * wholeClause) return true
  return end - start >= (clause.end - clause.start) * spanningShare && saysNothing.test(text.slice(clause.start, start)) && saysNothing.test(text.slice(end, clause.end))
}

/** What all candidates of one sentence have in common. */
type Sentence = { shares: Shares; highest: number; length: number; parts: string[] }

export function sentenceReader({ scene, reading }: Heard): (sentence: number) => Sentence {
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
export function textFeatures({ scene }: Heard): TextFeatures {
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

export function featuresOf({ heard: { scene, model, reading, fit, meant, labelled }, forms, text, sentenceAt }: Context, mention: SymptomMention): Record<string, number> {
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
