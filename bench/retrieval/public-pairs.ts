import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { z } from 'zod'
import { Case } from '../../src/domain/case.ts'
import type { Feedback } from '../../src/domain/feedback.ts'
import { readImportTables } from '../../src/ingest/readers/import-tables.ts'
import { recallOf } from '../../src/ingest/readers/nhtsa-recalls.ts'
import type { TabRow } from '../../src/ingest/readers/tab-rows.ts'

const Recall = z.object({
  campaign: z.string(), make: z.string(), manufacturer: z.string(), date: z.string(), component: z.string(),
  defect: z.string(), consequence: z.string(), remedy: z.string(), vehicles: z.array(z.tuple([z.string(), z.union([z.string(), z.number()])])),
})
const CampaignVehicles = z.object({ campaign: z.string(), vehicles: z.array(z.tuple([z.string(), z.string(), z.string()])) })
const Complaint = z.object({
  id: z.string(), make: z.string(), model: z.string().nullable(), modelYear: z.number().nullable(), failDate: z.string().nullable(), text: z.string(),
})
const Pair = z.object({
  complaint: z.string(), family: z.string(), campaigns: z.array(z.string()), make: z.string(), model: z.string(), modelYear: z.number(),
  noFailure: z.boolean(), namesRecall: z.boolean(), verdict: z.enum(['y', 'n', 'u']),
})
const DocumentSummary = z.object({ campaign: z.string(), vehicles: z.array(z.tuple([z.string(), z.string(), z.string()])), summary: z.string() })

/** One complaint whose recall is known: `relevant` are the campaigns of its family. */
export type JudgedComplaint = {
  id: string; family: string; text: string; make: string; model: string; modelYear: number; relevant: ReadonlySet<string>
}
/** Any judged pair: `y` the recall explains the complaint, `n` it does not. `u`, unclear, is never scored. */
export type JudgedPair = JudgedComplaint & { verdict: 'y' | 'n' | 'u'; isHard: boolean }

const rowsOf = <T extends z.ZodType>(text: string, schema: T): z.output<T>[] =>
  text.split('\n').filter(Boolean).map(line => schema.parse(JSON.parse(line)))

/** Campaign numbers come with and without their three trailing zeros. */
const shortNumber = (campaign: string): string => campaign.slice(0, 6)
const yearOf = (year: string | number): number | null => (Number(year) >= 1900 && Number(year) <= 2100 ? Number(year) : null)

function affectedOf(vehicles: readonly (readonly [string, string, string | number])[]): NonNullable<Case['affected']> {
  const years = new Map<string, { make: string; model: string; modelYears: Set<number> }>()
  for (const [make, model, year] of vehicles) {
    const key = `${make}|${model}`.toUpperCase()
    const car = years.get(key) ?? { make, model, modelYears: new Set() }
    const known = yearOf(year)
    if (known !== null) car.modelYears.add(known)
    years.set(key, car)
  }
  return [...years.values()].map(car => ({ ...car, modelYears: [...car.modelYears] }))
}

/** A row of the regulator's recall file, so that the importer's own reader makes the case of it. */
function rowOf(recall: z.output<typeof Recall>, [make, model, year]: readonly [string, string, string]): TabRow {
  const cells = new Array<string>(29).fill('')
  const columns = {
    1: recall.campaign, 2: make, 3: model, 4: year, 6: recall.component, 7: recall.manufacturer, 15: recall.date.replaceAll('-', ''),
    19: recall.defect, 20: recall.consequence, 21: recall.remedy,
  }
  for (const [column, value] of Object.entries(columns)) cells[Number(column)] = value
  return { place: { line: 1, position: 1, bytes: 0 }, cells, flags: [] }
}

/** The folder of public data: complaints, recalls and judged pairs, as records of the import contract. */
export function readPublicPairs(folder: string) {
  const read = (file: string): string => readFileSync(join(folder, file), 'utf8')
  const recalls = rowsOf(read('recalls.jsonl'), Recall)
  const complaints = rowsOf(read('complaints.jsonl'), Complaint)
  const pairs = rowsOf(read('pairs-dev.jsonl'), Pair)
  const vehicles = new Map(rowsOf(read('campaign_vehicles.jsonl'), CampaignVehicles).map(row => [shortNumber(row.campaign), row.vehicles]))
  const textOf = new Map(complaints.map(({ id, text }) => [id, text]))
  const judgedIds = new Set(pairs.map(({ complaint }) => complaint))
  const campaignOf = new Map(recalls.map(({ campaign }) => [shortNumber(campaign), campaign]))

  const tables = readImportTables()
  const cases = recalls.map(recall => {
    const listed = vehicles.get(shortNumber(recall.campaign)) ?? []
    const cars = [...recall.vehicles.map(([model, year]) => [recall.make, model, String(year)] as const), ...listed]
    return Case.parse(recallOf(cars.map(car => rowOf(recall, car)), tables).value)
  })
  const judged = pairs.map((pair): JudgedPair => ({
    id: pair.complaint, family: pair.family, text: textOf.get(pair.complaint) ?? '', make: pair.make, model: pair.model, modelYear: pair.modelYear,
    relevant: new Set(pair.campaigns.map(campaign => campaignOf.get(shortNumber(campaign)) ?? campaign)),
    verdict: pair.verdict, isHard: pair.verdict === 'y' && !pair.namesRecall && !pair.noFailure,
  }))
  const hard: JudgedComplaint[] = judged.filter(({ isHard }) => isHard)
  const unlabelled = complaints.filter(({ id, text }) => !judgedIds.has(id) && text.trim() !== '').map((complaint): Feedback => ({
    channel: 'regulator', sourceId: complaint.id, occurredAt: `${complaint.failDate ?? '2020-01-01'}T00:00:00Z`, text: complaint.text.slice(0, 20_000),
    make: complaint.make, model: complaint.model, modelYear: complaint.modelYear,
  }))
  return { cases, hard, judged, unlabelled }
}

/** Texts that makers sent to dealers and owners, as further cases: real prose for the measurement of speed. */
export function readDocumentCases(folder: string, limit: number): Case[] {
  const rows = rowsOf(gunzipSync(readFileSync(join(folder, 'recall-document-summaries.jsonl.gz'))).toString('utf8'), DocumentSummary)
  return rows.filter(({ summary }) => summary.trim() !== '').slice(0, limit).map((row, at): Case => ({
    caseId: `${row.campaign}-document-${at}`, kind: 'bulletin', title: `Document of campaign ${row.campaign}`, rootCause: row.summary,
    openedAt: '2024-01-01', closedAt: '2024-01-01', affected: affectedOf(row.vehicles),
  }))
}
