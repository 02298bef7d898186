import { expect, it } from 'vitest'
import { serverArguments } from '../../../src/graph/embedded/server-process.ts'

const folders = { root: '/r', home: '/r/home', conf: '/r/conf', logs: '/r/home/logs', consoleLog: '/r/console.log', lockFile: '/r/lock', passwordFile: '/r/password', recordFile: '/r/server.json' }
const command = { java: { command: 'java', major: 17 }, lib: '/lib', heapMb: 1_024 }
const collectors = (args: readonly string[]): string[] => args.filter(one => /^-XX:\+Use\w+GC$/.test(one))

it('brings a collector of its own', () => {
  expect(collectors(serverArguments(folders, command))).toEqual(['-XX:+UseSerialGC'])
})

it('leaves the collector to an environment that names one: Java starts with one only', () => {
  expect(collectors(serverArguments(folders, command, '-Dx=y -XX:+UseG1GC'))).toEqual([])
  expect(collectors(serverArguments(folders, command, '-XX:+UseStringDeduplication'))).toEqual(['-XX:+UseSerialGC'])
})

it('gives the options of Java before the class that it runs', () => {
  const args = serverArguments(folders, command)
  expect(args.findLastIndex(one => one.startsWith('-XX:'))).toBeLessThan(args.indexOf('-cp'))
})
