import type { CaseAction } from '../../domain/case.ts'
import type { ImportTables } from './import-tables.ts'
import { dayOf, distinct, modelYearOf } from './nhtsa-values.ts'
import type { SourceItem } from './source-item.ts'
import type { SourceLine } from './split-lines.ts'
import { readMergedRows, type MergeSpace, type TabRow } from './tab-rows.ts'

/** Columns of the recall file, counted from 0; the regulator's field list counts from 1. */
const column = {
  campaign: 1, make: 2, model: 3, modelYear: 4, component: 6, manufacturer: 7, ownersNotified: 12, reportReceived: 15, created: 16, defect: 19, consequence: 20,
  remedy: 21, partNumber: 26, doNotDrive: 27, parkOutside: 28,
} as const

export const recallLayout = { minColumns: 22, keyColumn: column.campaign, key: /^\d{2}[A-Z]\d{3,9}$/, keyName: 'a campaign number' }

const cellsOf = (rows: TabRow[], index: number): string[] => distinct(rows.map(row => row.cells[index]))
const prose = (rows: TabRow[], index: number): string | null => cellsOf(rows, index).join('\n\n') || null

/** Longest prefix of `A:B:C` that the table knows, else the words themselves. */
const componentOf = (name: string, tables: ImportTables): string => {
  const parts = name.toUpperCase().split(':')
  for (let length = parts.length; length > 0; length--) {
    const key = tables.nhtsaComponents[parts.slice(0, length).join(':')]
    if (key) return key
  }
  return name
}

const affectedOf = (rows: TabRow[]) => {
  const cars = new Map<string, { make: string | null; model: string | null; modelYears: number[] }>()
  for (const { cells } of rows) {
    const [make, model] = [cells[column.make] || null, cells[column.model] || null]
    const key = JSON.stringify([make, model]).toUpperCase()
    const car = cars.get(key) ?? { make, model, modelYears: [] }
    const year = modelYearOf(cells[column.modelYear])
    if (year !== null && !car.modelYears.includes(year)) car.modelYears.push(year)
    cars.set(key, car)
  }
  return [...cars.values()].map(car => ({ ...car, modelYears: car.modelYears.sort((a, b) => a - b) }))
}

/** Part numbers of the list the maker gave. Words such as "various" are not numbers: a number has a digit and no space. */
const partNumbersOf = (rows: TabRow[]): string[] =>
  distinct(cellsOf(rows, column.partNumber).flatMap(list => list.split(/[,;\s]+/)).filter(text => /^(?=.*\d)[A-Z0-9][A-Z0-9.\-/]{3,49}$/i.test(text)))

const correctiveOf = (rows: TabRow[], tables: ImportTables): CaseAction[] => {
  const text = prose(rows, column.remedy)
  if (text === null) return []
  const rule = tables.nhtsaRemedies.find(({ pattern }) => pattern.test(text))
  return [{ actionType: rule?.actionType ?? 'other', text, effectiveFrom: dayOf(cellsOf(rows, column.ownersNotified)[0]) }]
}

const containmentOf = (rows: TabRow[], reported: string | null): CaseAction[] => {
  const advised = (index: number) => rows.some(row => /^y/i.test(row.cells[index] ?? ''))
  const notice = (text: string): CaseAction => ({ actionType: 'customer-notice', text, effectiveFrom: reported })
  return [...(advised(column.doNotDrive) ? [notice('Do not drive')] : []), ...(advised(column.parkOutside) ? [notice('Park outside')] : [])]
}

/** One closed case of all the rows of a campaign. */
export function recallOf(rows: TabRow[], tables: ImportTables): { value: unknown; flags: string[] } {
  const campaign = rows[0]!.cells[column.campaign]!
  const reported = dayOf(cellsOf(rows, column.reportReceived)[0]) ?? dayOf(cellsOf(rows, column.created)[0])
  const components = cellsOf(rows, column.component)
  const makers = cellsOf(rows, column.manufacturer)
  const parts = partNumbersOf(rows)
  const value = {
    caseId: campaign,
    kind: 'recall',
    title: `${components.join('; ') || 'Recall'} (${[...makers, campaign].join(', ')})`,
    openedAt: reported,
    closedAt: reported,
    language: 'en',
    component: components[0] ? componentOf(components[0], tables) : null,
    rootCause: prose(rows, column.defect),
    failureEffect: prose(rows, column.consequence),
    affected: [...affectedOf(rows), ...parts.map(partNo => ({ partNo }))],
    containment: containmentOf(rows, reported),
    corrective: correctiveOf(rows, tables),
  }
  return { value, flags: [] }
}

/** The recall file of the US regulator as closed `cases` of kind `recall`, one a campaign wherever its rows stand in the file. */
export const readNhtsaRecalls = (lines: AsyncIterable<SourceLine>, space: MergeSpace, tables: ImportTables): AsyncGenerator<SourceItem> =>
  readMergedRows(lines, recallLayout, space, rows => recallOf(rows, tables))
