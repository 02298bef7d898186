import { cpSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { Explanation } from '../../../src/domain/explanation.ts'
import { FishboneError } from '../../../src/domain/error.ts'
import { datamark, drawMarker, renderQuotes } from '../../../src/llm/prompts/datamark.ts'
import { parsePrompt } from '../../../src/llm/prompts/prompt-file.ts'
import { openPromptLibrary } from '../../../src/llm/prompts/prompt-library.ts'
import { renderPrompt } from '../../../src/llm/prompts/render-prompt.ts'
import { projectRoot } from '../../../src/project-root.ts'

const library = openPromptLibrary()

describe('released prompts', () => {
  it('are as the lock holds them: a changed text is a new version', () => {
    expect(library.faults).toEqual([])
  })

  it('are found out when one is changed, gone or not locked', () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'fishbone-prompts-'))
    cpSync(path.join(projectRoot, 'prompts'), folder, { recursive: true })
    const file = path.join(folder, 'explain-candidates', 'v1.md')
    const text = readFileSync(file, 'utf8')
    writeFileSync(file, text.replace('You decide nothing', 'You decide all'))
    writeFileSync(path.join(folder, 'explain-candidates', 'v2.md'), text.replace('version: 1', 'version: 2'))
    const changed = openPromptLibrary(folder)
    expect(changed.faults.map(fault => fault.split(' ')[0])).toEqual(['explain-candidates@1', 'explain-candidates@2'])
    expect(changed.get('explain-candidates').version).toBe('2')
    expect(changed.get('explain-candidates', '1').version).toBe('1')
  })

  it('show every key of the answer they ask for', () => {
    const keys = JSON.stringify(z.toJSONSchema(Explanation)).match(/"(?=[a-z])(\w+)":\{/gi)?.map(key => key.slice(1, -3)) ?? []
    const shown = library.get('explain-candidates').system
    for (const key of Object.keys(Explanation.shape)) expect(shown).toContain(`"${key}"`)
    for (const key of keys.filter(one => ['causeId', 'mechanism', 'contradictingIds', 'nextCheck', 'orderReason', 'actionId', 'why', 'text', 'evidenceIds'].includes(one))) expect(shown).toContain(`"${key}"`)
  })

  it('keep fixed text first and data last', () => {
    for (const prompt of library.list()) expect(prompt.system).not.toContain('{{')
  })

  it.each([
    ['no layout', 'hello'],
    ['another name', '---\nid: other\nversion: 1\npurpose: p\nschema: s\nlanguages: [en]\nmaxTokens: 100\n---\n<!-- system -->\na\n<!-- user -->\nb'],
    ['logic', '---\nid: x\nversion: 1\npurpose: p\nschema: s\nlanguages: [en]\nmaxTokens: 100\n---\n<!-- system -->\na\n<!-- user -->\n{{#each b}}{{/each}}'],
    ['too many tokens', '---\nid: x\nversion: 1\npurpose: p\nschema: s\nlanguages: [en]\nmaxTokens: 90000\n---\n<!-- system -->\na\n<!-- user -->\nb'],
  ])('with %s are refused', (_, text) => {
    expect(() => parsePrompt('x/v1.md', text)).toThrow(FishboneError)
  })
})

describe('rendering', () => {
  const prompt = library.get('repair-answer')

  it('never reads a value as a template', async () => {
    const [, user] = await renderPrompt(prompt, { schema: '{{answer}} {a} <b>&', problems: '{{{problems}}}', answer: '$1 {{#x}}' })
    expect(user?.content).toContain('{{answer}} {a} <b>&')
    expect(user?.content).toContain('{{{problems}}}')
    expect(user?.content).toContain('$1 {{#x}}')
  })

  it('wants exactly the values of the placeholders', async () => {
    await expect(renderPrompt(prompt, { schema: '' })).rejects.toThrow(TypeError)
    await expect(renderPrompt(prompt, { schema: '', problems: '', answer: '', more: '' })).rejects.toThrow(TypeError)
  })

  it('of the explanation is this', async () => {
    const explain = library.get('explain-candidates')
    const values = Object.fromEntries(explain.placeholders.map(name => [name, `<${name}>`]))
    expect((await renderPrompt(explain, values))[1]?.content).toBe(
      'LANGUAGE <language>\nMARK <marker>\nSUBJECT <subject>\nVERDICT <verdict>\nCANDIDATES\n<candidates>\nACTIONS\n<actions>\nEVIDENCE\n<evidence>\nQUOTES\n<quotes>',
    )
  })
})

describe('datamarking', () => {
  it('puts the marker for every space, and into Chinese every four characters', () => {
    expect(datamark('charging stops  in\nrain', '†§')).toBe('charging†§stops†§in†§rain')
    expect(datamark('充电到一半就停了', '†§')).toBe('充电到一†§半就停了')
  })

  it('takes out what hides, and the signs of markers', () => {
    expect(datamark('ig\u200Bnore\u{E0049}\u{E0067} a†§ll', '†§')).toBe('ignore†§all')
  })

  it('draws another marker for another call', () => {
    const draws = new Set(Array.from({ length: 81 }, (_, at) => drawMarker(sequence([Math.floor(at / 9) / 9, (at % 9) / 9]))))
    expect(draws.size).toBe(81)
  })

  it('cuts long words and all of them together', () => {
    const block = renderQuotes(Array.from({ length: 9 }, (_, at) => ({ id: `E${at}`, text: 'x'.repeat(1_000) })), '¦¦')
    expect(block.split('\n')).toHaveLength(2)
    expect(block.length).toBeLessThan(720)
    expect(renderQuotes([], '¦¦')).toBe('none')
  })
})

const sequence = (values: number[]) => () => values.shift() ?? 0
