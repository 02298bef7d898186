import { isVinShaped } from '../../domain/vin.ts'
import { agreed, countOf, dayOf, distinct, kmOfMiles, modelYearOf, yesNo } from './nhtsa-values.ts'
import type { SourceItem } from './source-item.ts'
import type { SourceLine } from './split-lines.ts'
import { readMergedRows, type MergeSpace, type TabRow } from './tab-rows.ts'

/** Columns of the complaint file, counted from 0; the regulator's field list counts from 1. */
const column = {
  odiNumber: 1, make: 3, model: 4, modelYear: 5, crash: 6, failDate: 7, fire: 8, injured: 9, deaths: 10, component: 11, state: 13, vin: 14, dateAdded: 15,
  dateReceived: 16, miles: 17, narrative: 19, productType: 45,
} as const

export const complaintLayout = { minColumns: 20, keyColumn: column.odiNumber, key: /^\d{1,9}$/, keyName: 'an ODI number' }

/** Not a component: the form's way of saying none of these. */
const noComponent = /^UNKNOWN OR OTHER$/i

const cellsOf = (rows: TabRow[], index: number): string[] => distinct(rows.map(row => row.cells[index]))

const anyYes = (rows: TabRow[], index: number): boolean | null => {
  const answers = rows.map(row => yesNo(row.cells[index]))
  if (answers.includes(true)) return true
  return answers.includes(false) ? false : null
}

const most = (rows: TabRow[], index: number): number | null => {
  const counts = rows.map(row => countOf(row.cells[index])).filter(count => count !== null)
  return counts.length > 0 ? Math.max(...counts) : null
}

/** Rows about the car where there are any: a tyre or a child seat of the same complaint has a make and model of its own. */
const vehicleRows = (rows: TabRow[]): TabRow[] => {
  const cars = rows.filter(row => row.cells[column.productType] === 'V')
  return cars.length > 0 ? cars : rows
}

/** What the person said, and below it the components they ticked: the form holds both. */
const textOf = (rows: TabRow[]): string => {
  const components = cellsOf(rows, column.component).filter(name => !noComponent.test(name))
  const listed = components.length > 0 ? [`Components: ${components.join('; ')}`] : []
  return [...cellsOf(rows, column.narrative), ...listed].join('\n\n')
}

const sumKnown = (one: number | null, other: number | null): number | null => (one === null && other === null ? null : (one ?? 0) + (other ?? 0))

/** One complaint of all its rows. Where two cars of one complaint differ, make, model or year is left open and the record marked `severalVehicles`. */
export function complaintOf(rows: TabRow[]): { value: unknown; flags: string[] } {
  const cars = vehicleRows(rows)
  const first = (index: number) => cellsOf(rows, index)[0]
  // Rows of one complaint may name several days; the first failure is what the complaint is about.
  const failed = rows.map(row => dayOf(row.cells[column.failDate])).filter(day => day !== null).sort()[0] ?? null
  const received = dayOf(first(column.dateReceived)) ?? dayOf(first(column.dateAdded))
  const named = cars.map(row => ({ make: row.cells[column.make]!, model: row.cells[column.model]!, year: modelYearOf(row.cells[column.modelYear]) }))
  const several = new Set(named.map(car => JSON.stringify(car).toUpperCase())).size > 1
  const vins = cellsOf(cars, column.vin)
  const state = first(column.state)
  const occurred = failed ?? received
  const value = {
    channel: 'regulator',
    sourceId: rows[0]!.cells[column.odiNumber],
    occurredAt: occurred && `${occurred}T00:00:00Z`,
    receivedAt: received && `${received}T00:00:00Z`,
    vin: several ? null : (vins.find(isVinShaped) ?? vins[0] ?? null),
    make: agreed(named.map(car => car.make)) || null,
    model: agreed(named.map(car => car.model)) || null,
    modelYear: agreed(named.map(car => car.year)),
    odometerKm: kmOfMiles(cellsOf(rows, column.miles)[0]),
    region: state ? `US-${state.toUpperCase()}` : null,
    text: textOf(rows),
    crash: anyYes(rows, column.crash),
    fire: anyYes(rows, column.fire),
    // The contract counts people harmed; the file counts the injured and the dead apart.
    injuries: sumKnown(most(rows, column.injured), most(rows, column.deaths)),
  }
  return { value, flags: [...(several ? ['severalVehicles'] : []), ...(failed === null && received !== null ? ['failDateUnknown'] : [])] }
}

/** The complaint file of the US regulator as `feedback` of channel `regulator`, one record an ODI number wherever its rows stand in the file. */
export const readNhtsaComplaints = (lines: AsyncIterable<SourceLine>, space: MergeSpace): AsyncGenerator<SourceItem> =>
  readMergedRows(lines, complaintLayout, space, complaintOf)
