import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { recogniseShape } from '../../../src/ingest/readers/recognise-shape.ts'
import { projectRoot } from '../../../src/project-root.ts'

const shapeOf = (content: string | Buffer) => recogniseShape(Buffer.isBuffer(content) ? content : Buffer.from(content))
const fixture = (name: string) => readFileSync(join(projectRoot, 'fixtures', 'readers', name))

describe('recogniseShape', () => {
  it.each<[string, string | Buffer, string]>([
    ['complaints', fixture('nhtsa-complaints.txt'), 'nhtsa-complaints'],
    ['recalls', fixture('nhtsa-recalls.txt'), 'nhtsa-recalls'],
    ['ontology', fixture('obd-ontology.nt'), 'obd-ontology'],
    ['answers', '{"id":"x","make":"KIA","model":"EV6","ecuCommand":"7","values":{"V":1}}\n', 'obdb-snapshots'],
    ['signals', '{\n"V": {\n"make": "KIA",\n"model": "EV6",\n"unit": "volts"\n}\n}', 'obdb-signals'],
    ['dictionary', 'code,manufacturer,description,type,locale,is_generic,source_file\nP0001,GENERIC,x,P,en,1,y', 'dtc-dictionary'],
    ['records', '{"vin":"x"}\n', 'ndjson'],
    ['records after a bad line', 'garbage\n[1]\n{"vin":"x"}\n', 'ndjson'],
    ['a byte-order mark', '\uFEFF{"vin":"x"}\n', 'ndjson'],
    ['a feedback table', 'channel,sourceId,occurredAt,text\na,b,c,d', 'csv'],
    ['nothing', '\n \n', 'empty'],
  ])('%s', (_, content, name) => {
    expect(shapeOf(content).name).toBe(name)
  })

  it.each<[string, string | Buffer]>([
    ['a list', '[\n  {"vin": "x"},\n  {"vin": "y"}\n]'],
    ['a document over lines', '{\n  "vin": "x"\n}'],
    ['UTF-16', Buffer.from('\uFEFF{"vin":"x"}', 'utf16le')],
    ['a picture', Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 0, 0, 13])],
    ['a table of something else', 'name,colour\na,b'],
    ['prose', 'Dear sirs,\nplease find attached'],
    ['XML', '<?xml version="1.0"?>\n<records></records>'],
  ])('does not take %s for anything', (_, content) => {
    expect(shapeOf(content).name).toBe('unknown')
  })

  it('says what a table lacks', () => {
    expect(shapeOf('channel,sourceId,text\na,b,c')).toEqual({ name: 'unknown', hint: 'as CSV of feedback its header row lacks occurredAt' })
  })
})
