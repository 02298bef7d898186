import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { actionTypes } from '../../domain/case.ts'
import { projectRoot } from '../../project-root.ts'

const pattern = z.string().min(1).transform(source => new RegExp(source, 'i'))

const NhtsaRemedies = z.object({ rules: z.array(z.object({ pattern, actionType: z.enum(actionTypes) })) })
const NhtsaComponents = z.object({ components: z.record(z.string(), z.string()) })
const OntologyComponents = z.object({ unclassified: pattern, rules: z.array(z.object({ pattern, component: z.string() })) })

/** Editable tables that turn the words of public formats into keys of the contract and the vocabulary. */
export type ImportTables = {
  nhtsaRemedies: z.infer<typeof NhtsaRemedies>['rules']
  nhtsaComponents: Record<string, string>
  ontologyComponents: z.infer<typeof OntologyComponents>
}

/** Reads the tables of a folder, by default those that ship with Fishbone. */
export function readImportTables(folder = join(projectRoot, 'vocabulary', 'import')): ImportTables {
  const read = (name: string): unknown => JSON.parse(readFileSync(join(folder, name), 'utf8'))
  return {
    nhtsaRemedies: NhtsaRemedies.parse(read('nhtsa-remedies.json')).rules,
    nhtsaComponents: NhtsaComponents.parse(read('nhtsa-components.json')).components,
    ontologyComponents: OntologyComponents.parse(read('ontology-components.json')),
  }
}
