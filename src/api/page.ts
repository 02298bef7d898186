import { z } from 'zod'
import { FishboneError } from '../domain/error.ts'

/** `?limit=&cursor=` of every list. */
export const PageQuery = z.strictObject({
  limit: z.coerce.number().int().min(1).max(200).optional(),
  cursor: z.string().min(1).max(2_000).optional(),
})

export const defaultLimit = 50

export const pageOf = <T extends z.ZodType>(item: T) => z.object({ items: z.array(item), nextCursor: z.string().nullable() })

/** A place in a list as the caller carries it: of no meaning to them, and of one list only. */
export const encodeCursor = (place: unknown): string => Buffer.from(JSON.stringify(place)).toString('base64url')

/** @throws FB_INVALID for a cursor this list never gave. */
export const decodeCursor = <T extends z.ZodType>(cursor: string | undefined, schema: T): z.output<T> | null => {
  if (cursor === undefined) return null
  try {
    return schema.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8')))
  } catch {
    throw new FishboneError('FB_INVALID', 'the cursor is not one of this list', { details: { errors: [{ pointer: '/cursor', message: 'is not one of this list: begin without' }] } })
  }
}

/**
 * One page of a list that is read one item longer than asked, so that the last page says so.
 *
 * @param placeOf what the cursor must tell of the page's last item.
 */
export const toPage = <T>(found: readonly T[], limit: number, placeOf: (item: T) => unknown): { items: T[]; nextCursor: string | null } => {
  const items = found.slice(0, limit)
  return { items, nextCursor: found.length > limit ? encodeCursor(placeOf(items[limit - 1]!)) : null }
}
