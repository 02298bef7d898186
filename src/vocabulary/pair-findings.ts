import { type Clause, clauseIndexAt } from './clauses.ts'
import { coordinatedWith, distanceBetween, type SymptomMention } from './read-symptoms.ts'
import type { ComponentMention } from './settle-components.ts'

/** A symptom with the component it was said of, or with none. */
export type Pair = { symptom: SymptomMention; component: ComponentMention | null }

export type PairingScene = {
  text: string
  clauses: readonly Clause[]
  components: readonly ComponentMention[]
  symptoms: readonly SymptomMention[]
  /** `any`: the symptom is said of anything; `own`: of this component; `no`: not of it. */
  fit: (symptom: string, component: string) => 'any' | 'own' | 'no'
  /** Whether a component is part of another, at any depth, and not the same. */
  isPartOf: (component: string, whole: string) => boolean
  /** Whether a component shows messages about others. */
  shows: (component: string) => boolean
}

type Range = { start: number; end: number }

const holds = (outer: Range, inner: Range): boolean => outer.start <= inner.start && inner.end <= outer.end

const inClause = (clause: Clause | undefined, items: readonly ComponentMention[]): ComponentMention[] =>
  clause ? items.filter(item => item.start >= clause.start && item.start < clause.end) : []

/** Nearest first; what a symptom's own words name comes before all, the longest name first. */
function nearestIn(scene: PairingScene, clause: Clause | undefined, symptom: SymptomMention): ComponentMention[] {
  return inClause(clause, scene.components)
    .filter(component => scene.fit(symptom.key, component.key) !== 'no')
    .map(component => ({
      component,
      rank: holds(symptom, component) ? -component.weight : distanceBetween(scene.text, component, symptom),
      // "battery in the engine bay overheats": a component the symptom is made for beats a nearer one it merely may go with.
      isOwn: scene.fit(symptom.key, component.key) === 'own',
    }))
    .sort((a, b) => Number(b.isOwn) - Number(a.isOwn) || a.rank - b.rank)
    .map(({ component }) => component)
}

/** "中控屏和仪表都黑屏": the components joined to the chosen one share its symptom. */
const joinedTo = (scene: PairingScene, chosen: ComponentMention, symptom: SymptomMention): ComponentMention[] =>
  coordinatedWith(scene.text, scene.components, chosen).filter(left => left.key !== chosen.key && scene.fit(symptom.key, left.key) !== 'no')

function pairInOwnClause(scene: PairingScene, symptom: SymptomMention): Pair[] {
  const clause = scene.clauses[clauseIndexAt(scene.clauses, symptom.start)]
  const [chosen] = symptom.component ? [symptom.component] : nearestIn(scene, clause, symptom)
  if (!chosen) return []
  return [chosen, ...joinedTo(scene, chosen, symptom)].map(component => ({ symptom, component }))
}

/** A symptom alone in its clause looks back one clause, then ahead to one with a component of its own, then back a sentence. */
function pairWithNeighbour(scene: PairingScene, symptom: SymptomMention, taken: ReadonlySet<ComponentMention>): Pair {
  const index = clauseIndexAt(scene.clauses, symptom.start)
  const own = scene.clauses[index]
  const fits = (component: ComponentMention): boolean => scene.fit(symptom.key, component.key) === 'own'
  const sameSentence = (clause: Clause | undefined): Clause | undefined => (clause?.sentence === own?.sentence ? clause : undefined)

  const before = inClause(sameSentence(scene.clauses[index - 1]), scene.components)
  // "仪表提示电池故障，车底有烧焦的味道": beside what it showed, a display is not what smells.
  const onlyShowed = ({ key }: ComponentMention): boolean => scene.shows(key) && before.some(other => other.key !== key)
  const previous = before.findLast(fits) ?? before.findLast(component => !taken.has(component) && !onlyShowed(component) && scene.fit(symptom.key, component.key) === 'any')
  if (previous) return { symptom, component: previous }
  const next = inClause(sameSentence(scene.clauses[index + 1]), scene.components).find(component => fits(component) && !taken.has(component))
  if (next) return { symptom, component: next }
  const sentence = own?.sentence ?? 0
  const earlier = scene.components.findLast(component => {
    const clause = scene.clauses[clauseIndexAt(scene.clauses, component.start)]
    return clause !== undefined && component.start < symptom.start && sentence - clause.sentence <= 1 && fits(component)
  })
  return { symptom, component: earlier ?? null }
}

/**
 * "方向盘突然变重，转向机故障", "brake pedal went hard, the booster gave no assist": a symptom of a system is one of the part of it that the same
 * sentence names, where it names one only.
 */
function sharpened(scene: PairingScene, pair: Pair): Pair {
  const { component, symptom } = pair
  if (!component) return pair
  const sentence = scene.clauses[clauseIndexAt(scene.clauses, symptom.start)]?.sentence
  const parts = scene.components.filter(one =>
    scene.isPartOf(one.key, component.key) && scene.clauses[clauseIndexAt(scene.clauses, one.start)]?.sentence === sentence && scene.fit(symptom.key, one.key) !== 'no')
  const [part] = parts
  return part && parts.every(one => one.key === part.key) ? { symptom, component: part } : pair
}

/** Pairs every symptom: first with components of its own clause, then the symptoms left alone with their neighbours. */
export function pairFindings(scene: PairingScene): Pair[] {
  const inOwn = scene.symptoms.map(symptom => ({ symptom, pairs: pairInOwnClause(scene, symptom) }))
  const taken = new Set(inOwn.flatMap(({ pairs }) => pairs.flatMap(({ component }) => component ?? [])))
  return inOwn.flatMap(({ symptom, pairs }) => (pairs.length > 0 ? pairs : [pairWithNeighbour(scene, symptom, taken)])).map(pair => sharpened(scene, pair))
}
