/** The command as it is in this checkout, for processes that a bench starts. */
import { run } from '../../src/cli/main.ts'

const code = await run(process.argv.slice(2))
process.exitCode = code
setTimeout(() => process.exit(code), 2_000).unref()
