import { referenceSchemas, type ReferenceKind, type ReferenceOf } from '../../domain/reference.ts'
import { recordErrors } from './schema-messages.ts'
import type { RecordError } from './source-item.ts'

/** A row of reference data, or a line that makes none. */
export type ReferenceItem =
  | { [K in ReferenceKind]: { kind: 'row'; rowKind: K; row: ReferenceOf[K] } }[ReferenceKind]
  | { kind: 'refused'; line: number; errors: RecordError[]; raw: unknown }

/** Checks a row made from a file; `line` names the place it came from. */
export function referenceItem<K extends ReferenceKind>(rowKind: K, row: unknown, line: number, raw: unknown = row): ReferenceItem {
  const schema = referenceSchemas[rowKind]
  const parsed = schema.safeParse(row)
  if (!parsed.success) return { kind: 'refused', line, errors: recordErrors(schema, parsed.error, row), raw }
  return { kind: 'row', rowKind, row: parsed.data } as ReferenceItem
}
