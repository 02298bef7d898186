import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto'
import { chmod, link, mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { FishboneError } from '../domain/error.ts'

const keyBytes = 32
const nonceBytes = 12
const tagBytes = 16

export type VinVault = {
  /** @returns `veh_` + the first 32 hex digits of HMAC-SHA256 over the upper-case VIN: equal VINs stay joinable. */
  readonly pseudonymOf: (vin: string) => string
  /** @returns `h_` + the first 32 hex digits of an HMAC-SHA256 over label and text, with a key of its own: for what a plain hash would give away to who tries all there are. */
  readonly hashOf: (label: string, text: string) => string
  /** @returns AES-256-GCM of the upper-case VIN, base64url. Equal VINs seal alike, so that a second import changes nothing. */
  readonly seal: (vin: string) => string
  /** @throws FB_VIN_KEY_INVALID when the text was sealed with another key, or was changed. */
  readonly open: (sealed: string) => string
}

const derive = (key: Buffer, purpose: string): Buffer =>
  Buffer.from(hkdfSync('sha256', key, '', `fishbone ${purpose}`, keyBytes))

/**
 * Hides VINs: a pseudonym for joins, a sealed form for the people who may see them.
 *
 * @param options.key 32 bytes; who holds it can open every VIN.
 * @throws FB_VIN_KEY_INVALID when the key has another length.
 */
export function createVinVault({ key }: { key: Buffer }): VinVault {
  if (key.length !== keyBytes) throw new FishboneError('FB_VIN_KEY_INVALID', `the VIN key must be ${keyBytes} bytes, it is ${key.length}`)
  const sealKey = derive(key, 'vin seal')
  // The nonce follows from the VIN (as in SIV modes): it repeats only when the whole message repeats, which GCM bears.
  const nonceKey = derive(key, 'vin nonce')
  const hashKey = derive(key, 'keyed hash')
  return {
    pseudonymOf: vin => `veh_${createHmac('sha256', key).update(vin.toUpperCase()).digest('hex').slice(0, 32)}`,
    hashOf: (label, text) => `h_${createHmac('sha256', hashKey).update(`${label}\0${text}`).digest('hex').slice(0, 32)}`,
    seal: vin => {
      const plain = vin.toUpperCase()
      const nonce = createHmac('sha256', nonceKey).update(plain).digest().subarray(0, nonceBytes)
      const cipher = createCipheriv('aes-256-gcm', sealKey, nonce)
      const sealed = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final()])
      return Buffer.concat([nonce, cipher.getAuthTag(), sealed]).toString('base64url')
    },
    open: sealed => openSealed(sealKey, Buffer.from(sealed, 'base64url')),
  }
}

function openSealed(sealKey: Buffer, bytes: Buffer): string {
  try {
    const decipher = createDecipheriv('aes-256-gcm', sealKey, bytes.subarray(0, nonceBytes), { authTagLength: tagBytes })
    decipher.setAuthTag(bytes.subarray(nonceBytes, nonceBytes + tagBytes))
    return Buffer.concat([decipher.update(bytes.subarray(nonceBytes + tagBytes)), decipher.final()]).toString('utf8')
  } catch (cause) {
    throw new FishboneError('FB_VIN_KEY_INVALID', 'a sealed VIN does not open with this key', { cause })
  }
}

function parseKey(hex: string, origin: string): Buffer {
  if (!/^[0-9a-f]{64}$/i.test(hex.trim())) {
    throw new FishboneError('FB_VIN_KEY_INVALID', `the VIN key from ${origin} must be 64 hexadecimal digits`)
  }
  return Buffer.from(hex.trim(), 'hex')
}

const hasCode = (error: unknown, code: string): boolean => error instanceof Error && 'code' in error && error.code === code

/** Makes the key file if there is none. Written aside and linked, so that of two processes starting at once one key wins, whole. */
async function makeKeyFile(file: string): Promise<void> {
  const draft = `${file}.${randomBytes(6).toString('hex')}`
  await writeFile(draft, `${randomBytes(keyBytes).toString('hex')}\n`, { mode: 0o600, flag: 'wx' })
  try {
    await link(draft, file)
  } catch (error) {
    if (!hasCode(error, 'EEXIST')) throw error
  } finally {
    await rm(draft, { force: true })
  }
}

/** Tells VIN keys apart and gives nothing of them away: 16 hex digits. */
export const vinKeyFingerprint = (key: Buffer): string => derive(key, 'key fingerprint').toString('hex').slice(0, 16)

/** The key as `loadVinKey` gives it, but none is made: null where there is none. @throws FB_VIN_KEY_INVALID */
export async function findVinKey({ dataDir, hex }: { dataDir: string; hex?: string | null | undefined }): Promise<Buffer | null> {
  if (hex != null && hex !== '') return parseKey(hex, 'the configuration')
  const file = join(dataDir, 'vin.key')
  const stored = await readFile(file, 'utf8').catch((error: unknown) => {
    if (hasCode(error, 'ENOENT')) return null
    throw error
  })
  return stored === null ? null : parseKey(stored, file)
}

/**
 * The installation's VIN key: `hex` if given, else `vin.key` of the data folder (mode 0600), made on first use.
 * A lost key cannot be remade: pseudonyms would change and sealed VINs stay shut.
 *
 * @throws FB_VIN_KEY_INVALID when the text is not 64 hexadecimal digits.
 */
export async function loadVinKey({ dataDir, hex }: { dataDir: string; hex?: string | null | undefined }): Promise<Buffer> {
  if (hex != null && hex !== '') return parseKey(hex, 'the configuration')
  const file = join(dataDir, 'vin.key')
  await mkdir(dataDir, { recursive: true })
  const stored = await readFile(file, 'utf8').catch(async (error: unknown) => {
    if (!hasCode(error, 'ENOENT')) throw error
    await makeKeyFile(file)
    return readFile(file, 'utf8')
  })
  await chmod(file, 0o600)
  return parseKey(stored, file)
}
