import { randomBytes } from 'node:crypto'
import { link, mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { FishboneError } from '../domain/error.ts'
import { storedKey } from './api-keys.ts'
import type { StoredKey } from './api-keys.ts'
import { roles } from './roles.ts'

const KeyFile = z.object({
  keys: z.array(z.object({ keyId: z.string(), role: z.enum(roles), secretSha256: z.string().regex(/^[0-9a-f]{64}$/) })),
})

const isMissing = (error: unknown): boolean => (error as NodeJS.ErrnoException).code === 'ENOENT'

export const keyFilePath = (dataDir: string): string => join(dataDir, 'keys.json')

/** Keys kept in the data folder; none where there is no file. @throws FB_CONFIG_INVALID when the file is not one of keys. */
export const readKeyFile = async (dataDir: string): Promise<StoredKey[]> => {
  const path = keyFilePath(dataDir)
  try {
    return KeyFile.parse(JSON.parse(await readFile(path, 'utf8'))).keys
  } catch (error) {
    if (isMissing(error)) return []
    throw new FishboneError('FB_CONFIG_INVALID', `${path} is not a file of API keys; put it right, or delete it to have a key made anew`, {
      details: { path },
    })
  }
}

/**
 * Makes the first admin key: its hash into `keys.json`, its secret into `admin-key.txt`, both mode 0600 in the data folder.
 *
 * @returns the stored key and where the secret is. Of two processes that start together one makes the key and both use it.
 */
export const makeAdminKey = async (dataDir: string): Promise<{ keys: StoredKey[]; secretPath: string; isNew: boolean }> => {
  await mkdir(dataDir, { recursive: true, mode: 0o700 })
  const secret = `fb_${randomBytes(32).toString('base64url')}`
  const secretPath = join(dataDir, 'admin-key.txt')
  const draft = join(dataDir, `.keys-${randomBytes(6).toString('hex')}.json`)
  await writeFile(draft, `${JSON.stringify({ keys: [storedKey('admin', secret)] }, null, 2)}\n`, { mode: 0o600 })
  try {
    // A link fails where the file exists: the loser of a race reads the winner's key.
    await link(draft, keyFilePath(dataDir))
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
    return { keys: await readKeyFile(dataDir), secretPath, isNew: false }
  } finally {
    await rm(draft, { force: true })
  }
  await rm(secretPath, { force: true })
  await writeFile(secretPath, `${secret}\n`, { mode: 0o600 })
  return { keys: await readKeyFile(dataDir), secretPath, isNew: true }
}

/**
 * The keys a server starts with: those of the configuration and those of the data folder; with none, in embedded mode on a loopback
 * address, a new admin key.
 *
 * @throws FB_CONFIG_INVALID where keys are needed and there are none.
 */
export const loadApiKeys = async (options: {
  dataDir: string
  configured: readonly { role: StoredKey['role']; secret: string }[]
  mayMakeKey: boolean
}): Promise<{ keys: StoredKey[]; madeAt: string | null }> => {
  const keys = [...options.configured.map(({ role, secret }) => storedKey(role, secret)), ...(await readKeyFile(options.dataDir))]
  if (keys.length > 0) return { keys, madeAt: null }
  if (!options.mayMakeKey)
    throw new FishboneError(
      'FB_CONFIG_INVALID',
      'FISHBONE_API_KEYS must be given (role:secret, separated by commas): only on a loopback address with the embedded Neo4j does the server make a key of its own',
      { details: { faults: [{ variable: 'FISHBONE_API_KEYS', message: 'must be given' }] } },
    )
  const made = await makeAdminKey(options.dataDir)
  return { keys: made.keys, madeAt: made.secretPath }
}
