import { z } from 'zod'
import { defineQuery } from '../define-query.ts'

const instant = z.string().min(20)

export const claimIdempotencyKey = defineQuery({
  file: 'workflow/claim-idempotency-key.cypher',
  mode: 'WRITE',
  params: z.object({
    id: z.string(),
    requestSha256: z.string(),
    claimId: z.string(),
    at: instant,
    lockedUntil: instant,
    expiresAt: instant,
  }),
  row: z.strictObject({
    taken: z.boolean(),
    state: z.enum(['running', 'done']),
    requestSha256: z.string(),
    lockedUntil: z.string(),
    status: z.int().nullable(),
    body: z.string().nullable(),
    location: z.string().nullable(),
  }),
  sample: {
    id: 'h_none',
    requestSha256: '0',
    claimId: '1',
    at: '2023-01-09T06:12:46.000Z',
    lockedUntil: '2023-01-09T06:13:46.000Z',
    expiresAt: '2023-01-10T06:12:46.000Z',
  },
})

export const finishIdempotencyKey = defineQuery({
  file: 'workflow/finish-idempotency-key.cypher',
  mode: 'WRITE',
  params: z.object({ id: z.string(), claimId: z.string(), status: z.int().min(100).max(599), body: z.string(), location: z.string().nullable() }),
  row: z.strictObject({}),
  sample: { id: 'h_none', claimId: '1', status: 200, body: '{}', location: null },
})

export const releaseIdempotencyKey = defineQuery({
  file: 'workflow/release-idempotency-key.cypher',
  mode: 'WRITE',
  params: z.object({ id: z.string(), claimId: z.string() }),
  row: z.strictObject({}),
  sample: { id: 'h_none', claimId: '1' },
})

export const renewIdempotencyKeys = defineQuery({
  file: 'workflow/renew-idempotency-keys.cypher',
  mode: 'WRITE',
  params: z.object({ held: z.array(z.object({ id: z.string(), claimId: z.string() })), lockedUntil: instant }),
  row: z.strictObject({}),
  sample: { held: [{ id: 'h_none', claimId: '1' }], lockedUntil: '2023-01-09T06:13:46.000Z' },
})

export const purgeIdempotencyKeys = defineQuery({
  file: 'workflow/purge-idempotency-keys.cypher',
  mode: 'WRITE',
  params: z.object({ at: instant }),
  row: z.strictObject({ purged: z.int().min(0) }),
  sample: { at: '2023-01-09T06:12:46.000Z' },
})
