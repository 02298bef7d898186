// Severity and events on texts written for it (`labelled/events-held.jsonl`): grave things told plainly, told by their consequences only, and texts that merely sound so.
//
//   npx tsx bench/severity-events.ts [FILE]
//
// By the words alone, with the labeller but deaf to events, and as it ships; needs the local model. Only sums are shown. Without FILE the result is written to bench/results/.
import { execFileSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { cpus } from 'node:os'
import { pathToFileURL } from 'node:url'
import { clopperPearson } from '../src/analysis/exact-intervals.ts'
import { type Assessment, createAssess, createLinker, createVocabulary, type TextVector } from '../src/vocabulary/index.ts'
import { readVocabularyFiles } from '../src/vocabulary-files.ts'
import { type EventText, readEventFile } from './linking/labelled-texts.ts'
import { readByModel } from './linking/read-by-model.ts'

const [file] = process.argv.slice(2)
const texts = readEventFile(file === undefined ? new URL('labelled/events-held.jsonl', import.meta.url) : pathToFileURL(path.resolve(file)))
const files = readVocabularyFiles()
const vocabulary = createVocabulary(files)
const linker = createLinker(vocabulary)
const assess = createAssess(vocabulary)
const deaf = createAssess(createVocabulary({ ...files, hazards: { ...files.hazards, heardEvents: Object.fromEntries(Object.keys(files.hazards.heardEvents).map(event => [event, 1])) } }))

type Judged = { text: EventText; isGrave: boolean; hazards: ReadonlySet<string> }
const judgeAll = (assessing: typeof assess, vectorOf: ((text: string) => TextVector) | null): Judged[] =>
  texts.map(text => {
    const byWords = linker.link(text.text)
    const links = vectorOf ? linker.link(text.text, { vector: vectorOf(text.text) }) : byWords
    const { severity, hazards }: Assessment = assessing({ links, byWords: vectorOf ? byWords : null, dtcs: [], flags: {} })
    return { text, isGrave: severity.level >= 9, hazards: new Set(hazards.filter(({ nearMiss }) => !nearMiss).map(({ key }) => key)) }
  })

const shareOf = (hits: number, of: number) => ({ hits, of, share: of === 0 ? null : Number((hits / of).toFixed(3)), interval: of === 0 ? null : clopperPearson(hits, of).map(limit => Number(limit.toFixed(3))) })
const where = (rows: readonly Judged[], isHit: (row: Judged) => boolean) => shareOf(rows.filter(isHit).length, rows.length)

const hazardOf = { crash: 'crash-reported', injury: 'injury-reported', fire: 'fire' } as const
const isTold = { crash: ({ crash }: EventText) => crash, injury: ({ injury }: EventText) => injury, fire: ({ fire }: EventText) => fire }
const eventOf = (rows: readonly Judged[], event: keyof typeof hazardOf) => ({
  recall: where(rows.filter(({ text }) => isTold[event](text)), ({ hazards }) => hazards.has(hazardOf[event])),
  precision: where(rows.filter(({ hazards }) => hazards.has(hazardOf[event])), ({ text }) => isTold[event](text)),
})

const summary = (rows: readonly Judged[]) => {
  const graves = rows.filter(({ text }) => text.grave)
  const found = ({ isGrave }: Judged): boolean => isGrave
  return {
    severity9to10: {
      recall: where(graves, found),
      recallToldRoundabout: where(graves.filter(({ text }) => text.roundabout), found),
      recallOfCrashFireInjury: where(rows.filter(({ text }) => Object.values(isTold).some(is => is(text))), found),
      precision: where(rows.filter(found), ({ text }) => text.grave),
      others: where(rows.filter(({ text }) => !text.grave), found),
      recallByLanguage: Object.fromEntries(['zh', 'en', 'mixed'].map(language => [language, where(graves.filter(({ text }) => text.language === language), found)])),
    },
    crash: eventOf(rows, 'crash'), injury: eventOf(rows, 'injury'), fire: eventOf(rows, 'fire'),
  }
}

const vectorOf = await readByModel(texts.map(({ text }) => text))
const result = {
  bench: 'severity-events',
  commit: execFileSync('git', ['rev-parse', '--short', 'HEAD'], { encoding: 'utf8' }).trim(),
  at: new Date().toISOString(),
  machine: { cpus: cpus().length, model: cpus()[0]?.model ?? null, node: process.version },
  vocabularyVersion: vocabulary.version,
  intervals: '95 %, Clopper–Pearson',
  texts: texts.length,
  byWords: summary(judgeAll(assess, null)),
  withLabelsWithoutEvents: summary(judgeAll(deaf, vectorOf)),
  withLabels: summary(judgeAll(assess, vectorOf)),
}
process.stdout.write(`${JSON.stringify(result, null, 2)}\n`)
if (file === undefined) writeFileSync(new URL(`results/severity-events-${result.commit}.json`, import.meta.url), `${JSON.stringify(result, null, 2)}\n`)
