import { expect, it } from 'vitest'
import { renderServerConf } from '../../../src/graph/embedded/server-conf.ts'

const conf = renderServerConf({ bolt: 17687, http: 17474 }, { pageCacheMb: 128 })
const settings = new Map(conf.split('\n').filter(line => line.includes('=')).map(line => line.split('=') as [string, string]))

it('listens on loopback only', () => {
  const addresses = [...settings].filter(([key]) => key.endsWith('listen_address')).map(([, value]) => value)
  expect(addresses).toEqual(['127.0.0.1', '127.0.0.1:17687', '127.0.0.1:17474'])
})

it('tells the Browser the bolt port it really has', () => {
  expect(settings.get('server.bolt.advertised_address')).toBe('127.0.0.1:17687')
})

it('sends no usage report', () => {
  expect(settings.get('dbms.usage_report.enabled')).toBe('false')
})

it('plans a statement once, not for each length of its lists', () => {
  expect(settings.get('internal.cypher.use_parameter_size')).toBe('false')
})

it('takes further settings, which win', () => {
  const more = renderServerConf({ bolt: 17687, http: 17474 }, { pageCacheMb: 128 }, { 'db.transaction.timeout': '5s', 'dbms.cypher.min_replan_interval': '1h' })
  const lines = more.split('\n').filter(line => /transaction.timeout|replan/.test(line))
  expect(lines).toEqual(['db.transaction.timeout=5s', 'dbms.cypher.min_replan_interval=1h'])
})
