import { expect, it } from 'vitest'
// @ts-expect-error plain Node, without types
import { checkNode as untyped } from '../../scripts/setup.mjs'

const checkNode = untyped as (version: string) => void

it.each(['20.19.0', '20.20.2', '22.0.0', '24.11.1'])('takes Node %s', version => {
  expect(() => checkNode(version)).not.toThrow()
})

it.each(['18.20.4', '20.18.3'])('refuses Node %s and says which one it needs', version => {
  expect(() => checkNode(version)).toThrow(/20\.19.*newer/)
})
