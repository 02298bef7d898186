import { fileURLToPath } from 'node:url'

/** Absolute path of the checkout, the same from `src/` and from the built `dist/`. */
export const projectRoot = fileURLToPath(new URL('..', import.meta.url))
