import { type Clause, clauseIndexAt } from './clauses.ts'
import type { Mention } from './find-mentions.ts'
import { linkWeights, withLength } from './link-confidence.ts'
import type { ComponentMention } from './settle-components.ts'
import type { FaultWords } from './vocabulary-files.ts'

/**
 * How a symptom was met: a form as listed, one with words in its gap, words of failure beside a component, a word that often means something else,
 * or (`wording`) no form at all, but what the sentence sounds like.
 */
export type SymptomOrigin = 'form' | 'gapped' | 'faultWords' | 'weak' | 'wording'

/**
 * A symptom said in the text; `component` is the one whose failure the words tell, where it takes a component to read them. `weight` is the number
 * of characters of the words met, 0 where no form was.
 */
export type SymptomMention = { key: string; start: number; end: number; confidence: number; component: ComponentMention | null; origin: SymptomOrigin; weight: number }

/** Symptoms, and the words of failure that named none. */
export type SymptomReading = { symptoms: SymptomMention[]; openFaults: Mention[] }

type Scene = {
  text: string
  clauses: readonly Clause[]
  components: readonly ComponentMention[]
  faultWords: readonly FaultWords[]
  isWithin: (key: string, root: string) => boolean
}

// A fault word further off than this speaks of something else: "the radio works … but the dealer failed to answer".
const reach = 60
const hanReach = 16

/** Distance in characters, those of Han text weighed as the words they are; zero where the two touch. */
export function distanceBetween(text: string, a: { start: number; end: number }, b: { start: number; end: number }): number {
  if (a.start < b.end && b.start < a.end) return 0
  return a.end <= b.start ? b.start - a.end : (a.start - b.end) * 1.2 + (text.length > 0 ? 0.5 : 0)
}

function componentsNear(fault: Mention, { text, clauses, components }: Scene): ComponentMention[] {
  const index = clauseIndexAt(clauses, fault.start)
  const own = clauses[index]
  if (!own) return []
  const limit = /[㐀-鿿]/.test(text.slice(fault.start, fault.end)) ? hanReach : reach
  const near = components
    .filter(component => component.start >= own.start && component.end <= own.end + 2)
    .map(component => ({ component, apart: distanceBetween(text, component, fault) }))
    .filter(({ apart }) => apart <= limit)
    .sort((a, b) => a.apart - b.apart)
    .map(({ component }) => component)
  if (near.length > 0) return near
  const previous = clauses[index - 1]
  if (!previous || previous.sentence !== own.sentence || fault.start - own.start > 12) return []
  return components.filter(component => component.start >= previous.start && component.end <= previous.end).slice(-1)
}

const coordination = /^(?:\s*(?:和|与|及|跟|以及|还有|、|,|\/|&|and|or|as well as|the|my|both)\s*)+$/

/** Components joined to the chosen one: "中控屏和仪表", "the headlights and the wipers". Nearest first, those on its left before those on its right. */
export function coordinatedWith(text: string, components: readonly ComponentMention[], chosen: ComponentMention): ComponentMention[] {
  const ordered = [...components].sort((a, b) => a.start - b.start)
  const at = ordered.indexOf(chosen)
  const isJoined = (left: ComponentMention, right: ComponentMention): boolean => coordination.test(text.slice(left.end, right.start))
  const walk = (step: 1 | -1): ComponentMention[] => {
    const joined: ComponentMention[] = []
    for (let index = at; ordered[index + step] !== undefined; index += step) {
      const [near, far] = [ordered[index] as ComponentMention, ordered[index + step] as ComponentMention]
      if (!(step < 0 ? isJoined(far, near) : isJoined(near, far))) break
      joined.push(far)
    }
    return joined
  }
  return at < 0 ? [] : [...walk(-1), ...walk(1)]
}

/** What a failure of this component is called, where the words of failure say it. */
const symptomOf = (fault: Mention, component: ComponentMention, scene: Scene): string | undefined =>
  scene.faultWords[Number(fault.meaning.key.slice(1))]?.means.find(({ component: root }) => scene.isWithin(component.key, root))?.symptom

function readFault(fault: Mention, scene: Scene): SymptomMention[] {
  const component = componentsNear(fault, scene).find(near => symptomOf(fault, near, scene) !== undefined)
  if (!component) return []
  const named = [component, ...coordinatedWith(scene.text, scene.components, component)]
  const read = named.flatMap(failing => {
    const key = symptomOf(fault, failing, scene)
    const isBeside = clauseIndexAt(scene.clauses, failing.start) === clauseIndexAt(scene.clauses, fault.start)
    const start = isBeside ? Math.min(fault.start, failing.start) : fault.start
    const end = isBeside ? Math.max(fault.end, failing.end) : fault.end
    const confidence = fault.meaning.weak ? linkWeights.weak : linkWeights.faultWords
    const origin = fault.meaning.weak ? 'weak' as const : 'faultWords' as const
    return key === undefined ? [] : [{ key, start, end, confidence, component: failing, origin, weight: fault.weight }]
  })
  // The pairing itself carries one symptom over to all components that are joined.
  return read.filter(({ key }, index) => read.findIndex(other => other.key === key) === index)
}

const confidenceOf = ({ meaning, isGapped, weight }: Mention): number =>
  meaning.weak ? linkWeights.weak : withLength(isGapped ? linkWeights.gapped : linkWeights.form, weight)

const originOf = ({ meaning, isGapped }: Mention): SymptomOrigin => (meaning.weak ? 'weak' : isGapped ? 'gapped' : 'form')

/** Reads each match of the symptom lane: a symptom's own form, or fault words with the component beside them. */
export function readSymptoms(mentions: readonly Mention[], scene: Scene): SymptomReading {
  const symptoms: SymptomMention[] = []
  const openFaults: Mention[] = []
  for (const mention of mentions) {
    const { meaning, start, end } = mention
    const isFaultWords = meaning.key.startsWith('!')
    const read = isFaultWords ? readFault(mention, scene) : [{ key: meaning.key, start, end, confidence: confidenceOf(mention), component: null, origin: originOf(mention), weight: mention.weight }]
    if (read.length > 0) symptoms.push(...read)
    else openFaults.push(mention)
  }
  return { symptoms, openFaults }
}
