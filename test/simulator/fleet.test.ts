import { describe, expect, it } from 'vitest'
import { createFleet } from '../../simulator/fleet.ts'
import { recordSchemas } from '../../src/domain/record-kind.ts'

describe('simulated fleet', () => {
  const fleet = createFleet({ seed: 7, vehicles: 400 })

  it('writes records of the import contract', () => {
    for (const kind of Object.keys(fleet.records) as (keyof typeof fleet.records)[])
      for (const row of fleet.records[kind]) expect(recordSchemas[kind].safeParse(row).error?.issues ?? []).toEqual([])
  })

  it('is the same for the same seed, and another for another', () => {
    const again = createFleet({ seed: 7, vehicles: 400 })
    expect([again.records, again.truth]).toEqual([fleet.records, fleet.truth])
    expect(createFleet({ seed: 8, vehicles: 400 }).records.vehicles).not.toEqual(fleet.records.vehicles)
  })

  it('receives nothing after its cut-off and builds nothing after it sells', () => {
    const { records, world } = fleet
    for (const row of records.feedback) expect(Date.parse(String(row.receivedAt))).toBeLessThan(world.cutOff)
    for (const { soldOn, builtOn } of records.vehicles as { soldOn: string | null; builtOn: string }[]) expect(soldOn === null || soldOn > builtOn).toBe(true)
  })

  it('leaves about a third of the streams without a tracked cause', () => {
    const nulls = fleet.truth.streams.filter(stream => stream.factors.length === 0)
    expect(nulls.length / fleet.truth.streams.length).toBeCloseTo(1 / 3, 1)
  })
})
