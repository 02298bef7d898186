import type { Vocabulary } from './vocabulary.ts'

/**
 * The component a finding is filed under: the one said; where none was, or only a system, the one its symptom implies (a black screen is one of
 * the centre display). Findings themselves keep the side that was not said open.
 */
export function filedComponent(vocabulary: Pick<Vocabulary, 'symptoms' | 'components' | 'isWithin'>, { component, symptom }: { component: string | null; symptom: string | null }): string | null {
  const implied = symptom === null ? undefined : vocabulary.symptoms.get(symptom)?.implies
  if (implied === undefined) return component
  const isSystem = component !== null && vocabulary.components.get(component)?.parent === null
  return component === null || (isSystem && vocabulary.isWithin(implied, component)) ? implied : component
}
