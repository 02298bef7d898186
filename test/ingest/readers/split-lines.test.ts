import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decodeLegacy, maxLineBytes, splitLines } from '../../../src/ingest/readers/split-lines.ts'
import { collect, linesOf } from './source-texts.ts'

const texts = async (source: string | Buffer) => (await collect(linesOf(source))).map(line => (line.kind === 'text' ? line.text : line.kind))

describe('splitLines', () => {
  it('drops a byte-order mark and carriage returns, and counts a last line without a line end', async () => {
    expect(await texts('\uFEFFone\r\ntwo\nthree')).toEqual(['one', 'two', 'three'])
  })

  it('counts empty lines, so that line numbers are those of an editor', async () => {
    const lines = await collect(linesOf('a\n\nb\n'))
    expect(lines.map(line => line.line)).toEqual([1, 2, 3])
  })

  it('replaces bytes that are no UTF-8 and says so, but not a replacement character the source wrote', async () => {
    const lines = await collect(linesOf(Buffer.concat([Buffer.from('caf'), Buffer.from([0xe9]), Buffer.from('\nwrote \uFFFD\n')])))
    expect(lines).toMatchObject([{ text: 'caf\uFFFD', brokenUtf8: true }, { text: 'wrote \uFFFD', brokenUtf8: false }])
  })

  it('reads Windows-1252 where a public file of old is no UTF-8', async () => {
    const lines = await collect(splitLines([Buffer.from([0x43, 0x41, 0x46, 0xc9, 0x20, 0x92])], { decode: decodeLegacy }))
    expect(lines).toMatchObject([{ text: 'CAFÉ ’', brokenUtf8: false }])
  })

  it('takes a line of exactly 1 MiB, with or without a carriage return, and passes over a longer one', async () => {
    const full = 'x'.repeat(maxLineBytes)
    expect(await texts(`${full}\r\n${full}\nafter`)).toEqual([full, full, 'after'])
    const lines = await collect(linesOf(`before\n${full}y\nafter\n`))
    expect(lines).toMatchObject([{ kind: 'text' }, { kind: 'oversize', line: 2, bytes: maxLineBytes + 1 }, { kind: 'text', text: 'after', line: 3 }])
  })

  it('does not hold a line over the limit while it goes by', async () => {
    const chunk = Buffer.alloc(1024 * 1024, 'x')
    let highest = 0
    const endless = function* () {
      const start = process.memoryUsage().arrayBuffers
      for (let index = 0; index < 200; index++) {
        highest = Math.max(highest, process.memoryUsage().arrayBuffers - start)
        yield Buffer.from(chunk)
      }
      yield Buffer.from('\nafter\n')
    }
    const lines = await collect(splitLines(endless()))
    expect(lines).toMatchObject([{ kind: 'oversize', bytes: 200 * 1024 * 1024 }, { kind: 'text', text: 'after' }])
    expect(highest).toBeLessThan(120 * 1024 * 1024)
  })

  it('gives the same lines however the bytes are cut into chunks', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.string({ unit: fc.constantFrom('a', '"', '电', '😀', '\n', '\r\n') })), fc.array(fc.integer({ min: 1, max: 7 })), async (parts, cuts) => {
        const bytes = Buffer.from(parts.join('\n'))
        const chunks: Buffer[] = []
        let at = 0
        for (let index = 0; at < bytes.length; index++) {
          const size = cuts[index % cuts.length] ?? bytes.length
          chunks.push(bytes.subarray(at, at + size))
          at += size
        }
        expect(await collect(splitLines(chunks))).toEqual(await collect(linesOf(bytes)))
      }),
      { seed: 20260101, numRuns: 200 },
    )
  })
})
