import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto'
import { FishboneError } from '../../domain/error.ts'

const nonceBytes = 12
const tagBytes = 16

/** Keeps signing secrets unreadable in the graph: AES-256-GCM under a key of its own, derived from the installation's. */
export const createSecretSeal = ({ key }: { key: Buffer }) => {
  const sealKey = Buffer.from(hkdfSync('sha256', key, '', 'fishbone webhook secret', 32))
  return {
    seal(secret: string): string {
      const nonce = randomBytes(nonceBytes)
      const cipher = createCipheriv('aes-256-gcm', sealKey, nonce)
      const sealed = Buffer.concat([cipher.update(secret, 'utf8'), cipher.final()])
      return Buffer.concat([nonce, cipher.getAuthTag(), sealed]).toString('base64url')
    },
    /** @throws FB_VIN_KEY_INVALID where it was sealed with another key. */
    open(sealed: string): string {
      const bytes = Buffer.from(sealed, 'base64url')
      try {
        const decipher = createDecipheriv('aes-256-gcm', sealKey, bytes.subarray(0, nonceBytes), { authTagLength: tagBytes })
        decipher.setAuthTag(bytes.subarray(nonceBytes, nonceBytes + tagBytes))
        return Buffer.concat([decipher.update(bytes.subarray(nonceBytes + tagBytes)), decipher.final()]).toString('utf8')
      } catch (cause) {
        throw new FishboneError('FB_VIN_KEY_INVALID', 'a webhook secret does not open with the key of this installation: register the webhook anew', { cause })
      }
    },
  }
}

export type SecretSeal = ReturnType<typeof createSecretSeal>
