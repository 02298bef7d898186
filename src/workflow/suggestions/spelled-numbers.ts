import { spell, spellShare } from '../root-causes/wording.ts'

/** Numbers as sentences show them: rounded so that the shown digits hold, `–` where there is none. */
export const spelled = (values: Readonly<Record<string, number | null | undefined>>): Record<string, string> =>
  Object.fromEntries(Object.entries(values).map(([name, value]) => [name, value === null || value === undefined ? '–' : spell(value)]))

export { spell, spellShare }
