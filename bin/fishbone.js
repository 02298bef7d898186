#!/usr/bin/env node
import { existsSync } from 'node:fs'

const main = new URL('../dist/cli/main.js', import.meta.url)

if (existsSync(main)) {
  const { run } = await import(main.href)
  const code = await run(process.argv.slice(2))
  process.exitCode = code
  // Whatever still holds the process after a command is done must not hold the shell.
  setTimeout(() => process.exit(code), 2_000).unref()
} else {
  process.stderr.write('fishbone is not built yet. Run `npm run setup` in its checkout first.\n')
  process.exitCode = 1
}
