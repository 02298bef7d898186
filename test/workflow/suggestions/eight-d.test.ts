import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import type { IssueFacts } from '../../../src/graph/ports/suggestions.ts'
import { draftEightD, parseEightDWording } from '../../../src/workflow/suggestions/eight-d/draft-8d.ts'
import { eightDHtml, eightDMarkdown } from '../../../src/workflow/suggestions/eight-d/render-8d.ts'
import { factsOf, suggest } from './facts-double.ts'

const wording = parseEightDWording(JSON.parse(readFileSync(new URL('../../../vocabulary/wording/eight-d.json', import.meta.url), 'utf8')))

const issue: IssueFacts = {
  issueId: 'ISS-1', component: 'traction-battery', symptom: 'charging-stops', model: 'ES8', state: 'd3', severity: 9, openedAt: '2023-01-10T06:12:46.000Z',
  reportCount: 41, firstOccurredAt: '2022-11-02T00:00:00Z', lastOccurredAt: '2023-01-30T00:00:00Z', examples: [], triages: [], vehicleIds: [],
}

const drafted = async (language: 'en' | 'zh', change: (set: Awaited<ReturnType<typeof suggest>>['set']) => void = () => {}) => {
  const { set } = await suggest(factsOf(), { language })
  change(set)
  return draftEightD(issue, set, wording, key => key)
}

it('has D0 to D8 with what is known, and names what only people can bring', async () => {
  const draft = await drafted('en')
  expect(draft.disciplines.map(one => one.discipline)).toEqual(['D0', 'D1', 'D2', 'D3', 'D4', 'D5', 'D6', 'D7', 'D8'])
  expect(draft.disciplines.filter(one => one.emptySlots.length === 0)).toEqual([])
  const texts = draft.disciplines.flatMap(one => one.entries.map(entry => `${one.discipline} ${entry.text}`))
  expect(texts).toContain('D0 Issue ISS-1, state d3, opened 2023-01-10')
  expect(texts).toContain('D0 Severity 9 of 10')
  expect(texts).toContain('D2 41 reports from 2022-11-02 to 2023-01-30')
  expect(texts.find(text => text.startsWith('D3 14 in stock'))).toBe('D3 14 in stock, 9 in transit, 22 at outlets, 412 sold, as of 2023-02-01; until 2023-03-03')
  // Only what a person chose is put into effect.
  expect(texts.filter(text => text.startsWith('D6'))).toEqual([])
})

it('leaves out what was rejected, words what was edited, and plans to verify what was chosen', async () => {
  const draft = await drafted('en', set => {
    set.containment[0]!.status = 'rejected'
    const [first] = set.corrective
    first!.status = 'edited'
    first!.decisions = [{ verdict: 'edited', by: 'li', at: '2023-02-02T00:00:00Z', reason: null, edited: 'Cure for 40 minutes.' }] as never
  })
  const entries = (name: string) => draft.disciplines.find(one => one.discipline === name)!.entries
  expect(entries('D3').some(one => one.text.startsWith('Block '))).toBe(false)
  expect(entries('D5')[0]).toMatchObject({ text: 'Cure for 40 minutes.', status: 'edited' })
  expect(entries('D6')).toHaveLength(1)
})

it('is a page in either language in which the words of people stay words', async () => {
  const draft = await drafted('zh', set => {
    set.subject.label = '<script>alert(1)</script> [x](http://evil.example) *刹车*'
  })
  const html = eightDHtml(draft, wording)
  expect(html).toContain('<html lang="zh">')
  expect(html).toContain('临时围堵措施')
  expect(html).not.toMatch(/<script|href="http/)
  expect(html.match(/class="slot"/g)!.length).toBeGreaterThanOrEqual(9)
  const cited = [...html.matchAll(/href="#(E\d+)"/g)].map(match => match[1])
  expect(cited.filter(id => !html.includes(`<li id="${id}">`))).toEqual([])
  const markdown = eightDMarkdown(draft, wording)
  expect(markdown).toContain('\\<script\\>alert(1)\\</script\\> \\[x\\](http://evil.example) \\*刹车\\*')
  expect(markdown).toContain('- [ ] 待补充: ')
})
