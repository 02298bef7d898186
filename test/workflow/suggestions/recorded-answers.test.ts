import { afterEach, expect, it } from 'vitest'
import path from 'node:path'
import { recordingsFolder } from '../../support/record-model-answers.ts'
import { recordedScript, startScriptedModel } from '../../support/scripted-model-server.ts'
import type { ScriptedModel } from '../../support/scripted-model-server.ts'
import { openTestGateway } from '../../support/test-gateway.ts'
import { factsOf, suggest } from './facts-double.ts'

// Recorded answers over real HTTP. A missing recording means that prompt or evidence changed: npx tsx test/support/record-model-answers.ts

let server: ScriptedModel | undefined
afterEach(() => server?.close())

const replay = async (folder: string, language: 'en' | 'zh') => {
  const script = recordedScript(path.join(recordingsFolder, folder))
  server = await startScriptedModel(script)
  const { gateway } = openTestGateway([{ baseUrl: server.baseUrl }])
  const { set } = await suggest(factsOf(), { language, wording: 'model', parts: { gateway } })
  expect(script.missing, 'record them again: npx tsx test/support/record-model-answers.ts').toEqual([])
  return set
}

it.each(['en', 'zh'] as const)('words a case from a good answer in %s, every sentence checked', async language => {
  const set = await replay('good', language)
  expect(set.provenance).toMatchObject({ wording: 'model', calls: 1, promptId: 'explain-candidates', fallback: null })
  expect(set.dropped.sentences).toBe(0)
})

it.each([
  ['fenced', 'model', null], ['thinking', 'model', null], ['truncated', 'template', 'truncated'], ['refused', 'template', 'refused'], ['html', 'template', 'unavailable'],
  ['not-json', 'template', 'invalid-output'], ['other-schema', 'template', 'invalid-output'],
] as const)('takes an answer that is %s as %s', async (broken, wording, fallback) => {
  const set = await replay(`broken/${broken}`, 'en')
  expect(set.provenance).toMatchObject({ wording, fallback })
  const template = (await suggest(factsOf())).set
  expect(set.rootCauses.map(one => [one.suggestionId, one.confidence])).toEqual(template.rootCauses.map(one => [one.suggestionId, one.confidence]))
  if (wording === 'template') expect(set.rootCauses.map(one => one.mechanism)).toEqual(template.rootCauses.map(one => one.mechanism))
})

it('drops the sentence with a number that no evidence has, and keeps it for the record', async () => {
  const set = await replay('broken/invented-number', 'en')
  expect(set.dropped.kept.map(one => one.text).join(' ')).toContain('7311')
  expect(JSON.stringify({ ...set, dropped: null })).not.toContain('7311')
})
