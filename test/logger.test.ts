import { spawnSync } from 'node:child_process'
import { expect, it } from 'vitest'
import { createLogger, redactedFields } from '../src/logger.ts'

const linesOf = (level: string) => {
  const lines: string[] = []
  return { lines, logger: createLogger({ level, destination: { write: line => void lines.push(line) } }) }
}

it.each(redactedFields)('keeps the value of %s out of the log, at the top and two objects down', field => {
  const { lines, logger } = linesOf('info')
  logger.info({ [field]: 'LJ1EEAUU0N7700001', record: { [field]: 'LJ1EEAUU0N7700001', inner: { [field]: 'LJ1EEAUU0N7700001' } }, feedbackId: 'nomi:1' }, 'accepted')
  expect(lines).toHaveLength(1)
  expect(lines[0]).not.toContain('LJ1EEAUU0N7700001')
  expect(JSON.parse(lines[0] ?? '')).toMatchObject({ level: 'info', feedbackId: 'nomi:1', msg: 'accepted' })
})

it('writes nothing below its level', () => {
  const { lines, logger } = linesOf('warn')
  logger.info('quiet')
  logger.warn('heard')
  expect(lines).toHaveLength(1)
})

it('writes to standard error: standard output is what a command prints', () => {
  const program = `import { createLogger } from ${JSON.stringify(new URL('../src/logger.ts', import.meta.url).href)}; createLogger({ level: 'info' }).info('heard')`
  const { stdout, stderr } = spawnSync(process.execPath, ['--import', 'tsx', '--input-type=module', '--eval', program], { encoding: 'utf8' })
  expect(stdout).toBe('')
  expect(stderr).toContain('"msg":"heard"')
})
