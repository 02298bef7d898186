/**
 * How well text alone is linked, on complaints of the US regulator (`npx tsx bench/linking.ts COMPLAINTS.jsonl [--vectors]`): lines with `text`,
 * `model`, `component`, `crash`, `fire`, `injured`, `deaths`. Words were tuned while reading half of the models; the other half is
 * reported apart. `--vectors` reads every text with its vector and labels too, as triage does, and needs the local model. Writes `bench/results/linking-<commit>.json`.
 */
import { execFileSync } from 'node:child_process'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { cpus } from 'node:os'
import { parseArgs } from 'node:util'
import { z } from 'zod'
import { type Assess, createAssess, createLinker, createVocabulary, type LinkedText, type Linker, type Vocabulary } from '../src/vocabulary/index.ts'
import { readVocabularyFiles } from '../src/vocabulary-files.ts'
import { rankedSystems, readRegulatorSystems, type RegulatorSystems, systemsOfClasses } from './linking/agreement.ts'
import { heldOutModels } from './linking/held-out-models.ts'
import { readByModel } from './linking/read-by-model.ts'

const Complaint = z.object({
  id: z.string(), text: z.string(), model: z.string(), component: z.string(),
  crash: z.boolean().nullish(), fire: z.boolean().nullish(), injured: z.number().nullish(), deaths: z.number().nullish(),
})
type Complaint = z.infer<typeof Complaint>
/** `byWords` where the links were read with the model. */
type Read = { complaint: Complaint; links: LinkedText; byWords?: LinkedText }

const share = (part: number, whole: number): number => (whole === 0 ? 0 : Number((part / whole).toFixed(3)))

function agreement(read: readonly Read[], vocabulary: Vocabulary, table: RegulatorSystems) {
  const judged = read
    .map(({ complaint, links }) => ({ expected: systemsOfClasses(complaint.component, table), ranked: rankedSystems(vocabulary, links) }))
    .filter(({ expected }) => expected.size > 0)
  const answered = judged.filter(({ ranked }) => ranked.length > 0)
  return {
    judged: judged.length,
    answered: share(answered.length, judged.length),
    top1: share(judged.filter(({ expected, ranked }) => expected.has(ranked[0] ?? '')).length, judged.length),
    top1OfAnswered: share(answered.filter(({ expected, ranked }) => expected.has(ranked[0] ?? '')).length, answered.length),
    any: share(judged.filter(({ expected, ranked }) => ranked.some(system => expected.has(system))).length, judged.length),
  }
}

const isGrave = ({ crash, fire, injured, deaths }: Complaint): boolean => crash === true || fire === true || (injured ?? 0) > 0 || (deaths ?? 0) > 0

/** The record's own flags are withheld: only the words speak. */
function severityOfText(read: readonly Read[], assess: Assess) {
  const levels = read.map(({ complaint, links, byWords = null }) => ({ complaint, level: assess({ links, byWords, dtcs: [], flags: {} }).severity.level }))
  const grave = levels.filter(({ complaint }) => isGrave(complaint))
  const others = levels.filter(({ complaint }) => !isGrave(complaint))
  return {
    grave: grave.length,
    recall9to10: share(grave.filter(({ level }) => level >= 9).length, grave.length),
    otherComplaintsRated9to10: share(others.filter(({ level }) => level >= 9).length, others.length),
    missed: grave.filter(({ level }) => level < 9).map(({ complaint }) => complaint.id).slice(0, 40),
  }
}

/** Each complaint as triage reads it, with the vector of its text and what the labeller hears in it. */
async function readWithModel(complaints: readonly Complaint[], linker: Linker): Promise<Read[]> {
  const vectorOf = await readByModel(complaints.map(({ text }) => text))
  return complaints.map(complaint => ({ complaint, links: linker.link(complaint.text, { language: 'en', vector: vectorOf(complaint.text) }), byWords: linker.link(complaint.text, { language: 'en' }) }))
}

async function main(): Promise<void> {
  const { values: { vectors }, positionals: [file] } = parseArgs({ options: { vectors: { type: 'boolean', default: false } }, allowPositionals: true })
  if (file === undefined) throw new Error('usage: npx tsx bench/linking.ts COMPLAINTS.jsonl [--vectors]')
  const complaints = readFileSync(file, 'utf8').split('\n').filter(line => line.trim() !== '').map(line => Complaint.parse(JSON.parse(line)))
  const built = process.cpuUsage()
  const vocabulary = createVocabulary(readVocabularyFiles())
  const linker = createLinker(vocabulary)
  const buildCpuMs = Math.round(process.cpuUsage(built).user / 1000)

  const read = complaints.map(complaint => ({ complaint, links: linker.link(complaint.text, { language: 'en' }) }))
  // The first pass is also that of the compiler: a server has it behind it after some minutes.
  const passes = Array.from({ length: 5 }, () => {
    const started = process.cpuUsage()
    for (const { text } of complaints) linker.link(text, { language: 'en' })
    const used = process.cpuUsage(started)
    return Math.round(complaints.length / ((used.user + used.system) / 1e6))
  }).toSorted((a, b) => a - b)

  const heldOut = heldOutModels(complaints)
  const table = readRegulatorSystems()
  const assess = createAssess(vocabulary)
  const measure = (part: readonly Read[]) => ({
    complaints: part.length,
    withFinding: share(part.filter(({ links }) => links.findings.some(({ symptom }) => symptom !== null)).length, part.length),
    system: agreement(part, vocabulary, table),
    severity: severityOfText(part, assess),
  })
  const halves = (all: readonly Read[]) => ({
    tunedModels: measure(all.filter(({ complaint }) => !heldOut.has(complaint.model))),
    heldOutModels: measure(all.filter(({ complaint }) => heldOut.has(complaint.model))),
  })
  const result = {
    machine: { cpu: cpus()[0]?.model ?? 'unknown', cores: cpus().length, node: process.version },
    vocabulary: { version: vocabulary.version, literals: vocabulary.terms.literals.length, gapped: vocabulary.terms.gapped.length, buildCpuMs },
    speed: { texts: complaints.length, meanCharacters: Math.round(complaints.reduce((sum, { text }) => sum + text.length, 0) / complaints.length), textsPerCpuSecond: { median: passes[2], slowest: passes[0], fastest: passes[4] } },
    ...halves(read),
    ...(vectors && { withModel: halves(await readWithModel(complaints, linker)) }),
  }
  const commit = execFileSync('git', ['rev-parse', '--short', 'HEAD'], { encoding: 'utf8' }).trim()
  mkdirSync('bench/results', { recursive: true })
  writeFileSync(`bench/results/linking-${commit}.json`, `${JSON.stringify(result, null, 2)}\n`)
  console.log(JSON.stringify(result, null, 2))
}

await main()
