/**
 * Writes what the labeller learns from (`npx tsx bench/labeller/texts.ts WORK NHTSA`): token ids, labels and fold of the training texts and of `dev` (`texts.jsonl`), of the spoken
 * sentences (`spoken.jsonl`), of the texts that tell events (`events.jsonl`), and the labels in order (`labels.json`); token ids of stretches of the public complaints in the folder NHTSA
 * (`unlabelled.jsonl`), without those of models held out and of pairs that retrieval is measured on. `held` is not opened.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { readConfig } from '../../src/config.ts'
import { z } from 'zod'
import { readUnigramTokenizer } from '../../src/llm/embedding/unigram-tokenizer.ts'
import { modelFolderIn } from '../../src/llm/model-files/model-folder.ts'
import { createAssess, createLinker, createVocabulary } from '../../src/vocabulary/index.ts'
import { readVocabularyFiles } from '../../src/vocabulary-files.ts'
import { heldOutModels } from '../linking/held-out-models.ts'
import { eventsOf, eventsOfEventText, labelledEvents, type LabelledText, readEventTexts, readLabelledTexts, readTrainingTexts, type Slot } from '../linking/labelled-texts.ts'
import { foldOf, readTexts } from '../linking/read-texts.ts'

const [work = '', nhtsa = ''] = process.argv.slice(2)
if (!work || !nhtsa) throw new Error('usage: npx tsx bench/labeller/texts.ts WORK NHTSA')
const maxTokens = 512
const folder = new URL('../labelled/', import.meta.url)
const files = readVocabularyFiles()
const tokenizer = await readUnigramTokenizer(path.join(modelFolderIn(readConfig().cacheDir), 'tokenizer.json'))

const tokensOf = (text: string): number[] => {
  const ids = tokenizer.encode(`query: ${text.trim()}`)
  return ids.length <= maxTokens ? ids : [...ids.slice(0, maxTokens - 1), tokenizer.endToken]
}
const plain = (slots: readonly Slot[]) => slots.map(({ accepts, isOptional }) => ({ keys: [...accepts], isOptional }))

const vocabulary = createVocabulary(files)
const [linker, assess] = [createLinker(vocabulary), createAssess(vocabulary)]
/** Labels name hazards only, and rules hold more for dangerous than those: a wheel that comes off, a tyre that bursts. */
const isGraveByRule = (text: string, said: Pick<LabelledText, 'crash' | 'injury' | 'hazards' | 'alsoHazards'>): boolean =>
  eventsOf(said).danger === false && assess({ links: linker.link(text), dtcs: [], flags: {} }).severity.level >= 9

const dev = readLabelledTexts(new URL('texts.jsonl', folder)).filter(({ split }) => split === 'dev')
const texts = readTexts([...dev, ...readTrainingTexts(folder)], vocabulary)
  .map(({ labelled: { id, split, text, qualityIssue, ...said }, fold, slots, parts }) => ({ id, split, fold, ids: tokensOf(text), symptoms: plain(slots), components: plain(parts), qualityIssue, events: { ...eventsOf(said), ...(isGraveByRule(text, said) && { danger: null }) } }))
const spoken = Object.entries(files.spoken).flatMap(([key, { en, zh }]) => [...en, ...zh].map(text => ({ key, ids: tokensOf(text) })))
const eventTexts = readEventTexts(folder).map(({ id, family, text, ...said }) => ({ id, fold: foldOf(family), ids: tokensOf(text), events: eventsOfEventText({ id, family, text, ...said }) }))

const readRows = <T>(name: string, row: z.ZodType<T>): T[] => readFileSync(path.join(nhtsa, name), 'utf8').split('\n').filter(Boolean).map(line => row.parse(JSON.parse(line)))
const complaints = readRows('complaints.jsonl', z.object({ id: z.string(), model: z.string(), text: z.string() }))
const paired = new Set(readRows('pairs-dev.jsonl', z.object({ complaint: z.string() })).map(({ complaint }) => complaint))
const heldOut = heldOutModels(complaints)
const sentences = new Intl.Segmenter('en', { granularity: 'sentence' })
/** Stretches of whole sentences of about so many tokens: a sentence or two, and what the labeller reads of a long text at once. */
const stretchTokens = [25, 110]

function stretchesOf(text: string, most: number): number[][] {
  const stretches = ['']
  for (const { segment } of sentences.segment(text)) {
    const longer = `${stretches.at(-1)}${segment}`
    if (stretches.at(-1) === '' || tokensOf(longer).length <= most) stretches[stretches.length - 1] = longer
    else stretches.push(segment)
  }
  return stretches.map(tokensOf)
}
const unlabelled = complaints.filter(({ id, model }) => !heldOut.has(model) && !paired.has(id)).flatMap(({ text }) => stretchTokens.flatMap(most => stretchesOf(text, most))).map(ids => ({ ids }))
const keysOf = (side: 'symptoms' | 'components') => [...new Set(texts.flatMap(text => text[side].flatMap(({ keys }) => keys)))].sort()

mkdirSync(work, { recursive: true })
const writeLines = (name: string, rows: readonly unknown[]): void => writeFileSync(path.join(work, name), rows.map(row => `${JSON.stringify(row)}\n`).join(''))
writeLines('texts.jsonl', texts)
writeLines('spoken.jsonl', spoken)
writeLines('events.jsonl', eventTexts)
writeLines('unlabelled.jsonl', unlabelled)
const symptoms = [...new Set([...keysOf('symptoms'), ...spoken.map(({ key }) => key)])].sort()
writeFileSync(path.join(work, 'labels.json'), JSON.stringify({ symptoms, components: keysOf('components'), events: labelledEvents }))
console.log(`${texts.length} texts, ${spoken.length} sentences, ${eventTexts.length} texts that tell events, ${unlabelled.length} stretches of complaints`)
