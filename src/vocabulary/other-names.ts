/** A symptom that was told: by the words of a form, or by what its clause sounds like. */
type Told = { key: string; clause: number; isForm: boolean }

/**
 * Drops what a form of the same clause says already: "I smell gas" tells a fuel leak, and who hears an odor in it hears the same words.
 *
 * @param otherNames by symptom, those that readers often gave instead of it.
 */
export function withoutOtherNames<T extends Told>(told: readonly T[], otherNames: Readonly<Record<string, readonly string[]>>): T[] {
  const said = new Map<number, string[]>()
  for (const { key, clause, isForm } of told) if (isForm && otherNames[key] !== undefined) said.set(clause, [...(said.get(clause) ?? []), ...otherNames[key]])
  return said.size === 0 ? [...told] : told.filter(({ key, clause, isForm }) => isForm || !said.get(clause)?.includes(key))
}
