import { createAssess, createLinker, createVocabulary } from '../../src/vocabulary/index.ts'
import { readVocabularyFiles } from '../../src/vocabulary-files.ts'

/** The vocabulary as shipped, built once a worker. */
export const vocabulary = createVocabulary(readVocabularyFiles())
export const linker = createLinker(vocabulary)
export const assess = createAssess(vocabulary)
