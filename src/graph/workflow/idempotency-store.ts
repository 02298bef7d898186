import type { GraphClient } from '../ports.ts'
import type { IdempotencyClaim, IdempotencyStore } from '../ports/workflow.ts'
import { claimIdempotencyKey, finishIdempotencyKey, purgeIdempotencyKeys, releaseIdempotencyKey, renewIdempotencyKeys } from './idempotency-queries.ts'

/** Keeps idempotency keys in the graph. @param newId makes an id nobody else makes, one a claim. */
export const createIdempotencyStore = ({ client, newId }: { client: GraphClient; newId: () => string }): IdempotencyStore => ({
  async claim(claim): Promise<IdempotencyClaim> {
    const claimId = newId()
    const key = await client.one(claimIdempotencyKey, { ...claim, claimId })
    if (key.taken && key.state === 'running') return { state: 'taken', held: { id: claim.id, claimId } }
    if (key.requestSha256 !== claim.requestSha256) return { state: 'mismatch' }
    if (key.state === 'done' && key.status !== null && key.body !== null)
      return { state: 'done', answer: { status: key.status, body: key.body, location: key.location } }
    return { state: 'running', lockedUntil: key.lockedUntil }
  },
  async renew(held, lockedUntil) {
    // One order for all, so that two never wait for each other.
    await client.all(renewIdempotencyKeys, { held: held.toSorted((a, b) => (a.id < b.id ? -1 : 1)), lockedUntil })
  },
  async finish(held, answer) {
    await client.all(finishIdempotencyKey, { ...held, ...answer })
  },
  async release(held) {
    await client.all(releaseIdempotencyKey, held)
  },
  async purge(at) {
    return (await client.one(purgeIdempotencyKeys, { at })).purged
  },
})
