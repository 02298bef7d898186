import { expect, it } from 'vitest'
import { factorStatement } from '../../../src/graph/root-causes/factor-statements.ts'

const condition = (dimension: string, given: object = {}) => ({ dimension, nodeId: null, component: null, value: null, from: null, to: null, ...given })

it.each([
  [[condition('lot', { nodeId: 'P/1', component: 'inverter' })], 'lot', { lotId: 'P/1' }],
  [[condition('supplier', { nodeId: 'S-1', component: 'inverter' })], 'supplier', { supplierId: 'S-1', component: 'inverter' }],
  [[condition('software', { nodeId: 'BMS@1' })], 'release', { releaseId: 'BMS@1' }],
  [[condition('build-week', { from: '2022-03-07', to: '2022-03-20' }), condition('plant', { value: 'HF2' })], 'cars', { plant: 'HF2', builtFrom: '2022-03-07', builtTo: '2022-03-20', region: null }],
  [[condition('condition', { component: 'inverter', value: 'rework' })], 'factors', { factors: [{ dimension: 'condition' }] }],
  [[condition('lot', { nodeId: 'P/1' }), condition('plant', { value: 'HF2' })], 'factors', { factors: [{ dimension: 'lot' }, { dimension: 'plant' }] }],
  [[condition('option', { value: 'a' }), condition('option', { value: 'b' })], 'factors', { factors: [{ value: 'a' }, { value: 'b' }] }],
])('reads %j with the statement for %s', (factors, kind, params) => {
  expect(factorStatement(factors)).toMatchObject({ kind, params })
})
