import { expect, it } from 'vitest'
import { commandLineOf, isAlive, isServerOf } from '../../../src/graph/embedded/process-identity.ts'

const says = (commandLine: string) => () => commandLine

it.each([
  ['our server', 'java -cp lib/* org.neo4j.server.CommunityEntryPoint --home-dir=/d/neo4j/home --config-dir=/d/neo4j/conf', true],
  ['our server with nothing behind its home', 'java org.neo4j.server.CommunityEntryPoint --home-dir=/d/neo4j/home', true],
  ['the server of a folder whose name begins alike', 'java org.neo4j.server.CommunityEntryPoint --home-dir=/d/neo4j/home2 --x', false],
  ['another server', 'java org.neo4j.server.CommunityEntryPoint --home-dir=/e/neo4j/home', false],
  ['an editor on our folder', 'vim --home-dir=/d/neo4j/home', false],
  ['a process that is gone, or a zombie', '', false],
])('tells %s', (_, commandLine, expected) => {
  expect(isServerOf('/d/neo4j/home', 1, says(commandLine))).toBe(expected)
})

it('reads the command line of a living process, and none of a pid that is free', () => {
  expect(commandLineOf(process.pid)).toContain('node')
  // Above the largest pid Linux gives (2^22).
  expect(commandLineOf(4_194_305)).toBe('')
  expect(isAlive(process.pid)).toBe(true)
  expect(isAlive(4_194_305)).toBe(false)
})
