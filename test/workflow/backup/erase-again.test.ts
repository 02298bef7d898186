import { expect, it } from 'vitest'
import { shortHash } from '../../../src/domain/identifiers.ts'
import { createVinVault } from '../../../src/ingest/vin-vault.ts'
import { createEraseAgain } from '../../../src/workflow/backup/erase-again.ts'
import { createErasureSubjects } from '../../../src/workflow/erasure/erasure-subjects.ts'

const [vault, before] = [createVinVault({ key: Buffer.alloc(32, 7) }), createVinVault({ key: Buffer.alloc(32, 8) })]
const subjects = [vault, before].map(createErasureSubjects)
const vins = ['LJNABCDE1P0000001', 'LJNABCDE1P0000002', 'LJNABCDE1P0000003', 'LJNABCDE1P0000004'] as const
const ids = vins.map(vault.pseudonymOf)

const again = async (erasures: readonly { action: 'person.erase' | 'vehicle.erase'; subject: string }[]) => {
  const erased: string[] = []
  const people = async function* () {
    for (const personRef of ['P-1', 'P-2', 'P-3', 'P-4']) yield await Promise.resolve({ personRef, vehicleId: null, vinSealed: null })
    for (const [at, vin] of vins.entries()) yield { personRef: null, vehicleId: ids[at]!, vinSealed: vault.seal(vin) }
  }
  const note = (name: string) => Promise.resolve(void erased.push(name))
  const count = await createEraseAgain({ people, subjects, openVin: vault.open, erasePerson: note, eraseVehicle: note })(erasures.map(one => ({ ...one, entry: {} })))
  expect(count).toBe(erased.length)
  return erased
}

it('knows persons by the keyed hash, by that of the key before, and by the plain hash of older trails', async () => {
  const named = [subjects[0]!.ofPerson('P-1'), subjects[1]!.ofPerson('P-2'), `h_${shortHash('Person', 'P-3')}`]
  expect(await again(named.map(subject => ({ action: 'person.erase', subject })))).toEqual(['P-1', 'P-2', 'P-3'])
})

it('knows cars by pseudonym, by that of the key before, and by the plain hash of older trails', async () => {
  const named = [subjects[0]!.ofVehicle(` ${vins[0].toLowerCase()}`), subjects[1]!.ofVehicle(vins[1]), `h_${shortHash('Vehicle', vins[2])}`]
  expect(await again(named.map(subject => ({ action: 'vehicle.erase', subject })))).toEqual(ids.slice(0, 3))
  expect(await again([{ action: 'vehicle.erase', subject: subjects[0]!.ofVehicle(ids[3]!) }, { action: 'person.erase', subject: ids[0]! }])).toEqual([ids[3]])
})
