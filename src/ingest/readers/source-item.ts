/** What is wrong with one field; an empty `path` means the record as a whole. */
export type RecordError = { path: string; message: string }

/** A place in a file that can be returned to. */
export type SourcePlace = {
  /** Line the record starts on, from 1. */
  line: number
  /** Grows with every item of a file, the same in every reading of the same content: what a resume point holds. */
  position: number
  /** Size of the item in the file, to bound what a batch holds. */
  bytes: number
}

/** One thing read from a file: a value still to be checked, or a line that could not be read. */
export type SourceItem = SourcePlace &
  ({ kind: 'value'; value: unknown; flags: string[] } | { kind: 'refused'; errors: RecordError[]; raw: unknown })

export const refusedItem = (place: SourcePlace, message: string, raw: unknown, path = ''): SourceItem => ({
  ...place, kind: 'refused', errors: [{ path, message }], raw,
})
