import { readFileSync } from 'node:fs'
import { mkdir, rename, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { FishboneError } from '../../domain/error.ts'
import { noSiteTerms, parseSiteTerms } from '../../vocabulary/index.ts'
import type { SiteTerms } from '../../vocabulary/index.ts'

/** Where a site keeps the terms its people accepted. */
export const siteTermsPath = (dataDir: string): string => join(dataDir, 'vocabulary', 'accepted-terms.json')

/**
 * The decisions of a site; none where there is no file.
 *
 * @throws FB_VOCABULARY_INVALID where the file is not JSON or does not match its schema.
 */
export const readSiteTerms = (path: string): SiteTerms => {
  let content: string
  try {
    content = readFileSync(path, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return noSiteTerms
    throw error
  }
  try {
    return parseSiteTerms(JSON.parse(content))
  } catch (cause) {
    if (cause instanceof FishboneError) throw cause
    throw new FishboneError('FB_VOCABULARY_INVALID', 'accepted-terms.json cannot be read as JSON', { cause, details: { file: 'accepted-terms.json' } })
  }
}

/** Replaces the file at once, so that a reader sees the old or the new one. */
export const writeSiteTerms = async (path: string, terms: SiteTerms): Promise<void> => {
  await mkdir(dirname(path), { recursive: true })
  await writeFile(`${path}.part`, `${JSON.stringify(terms, null, 2)}\n`, { mode: 0o600 })
  await rename(`${path}.part`, path)
}
