// Stands for pip: copies the wheel named by its first argument into the folder after --dest, or fails when there is none.
import { copyFileSync, existsSync } from 'node:fs'
import { join } from 'node:path'

const [wheel = '', ...args] = process.argv.slice(2)
const target = args[args.indexOf('--dest') + 1] ?? ''
if (args[0] !== 'download' || !args.includes('--no-deps') || !existsSync(wheel)) {
  process.stderr.write('ERROR: Could not find a version that satisfies the requirement\n')
  process.exit(1)
}
copyFileSync(wheel, join(target, 'tiny-1.0-py3-none-any.whl'))
