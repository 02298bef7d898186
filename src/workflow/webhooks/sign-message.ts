import { createHmac, randomBytes } from 'node:crypto'

const secretBytes = 32
const prefix = 'whsec_'

/** A new signing secret: `whsec_` and the base64 of 32 random bytes. */
export const newSecret = (random: (size: number) => Buffer = randomBytes): string => `${prefix}${random(secretBytes).toString('base64')}`

/**
 * Headers of one attempt: HMAC-SHA256 over `id.timestamp.body`, as `v1,` and base64.
 *
 * @param message.at seconds since 1970; the id is the same with every attempt.
 * @see https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md
 */
export const signatureHeaders = ({ id, at, body }: { id: string; at: number; body: string }, secret: string): Record<string, string> => {
  const key = Buffer.from(secret.slice(prefix.length), 'base64')
  const signature = createHmac('sha256', key).update(`${id}.${at}.${body}`).digest('base64')
  return { 'webhook-id': id, 'webhook-timestamp': String(at), 'webhook-signature': `v1,${signature}` }
}
