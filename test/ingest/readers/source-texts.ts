import { splitLines, type SourceLine } from '../../../src/ingest/readers/split-lines.ts'

/** Lines of a text as the readers get them. */
export const linesOf = (text: string | Buffer): AsyncGenerator<SourceLine> => splitLines([Buffer.isBuffer(text) ? text : Buffer.from(text)])

export async function collect<T>(items: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = []
  for await (const item of items) all.push(item)
  return all
}
