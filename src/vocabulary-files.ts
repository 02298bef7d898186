import { readFileSync, readdirSync } from 'node:fs'
import path from 'node:path'
import { FishboneError } from './domain/error.ts'
import { projectRoot } from './project-root.ts'
import type { VocabularyFiles } from './vocabulary/index.ts'

function readJson(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch (cause) {
    const name = path.basename(file)
    throw new FishboneError('FB_VOCABULARY_INVALID', `${name} cannot be read as JSON`, { cause, details: { file: name } })
  }
}

/** Joins the files of a folder, in order of their names; a key that stands in two of them is a fault. */
function readFolder(folder: string): Record<string, unknown> {
  const joined: Record<string, unknown> = {}
  for (const file of readdirSync(folder).filter(name => name.endsWith('.json')).sort()) {
    for (const [key, term] of Object.entries(readJson(path.join(folder, file)) as Record<string, unknown>)) {
      if (key in joined) throw new FishboneError('FB_VOCABULARY_INVALID', `${file} defines ${key} again`, { details: { file, key } })
      joined[key] = term
    }
  }
  return joined
}

/**
 * Reads the editable files of `vocabulary/`; `createVocabulary` checks their content.
 *
 * @throws FB_VOCABULARY_INVALID where a file is missing, is not JSON, or defines a key that another one has.
 */
export function readVocabularyFiles(folder: string = path.join(projectRoot, 'vocabulary')): VocabularyFiles {
  const read = (stem: string): Record<string, unknown> => readJson(path.join(folder, `${stem}.json`)) as Record<string, unknown>
  return {
    patterns: read('patterns'),
    components: { components: readFolder(path.join(folder, 'components')), ...read('ambiguous-components') },
    symptoms: { symptoms: readFolder(path.join(folder, 'symptoms')), ...read('fault-words') },
    hazards: read('hazards'),
    severity: read('severity'),
    cues: read('cues'),
    spoken: readFolder(path.join(folder, 'spoken')),
    calibration: {
      wording: read(path.join('calibration', 'wording')), prototypes: read(path.join('calibration', 'prototypes')),
      componentWording: read(path.join('calibration', 'component-wording')), componentPrototypes: read(path.join('calibration', 'component-prototypes')),
      labels: read(path.join('calibration', 'labeller', 'labels')), links: read(path.join('calibration', 'links')),
    },
  } as VocabularyFiles
}

/** Folder of the text labeller, for the embedder to load. */
export const labellerFolder = path.join(projectRoot, 'vocabulary', 'calibration', 'labeller')

/**
 * Reads the words in which a part of Fishbone speaks to a person; who says them checks their shape.
 *
 * @throws FB_VOCABULARY_INVALID where the file is missing or is not JSON.
 */
export const readWording = (stem: string, folder: string = path.join(projectRoot, 'vocabulary', 'wording')): unknown => readJson(path.join(folder, `${stem}.json`))

/**
 * Reads the rules of triage (`vocabulary/triage/`); `createTriageRules` checks their content.
 *
 * @throws FB_VOCABULARY_INVALID where a file is missing or is not JSON.
 */
export const readTriageRuleFiles = (folder: string = path.join(projectRoot, 'vocabulary', 'triage')) => {
  const read = (stem: string): unknown => readJson(path.join(folder, `${stem}.json`))
  return { departments: read('departments'), sentiment: read('sentiment'), topics: read('topics'), escalation: read('escalation'), judge: read('judge') }
}

/**
 * Reads `vocabulary/glossary.json`, the words by which a text is searched for in the other language; `createWordGlossary` checks its content.
 *
 * @throws FB_VOCABULARY_INVALID where the file is missing or is not JSON.
 */
export const readGlossaryFile = (folder: string = path.join(projectRoot, 'vocabulary')): unknown => readJson(path.join(folder, 'glossary.json'))
