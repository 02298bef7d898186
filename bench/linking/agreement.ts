import { readFileSync } from 'node:fs'
import { z } from 'zod'
import type { LinkedText, Vocabulary } from '../../src/vocabulary/index.ts'

const Table = z.object({ about: z.string(), systems: z.record(z.string(), z.array(z.string()).min(1)) })
export type RegulatorSystems = Readonly<Record<string, string[]>>

export const readRegulatorSystems = (): RegulatorSystems =>
  Table.parse(JSON.parse(readFileSync(new URL('./regulator-components.json', import.meta.url), 'utf8'))).systems

/** Systems a complaint's classes may mean; empty where none of them names anything. */
export function systemsOfClasses(classes: string, table: RegulatorSystems): ReadonlySet<string> {
  const names = classes.split(',').map(name => name.split(':')[0]?.trim().toUpperCase() ?? '')
  return new Set(names.flatMap(name => table[name] ?? []))
}

const topOf = (vocabulary: Vocabulary, component: string): string => vocabulary.ancestorsOf(component).at(-1) ?? component

/** Systems a finding speaks of: that of its component, else all those the symptom is made for. */
function systemsOf(vocabulary: Vocabulary, component: string | null, symptom: string | null): string[] {
  if (component !== null) return [topOf(vocabulary, component)]
  const roots = vocabulary.symptoms.get(symptom ?? '')?.fits ?? []
  return [...new Set(roots.filter(root => root !== '*').map(root => topOf(vocabulary, root)))]
}

/** Systems by the confidence of the findings that count, shared out where one speaks of several; of equals the one told first. */
export function rankedSystems(vocabulary: Vocabulary, { findings }: LinkedText): string[] {
  const weights = new Map<string, number>()
  for (const { component, symptom, confidence, negated, past, hypothetical } of findings) {
    if (negated || past || hypothetical) continue
    const systems = systemsOf(vocabulary, component, symptom)
    // A named fault says more than a part that was merely mentioned.
    const weight = (confidence * (symptom === null || symptom === 'not-a-quality-issue' ? 0.5 : 1)) / systems.length
    for (const system of systems) weights.set(system, (weights.get(system) ?? 0) + weight)
  }
  return [...weights].sort(([, a], [, b]) => b - a).map(([system]) => system)
}
