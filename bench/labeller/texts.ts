/**
 * Writes what the labeller learns from (`npx tsx bench/labeller/texts.ts WORK`): token ids, labels and fold of the training texts and of `dev` (`texts.jsonl`), of the spoken
 * sentences (`spoken.jsonl`), and the labels in order (`labels.json`). `held` is not opened.
 */
import { mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { readConfig } from '../../src/config.ts'
import { readUnigramTokenizer } from '../../src/llm/embedding/unigram-tokenizer.ts'
import { modelFolderIn } from '../../src/llm/model-files/model-folder.ts'
import { createVocabulary } from '../../src/vocabulary/index.ts'
import { readVocabularyFiles } from '../../src/vocabulary-files.ts'
import { readLabelledTexts, readTrainingTexts, type Slot } from '../linking/labelled-texts.ts'
import { readTexts } from '../linking/read-texts.ts'

const work = process.argv[2] ?? ''
const maxTokens = 512
const folder = new URL('../labelled/', import.meta.url)
const files = readVocabularyFiles()
const tokenizer = await readUnigramTokenizer(path.join(modelFolderIn(readConfig().cacheDir), 'tokenizer.json'))

const tokensOf = (text: string): number[] => {
  const ids = tokenizer.encode(`query: ${text.trim()}`)
  return ids.length <= maxTokens ? ids : [...ids.slice(0, maxTokens - 1), tokenizer.endToken]
}
const plain = (slots: readonly Slot[]) => slots.map(({ accepts, isOptional }) => ({ keys: [...accepts], isOptional }))

const dev = readLabelledTexts(new URL('texts.jsonl', folder)).filter(({ split }) => split === 'dev')
const texts = readTexts([...dev, ...readTrainingTexts(folder)], createVocabulary(files))
  .map(({ labelled: { id, split, text, qualityIssue }, fold, slots, parts }) => ({ id, split, fold, ids: tokensOf(text), symptoms: plain(slots), components: plain(parts), qualityIssue }))
const spoken = Object.entries(files.spoken).flatMap(([key, { en, zh }]) => [...en, ...zh].map(text => ({ key, ids: tokensOf(text) })))
const keysOf = (side: 'symptoms' | 'components') => [...new Set(texts.flatMap(text => text[side].flatMap(({ keys }) => keys)))].sort()

mkdirSync(work, { recursive: true })
const writeLines = (name: string, rows: readonly unknown[]): void => writeFileSync(path.join(work, name), rows.map(row => `${JSON.stringify(row)}\n`).join(''))
writeLines('texts.jsonl', texts)
writeLines('spoken.jsonl', spoken)
writeFileSync(path.join(work, 'labels.json'), JSON.stringify({ symptoms: [...new Set([...keysOf('symptoms'), ...spoken.map(({ key }) => key)])].sort(), components: keysOf('components') }))
console.log(`${texts.length} texts, ${spoken.length} sentences`)
