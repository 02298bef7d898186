import { describe, expect, it } from 'vitest'
import { withoutOtherNames } from '../../src/vocabulary/other-names.ts'

const otherNames = { 'fuel-leak': ['odor'], odor: [] }
const told = (key: string, clause: number, isForm: boolean) => ({ key, clause, isForm })

describe('another name for what a form says', () => {
  it('is dropped where it is merely heard in the clause of the form', () => {
    expect(withoutOtherNames([told('fuel-leak', 0, true), told('odor', 0, false)], otherNames)).toEqual([told('fuel-leak', 0, true)])
  })

  it.each([
    ['a form of its own', [told('fuel-leak', 0, true), told('odor', 0, true)]],
    ['heard in another clause', [told('fuel-leak', 0, true), told('odor', 1, false)]],
    ['beside what is merely heard itself', [told('fuel-leak', 0, false), told('odor', 0, false)]],
    ['no other name the other way round', [told('odor', 0, true), told('fuel-leak', 0, false)]],
    ['beside a symptom without other names', [told('noise', 0, true), told('odor', 0, false)]],
  ])('stays: %s', (_, all) => {
    expect(withoutOtherNames(all, otherNames)).toEqual(all)
  })
})
