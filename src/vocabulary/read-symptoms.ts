import { type Clause, clauseIndexAt } from './clauses.ts'
import type { Mention } from './find-mentions.ts'
import { linkWeights, withLength } from './link-confidence.ts'
import type { ComponentMention } from './settle-components.ts'
import type { FaultWords } from './vocabulary-files.ts'

/** A symptom said in the text; `component` is the one whose failure the words tell, where it takes a component to read them. */
export type SymptomMention = { key: string; start: number; end: number; confidence: number; component: ComponentMention | null }

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

function readFault(fault: Mention, scene: Scene): SymptomMention | null {
  const words = scene.faultWords[Number(fault.meaning.key.slice(1))]
  for (const component of words ? componentsNear(fault, scene) : []) {
    const row = words?.means.find(({ component: root }) => scene.isWithin(component.key, root))
    if (!row) continue
    const isBeside = clauseIndexAt(scene.clauses, component.start) === clauseIndexAt(scene.clauses, fault.start)
    return {
      key: row.symptom,
      start: isBeside ? Math.min(fault.start, component.start) : fault.start,
      end: isBeside ? Math.max(fault.end, component.end) : fault.end,
      confidence: fault.meaning.weak ? linkWeights.weak : linkWeights.faultWords,
      component,
    }
  }
  return null
}

const confidenceOf = ({ meaning, isGapped, weight }: Mention): number =>
  meaning.weak ? linkWeights.weak : withLength(isGapped ? linkWeights.gapped : linkWeights.form, weight)

/** Reads each match of the symptom lane: a symptom's own form, or fault words with the component beside them. */
export function readSymptoms(mentions: readonly Mention[], scene: Scene): SymptomReading {
  const symptoms: SymptomMention[] = []
  const openFaults: Mention[] = []
  for (const mention of mentions) {
    const { meaning, start, end } = mention
    const isFaultWords = meaning.key.startsWith('!')
    const read = isFaultWords ? readFault(mention, scene) : { key: meaning.key, start, end, confidence: confidenceOf(mention), component: null }
    if (read) symptoms.push(read)
    else openFaults.push(mention)
  }
  return { symptoms, openFaults }
}
