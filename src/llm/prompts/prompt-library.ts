import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { z } from 'zod'
import { FishboneError } from '../../domain/error.ts'
import { projectRoot } from '../../project-root.ts'
import { parsePrompt } from './prompt-file.ts'
import type { Prompt } from './prompt-file.ts'

const Lock = z.record(z.string(), z.string().regex(/^[0-9a-f]{64}$/))

/** `id@version`, under which the lock knows a prompt. */
export const promptKey = ({ id, version }: Pick<Prompt, 'id' | 'version'>): string => `${id}@${version}`

export type PromptLibrary = {
  /** @throws FB_CONFIG_INVALID where there is no such prompt. */
  get(id: string, version?: string): Prompt
  list(): Prompt[]
  /** What differs from `prompts.lock.json`: a released text that changed, one that is gone, one that is not locked yet. */
  faults: string[]
}

/**
 * All prompts of a folder; the highest version of each is the one that runs.
 *
 * @throws FB_CONFIG_INVALID
 */
export const openPromptLibrary = (folder: string = path.join(projectRoot, 'prompts')): PromptLibrary => {
  const names = readdirSync(folder, { withFileTypes: true }).filter(entry => entry.isDirectory()).map(entry => entry.name).sort()
  const prompts = names.flatMap(name =>
    readdirSync(path.join(folder, name)).filter(file => file.endsWith('.md')).sort()
      .map(file => parsePrompt(`${name}/${file}`, readFileSync(path.join(folder, name, file), 'utf8'))),
  )
  const lock = Lock.parse(JSON.parse(readFileSync(path.join(folder, 'prompts.lock.json'), 'utf8')))
  const byKey = new Map(prompts.map(prompt => [promptKey(prompt), prompt]))
  return {
    get(id, version) {
      const found = version === undefined ? latest(prompts.filter(prompt => prompt.id === id)) : byKey.get(`${id}@${version}`)
      if (!found) throw new FishboneError('FB_CONFIG_INVALID', `there is no prompt ${id}${version === undefined ? '' : ` version ${version}`}`, { details: { id, version } })
      return found
    },
    list: () => [...prompts],
    faults: [
      ...Object.entries(lock).flatMap(([key, sha256]) => {
        const prompt = byKey.get(key)
        if (!prompt) return [`${key} was released and its file is gone`]
        return prompt.sha256 === sha256 ? [] : [`${key} was released and its text changed: write a new version instead`]
      }),
      ...prompts.filter(prompt => !(promptKey(prompt) in lock)).map(prompt => `${promptKey(prompt)} is not in prompts.lock.json: add "${promptKey(prompt)}": "${prompt.sha256}"`),
    ],
  }
}

const latest = (versions: readonly Prompt[]): Prompt | undefined => versions.toSorted((a, b) => Number(b.version) - Number(a.version))[0]
