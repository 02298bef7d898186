/**
 * Makes the fixtures of public origin again from a folder of source data:
 *   npx tsx scripts/build-fixtures.ts --from DIR [--to fixtures]
 * What the folder must hold, and what is changed on the way, is told in fixtures/README.md.
 */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { projectRoot } from '../src/project-root.ts'
import { createFixtureRedactor } from './fixtures/fixture-redactor.ts'
import { readJson, readLines, readRows, writeRows, writeText } from './fixtures/fixture-files.ts'
import { feedbackOfComplaints, type Complaint } from './fixtures/nhtsa-feedback.ts'
import { newerComplaintRows, newerRecallRows, sampleOfTabFile } from './fixtures/nhtsa-original.ts'
import { casesOfRecalls, type Recall, type RecallDocument } from './fixtures/nhtsa-recalls.ts'
import { definitionsOf, dtcRows, ontologyExcerpt, sampleAnswers, type DecodedAnswer } from './fixtures/reference-samples.ts'
import { annotatedOrders, excavatorOrders } from './fixtures/work-orders.ts'

const { values: options } = parseArgs({ options: { from: { type: 'string' }, to: { type: 'string', default: join(projectRoot, 'fixtures') } } })
if (!options.from) throw new Error('--from DIR is needed: the folder with nhtsa/, dtc/, telemetry/ and repair/')
const source = (...path: string[]): string => join(options.from ?? '', ...path)
const target = (...path: string[]): string => join(options.to, ...path)
const redact = createFixtureRedactor()

const complaints = readRows<Complaint>(source('nhtsa', 'complaints.jsonl'))
const recalls = readRows<Recall>(source('nhtsa', 'recalls.jsonl'))

function buildNhtsa(): void {
  const documents = readRows<RecallDocument>(source('nhtsa', 'recall-document-summaries.jsonl.gz'))
  writeRows(target('nhtsa', 'feedback.ndjson'), feedbackOfComplaints(complaints, redact))
  writeRows(target('nhtsa', 'cases.ndjson'), casesOfRecalls(recalls, documents, redact))
  const original = (name: string, text: string): void => writeText(target('nhtsa', 'original', name), text)
  original('complaints-48-columns.tsv', sampleOfTabFile(readLines(source('nhtsa', 'flat-samples', 'complaints.txt')), [19], redact))
  original('complaints-49-columns.tsv', newerComplaintRows(readFileSync(source('nhtsa', 'hyundai-kia-complaints-flat-sample.csv'), 'utf8'), redact))
  original('recalls-24-columns.tsv', sampleOfTabFile(readLines(source('nhtsa', 'flat-samples', 'recalls.txt')), [19, 20, 21, 22], redact))
  original('recalls-29-columns.tsv', newerRecallRows(recalls.filter(recall => recall.date >= '2023' && recall.vehicles.length <= 8), redact))
}

function buildReference(): void {
  const answers = sampleAnswers(readRows<DecodedAnswer>(source('telemetry', 'snapshots.jsonl.gz')), 90)
  writeRows(target('telemetry', 'obdb-answers.ndjson.gz'), answers)
  const signals = definitionsOf(answers, readJson<Record<string, object>>(source('telemetry', 'signals.json')))
  writeText(target('telemetry', 'obdb-signals.json'), `${JSON.stringify(signals, null, 1)}\n`)

  const quoted = new Set(complaints.flatMap(complaint => complaint.dtcs.map(dtc => dtc.toUpperCase().slice(0, 5))))
  writeText(target('dtc', 'dtc-codes.csv'), `${dtcRows(readLines(source('dtc', 'wal33d_dtc_codes.csv.gz')), quoted).join('\n')}\n`)
  const isWanted = (code: string): boolean => quoted.has(code) || /^(?:P0A[0-9A]|P030|U010)/.test(code)
  writeText(target('dtc', 'obd-ontology-excerpt.nt'), `${ontologyExcerpt(readLines(source('dtc', 'obd_ontology_kg_2024-01-10.nt.gz')), isWanted).join('\n')}\n`)
}

function buildRepair(): void {
  const excavators = excavatorOrders(readFileSync(source('repair', 'excavator-work-orders.csv'), 'utf8'), 200, redact)
  const annotated = annotatedOrders(readJson(source('repair', 'maintie-gold.json')), 150, redact)
  writeRows(target('repair', 'work-orders.ndjson'), [...excavators, ...annotated])
}

buildNhtsa()
buildReference()
buildRepair()
