import { PassThrough } from 'node:stream'
import { expect, it, vi } from 'vitest'
import { run } from '../../src/cli/main.ts'

// Commander writes its own lines to the process's streams.
const runQuietly = async (...argv: string[]) => {
  const lines: string[] = []
  const spies = (['stdout', 'stderr'] as const).map(name => vi.spyOn(process[name], 'write').mockImplementation(text => (lines.push(String(text)), true)))
  try {
    const code = await run(argv, { output: new PassThrough(), notices: new PassThrough() })
    return { code, said: lines.join('') }
  } finally {
    for (const spy of spies) spy.mockRestore()
  }
}

it.each([
  [['nonsense'], 'nonsense'],
  [['serve', '--loud'], '--loud'],
  [['triage'], '--text'],
  [['triage', '--text', ' '], 'no word'],
  [['triage', '--text', 'x', '--dtc', 'ZZ'], 'P0AA6'],
  [['triage', '--text', 'x', '--vin', 'SHORT'], '--vin'],
  [['triage', '--text', 'x', '--model-year', '22'], '2022'],
  [['similar'], '--text'],
  [['similar', '--text', 'x', '--as-of', 'yesterday'], '2023-02-01'],
  [['similar', '--text', 'x', '--limit', '0'], '200'],
  [['similar', '--text', 'x', '--kind', 'rumour'], 'recall'],
  [['import'], 'paths'],
  [['analyze'], '--component'],
  [['analyze', '--issue', 'ISS-1', '--text', 'x'], 'one way'],
  [['analyze', '--symptom', 'fire', '--as-of', 'soon'], '2023-02-01'],
])('tells wrong input in a line and ends with 2: %j', async (argv, hint) => {
  const { code, said } = await runQuietly(...argv)
  expect(code).toBe(2)
  expect(said).toContain(hint)
  expect(said.trim().split('\n').length).toBeLessThanOrEqual(2)
})

it.each([[], ['serve'], ['import'], ['triage'], ['similar'], ['analyze'], ['neo4j'], ['neo4j', 'start'], ['models'], ['models', 'fetch']])('has help for %j %j', async (...words) => {
  const { code, said } = await runQuietly(...words, '--help')
  expect(code).toBe(0)
  expect(said).toContain('Usage: fishbone')
})

it('tells its version', async () => {
  const { code, said } = await runQuietly('--version')
  expect(code).toBe(0)
  expect(said).toMatch(/^\d+\.\d+\.\d+/)
})
