import type { GraphClient } from '../ports.ts'
import type { IdempotencyClaim, IdempotencyStore } from '../ports/workflow.ts'
import { claimIdempotencyKey, finishIdempotencyKey, purgeIdempotencyKeys, releaseIdempotencyKey } from './idempotency-queries.ts'

/** Keeps idempotency keys in the graph. @param newId makes an id nobody else makes, one a claim. */
export const createIdempotencyStore = ({ client, newId }: { client: GraphClient; newId: () => string }): IdempotencyStore => ({
  async claim(claim): Promise<IdempotencyClaim> {
    const key = await client.one(claimIdempotencyKey, { ...claim, claimId: newId() })
    if (key.taken && key.state === 'running') return { state: 'taken' }
    if (key.requestSha256 !== claim.requestSha256) return { state: 'mismatch' }
    if (key.state === 'done' && key.status !== null && key.body !== null)
      return { state: 'done', answer: { status: key.status, body: key.body } }
    return { state: 'running', lockedUntil: key.lockedUntil }
  },
  async finish(id, answer) {
    await client.all(finishIdempotencyKey, { id, ...answer })
  },
  async release(id) {
    await client.all(releaseIdempotencyKey, { id })
  },
  async purge(at) {
    return (await client.one(purgeIdempotencyKeys, { at })).purged
  },
})
