import { expect, it } from 'vitest'
import { foldReports, type Report } from '../../src/analysis/class-events.ts'
import { createWarningStreams } from '../../src/analysis/early-warning/warning-streams.ts'
import { foldEvents } from '../../src/analysis/event-folding.ts'
import type { ClassReport } from '../../src/domain/fleet.ts'

const day = 1440
const report = (id: string, car: string | null, onDay: number, more: { toldTwiceOf?: string[]; distinctFrom?: string[] } = {}) =>
  ({ id, car, at: onDay * day, toldTwiceOf: more.toldTwiceOf ?? [], distinctFrom: more.distinctFrom ?? [] })
const fold = (...reports: ReturnType<typeof report>[]) => foldEvents(reports, 30 * day).map(event => event.map(index => reports[index]!.id).join('+'))

it('counts a chain from its first event: day 0 and 20 are one, day 40 is new', () => {
  expect(fold(report('a', 'car', 0), report('b', 'car', 20), report('c', 'car', 40))).toEqual(['a+b', 'c'])
})

it('takes a report told twice as one event, whoever names the car and whatever comes first', () => {
  expect(fold(report('a', 'car', 0), report('b', null, 3, { toldTwiceOf: ['a'] }))).toEqual(['a+b'])
  expect(fold(report('b', null, 0, { toldTwiceOf: ['a'] }), report('a', 'car', 1))).toEqual(['a+b'])
  // The other telling is of another class: the report counts in this one.
  expect(fold(report('b', null, 3, { toldTwiceOf: ['elsewhere'] }))).toEqual(['b'])
})

it('parts what is kept apart: left and right, or two reports that a person parted', () => {
  expect(fold(report('left', 'car', 0), report('right', 'car', 1, { distinctFrom: ['left'] }), report('left again', 'car', 2, { distinctFrom: ['right'] }))).toEqual(['left+left again', 'right'])
})

const engineReport = (id: string, vehicle: number, onDay: number, more: Partial<Report> = {}): Report => ({ id, vehicle, at: onDay * day, receivedAt: onDay * day, linkWeight: 1, repairResult: null, ...more })

it('brings the count of claims back when a duplicate is undone', () => {
  const tied = [engineReport('a', 0, 0), engineReport('b', -1, 2, { toldTwiceOf: ['a'] }), engineReport('c', 0, 5)]
  expect(foldReports(tied, () => true)).toMatchObject({ claims: 1, excludedDuplicates: 2, withoutExposure: 0 })
  const parted = [engineReport('a', 0, 0), engineReport('b', -1, 2, { distinctFrom: ['a'] }), engineReport('c', 0, 5, { distinctFrom: ['a'] })]
  expect(foldReports(parted, () => true)).toMatchObject({ claims: 2, excludedDuplicates: 0, withoutExposure: 1 })
})

it('leaves reports of cars that were not asked about out of every count, told twice or not', () => {
  const reports = [engineReport('asked', 0, 0), engineReport('other', 1, 0), engineReport('other again', 1, 3), engineReport('told twice', -1, 2, { toldTwiceOf: ['other'] }), engineReport('nobody', -1, 0)]
  expect(foldReports(reports, vehicle => vehicle === 0, vehicle => vehicle === 0)).toMatchObject({ claims: 1, excludedDuplicates: 0, withoutExposure: 1 })
})

it('lets the telling that names the car stand for the event', () => {
  const events = foldReports([engineReport('anonymous', -1, 0), engineReport('named', 4, 1, { toldTwiceOf: ['anonymous'] })], () => true)
  expect([...events.vehicle]).toEqual([4])
})

it('watches a report told twice without a car as one event', () => {
  const said = (recordId: string, toldTwiceOf?: string[]): ClassReport => ({
    source: 'feedback', recordId, vehicleId: null, make: 'NIO', model: 'ES8', modelYear: null, component: 'brakes', symptom: 'noise-squeal', at: '2024-01-01T00:00:00Z',
    receivedAt: '2024-01-01T00:00:00Z', linkWeight: 1, repairResult: null, ...(toldTwiceOf && { toldTwiceOf }),
  })
  const events = (...reports: ClassReport[]) => createWarningStreams(reports, () => -1).get('brakes/noise-squeal')!.events.length
  expect(events(said('a'), said('b'))).toBe(2)
  expect(events(said('a'), said('b', ['a']))).toBe(1)
})
