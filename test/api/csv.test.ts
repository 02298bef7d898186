import { expect, it } from 'vitest'
import { toCsv } from '../../src/api/csv.ts'

it('quotes what needs it, and gives a spreadsheet nothing to run', () => {
  expect(toCsv(['name', 'n'], [['a,b', 1], ['say "no"', null], ['=1+1', -2], ['两行\n', true]])).toBe('\uFEFFname,n\r\n"a,b",1\r\n"say ""no""",\r\n\'=1+1,-2\r\n"两行\n",true\r\n')
})
