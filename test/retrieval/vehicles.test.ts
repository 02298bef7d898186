import { describe, expect, it } from 'vitest'
import { keyOfName, keyVehicle, matchVehicle } from '../../src/retrieval/affected-vehicles.ts'
import { findVehicleMentions, matchMentions } from '../../src/retrieval/named-vehicles.ts'

const car = (make: string | null, model: string | null, modelYear: number | null = null) => keyVehicle({ make, model, modelYear })

it.each([['IONIQ 5', 'Ioniq-5'], ['ES８', 'es8'], ['Town & Country', 'TOWN COUNTRY']])('%s is %s', (a, b) => {
  expect(keyOfName(a)).toBe(keyOfName(b))
})

describe('matchVehicle', () => {
  const affected = [car('NIO', 'ES8', 2021), car('NIO', 'ES8', 2022), car(null, 'ET7')]
  it.each([
    ['model and year, whatever the case', car('nio', 'es8', 2022), { tier: 2, model: true, modelYear: true }],
    ['a make that is not said', car(null, 'ES8', 2021), { tier: 2, model: true, modelYear: true }],
    ['another year', car('NIO', 'ES8', 2019), { tier: 0, model: true, modelYear: false }],
    ['another make of that model name', car('Volvo', 'ES8', 2021), { tier: 0, model: false, modelYear: false }],
    ['a make the case does not say', car('NIO', 'ET7', 2021), { tier: 1, model: true, modelYear: false }],
    ['no year asked for', car('NIO', 'ES8'), { tier: 1, model: true, modelYear: null }],
    ['only the make', car('NIO', null), { tier: 1, model: null, modelYear: null }],
    ['another model', car('NIO', 'ES6', 2021), { tier: 0, model: false, modelYear: false }],
  ])('%s', (_, asked, expected) => {
    expect(matchVehicle(affected, asked)).toEqual(expected)
  })

  it('does not match what affected nothing', () => {
    expect(matchVehicle([], car('NIO', 'ES8', 2021))).toEqual({ tier: 0, model: false, modelYear: false })
  })
})

describe('vehicles named in a text', () => {
  const known = new Map([['taycan', new Set(['porsche'])], ['focus', new Set(['ford'])], ['ioniq 5', new Set(['hyundai'])], ['911', new Set(['porsche'])]])
  it.each([
    ['my 2021 Taycan stopped', [{ model: 'taycan', modelYears: new Set([2021]) }]],
    ['the Taycan stopped', []],
    ['the Porsche Taycan stopped', [{ model: 'taycan', modelYears: new Set() }]],
    ['Hyundai IONIQ-5 2023', [{ model: 'ioniq 5', modelYears: new Set([2023]) }]],
    ['the focus of the dealer was on a 2021 car', []],
    ['called 911 in June', []],
  ])('%s', (text, expected) => {
    expect(findVehicleMentions(text, known)).toEqual(expected)
  })

  it('tells the year from the model', () => {
    const affected = [car('Porsche', 'Taycan', 2020), car('Porsche', 'Taycan', 2021)]
    expect(matchMentions(affected, [{ model: 'taycan', modelYears: new Set([2021]) }])).toBe('model-year')
    expect(matchMentions(affected, [{ model: 'taycan', modelYears: new Set([2024]) }])).toBe('model')
    expect(matchMentions(affected, [{ model: 'macan', modelYears: new Set([2021]) }])).toBe('none')
  })
})
