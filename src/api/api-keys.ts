import { createHash, timingSafeEqual } from 'node:crypto'
import type { Role } from './roles.ts'

/** Who calls: `keyId` names the key in logs and tells nothing of its secret. */
export type Principal = { keyId: string; role: Role }

/** A key as it is kept: SHA-256 of its secret is enough for secrets of 256 random bits, which cannot be guessed from it. */
export type StoredKey = { keyId: string; role: Role; secretSha256: string }

export type ApiKeys = {
  readonly count: number
  /** @param authorization value of the `Authorization` header. @returns null for a missing, malformed or unknown key. */
  identify(authorization: string | undefined): Principal | null
}

export const secretHash = (secret: string): string => createHash('sha256').update(secret, 'utf8').digest('hex')

/** The stored form of a secret; its id is the beginning of the hash of the hash. */
export const storedKey = (role: Role, secret: string): StoredKey => {
  const secretSha256 = secretHash(secret)
  return { keyId: `key_${secretHash(secretSha256).slice(0, 12)}`, role, secretSha256 }
}

/** Compares in constant time with every key, so that an answer's time tells neither which key nor how much of it was right. */
export const createApiKeys = (stored: readonly StoredKey[]): ApiKeys => {
  const keys = stored.map(key => ({ principal: { keyId: key.keyId, role: key.role }, digest: Buffer.from(key.secretSha256, 'hex') }))
  return {
    count: keys.length,
    identify(authorization) {
      const secret = /^Bearer +(\S+) *$/i.exec(authorization ?? '')?.[1]
      if (secret === undefined) return null
      const digest = Buffer.from(secretHash(secret), 'hex')
      let found: Principal | null = null
      for (const key of keys) if (timingSafeEqual(key.digest, digest)) found = key.principal
      return found
    },
  }
}
