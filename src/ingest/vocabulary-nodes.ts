import type { VocabularyNode } from '../graph/ports/record-store.ts'
import type { Vocabulary } from '../vocabulary/index.ts'

type Term = { label: { en: string; zh: string }; definition: { en: string }; parent?: string | null | undefined }

/** The keys of a vocabulary as their nodes hold them. */
export function vocabularyNodes({ components, symptoms, hazards }: Pick<Vocabulary, 'components' | 'symptoms' | 'hazards'>) {
  return { components: nodesOf(components), symptoms: nodesOf(symptoms), hazards: nodesOf(hazards) }
}

const nodesOf = (terms: ReadonlyMap<string, Term>): VocabularyNode[] =>
  [...terms].map(([id, { label, definition, parent }]) => ({
    id, labelEn: label.en, labelZh: label.zh, definition: definition.en, parent: parent ?? null,
  }))
