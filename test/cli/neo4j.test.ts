import { expect, it } from 'vitest'
import { createNeo4jCommand, statusText } from '../../src/cli/neo4j.ts'

const paths = { store: '/d/neo4j/home', logs: '/d/neo4j/home/logs', consoleLog: '/d/neo4j/console.log', passwordFile: '/d/neo4j/password' }

it('tells where a running server is and where its password and logs are kept', () => {
  const text = statusText({ state: 'running', pid: 42, uri: 'bolt://127.0.0.1:7687', browserUrl: 'http://127.0.0.1:7474/browser/', ...paths })
  for (const part of ['running (process 42)', 'bolt://127.0.0.1:7687', '/browser/', 'in /d/neo4j/password', '/d/neo4j/home/logs']) {
    expect(text).toContain(part)
  }
})

it('names no address of a stopped server, but still its logs', () => {
  const text = statusText({ state: 'stopped', pid: null, uri: null, browserUrl: null, ...paths })
  expect(text).not.toContain('bolt')
  expect(text).toContain('/d/neo4j/home/logs')
})

it('has the four commands', () => {
  expect(createNeo4jCommand().commands.map(command => command.name())).toEqual(['start', 'stop', 'status', 'reset'])
})
