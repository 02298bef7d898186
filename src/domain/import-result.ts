import { z } from 'zod'

/** What became of one file of an import. */
export const ImportedFile = z.object({
  name: z.string(),
  /** Null for reference data and for a file refused whole. */
  kind: z.string().nullable(),
  format: z.string().nullable(),
  read: z.int(),
  /** Of these, written by an earlier attempt of the same import. */
  resumed: z.int(),
  created: z.int(),
  updated: z.int(),
  unchanged: z.int(),
  superseded: z.int(),
  rejected: z.int(),
  flags: z.record(z.string(), z.object({ count: z.int(), firstLines: z.array(z.int()) })),
  unknownFields: z.array(z.string()),
  /** Why the file, or the rest of it, was refused. */
  refused: z.string().nullable(),
  seconds: z.number(),
  /** Where the refused lines can be had for 30 days; null where there are none. */
  rejects: z.string().nullable(),
  rejectsFile: z.string().nullable(),
})

/** Result of `POST /v1/imports`. */
export const ImportResult = z.object({ outcome: z.enum(['loaded', 'some-refused']), files: z.array(ImportedFile) })
export type ImportResult = z.infer<typeof ImportResult>
