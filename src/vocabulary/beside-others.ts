import { logit } from './symptom-features.ts'
import type { SymptomTerm } from './vocabulary-files.ts'
import type { Vocabulary } from './vocabulary.ts'

/** A candidate as the judge sees it by itself: `chance` is that of its own features. */
export type Weighed = { key: string; clause: number; isForm: boolean; chance: number }

type Kin = Pick<SymptomTerm, 'group' | 'parent'> | undefined
/** How symptoms hang together: their group and their more general symptom in the vocabulary, and the names readers give instead. */
export type Kinship = { of: (symptom: string) => Kin; otherNames: Readonly<Record<string, readonly string[]>> }

export const createKinship = (vocabulary: Vocabulary, otherNames: Kinship['otherNames']): Kinship =>
  ({ of: key => vocabulary.symptoms.get(key), otherNames })

const areKin = (a: string, kinOfA: Kin, b: string, kinOfB: Kin): boolean => kinOfA?.parent === b || kinOfB?.parent === a || (kinOfA?.parent !== undefined && kinOfA.parent === kinOfB?.parent)

/** Others that together are more than so many faults weigh no heavier. */
const mostOthers = 4

/** What the other symptoms of the text take from a key, or lend it: the highest chance of each kind of other. */
function rivalsOf(key: string, own: number, likeliest: ReadonlyMap<string, number>, { of, otherNames }: Kinship) {
  const kin = of(key)
  const rivals = { highest: 0, sum: 0, ahead: 0, group: 0, groupSum: 0, kin: 0, nameOf: 0, nameFor: 0 }
  for (const [other, chance] of likeliest) {
    if (other === key) continue
    rivals.highest = Math.max(rivals.highest, chance)
    rivals.sum += chance
    if (chance > own) rivals.ahead++
    const kinOfOther = of(other)
    if (kin !== undefined && kinOfOther?.group === kin.group) [rivals.group, rivals.groupSum] = [Math.max(rivals.group, chance), rivals.groupSum + chance]
    if (areKin(key, kin, other, kinOfOther)) rivals.kin = Math.max(rivals.kin, chance)
    if (otherNames[other]?.includes(key)) rivals.nameOf = Math.max(rivals.nameOf, chance)
    if (otherNames[key]?.includes(other)) rivals.nameFor = Math.max(rivals.nameFor, chance)
  }
  return rivals
}

/**
 * Features of the second look (stacked generalisation, Wolpert 1992): what each candidate is worth by itself, beside what the others of its text are worth.
 * By itself a catch-all name, or the name of a neighbour, looks as likely beside the right one as without it.
 */
export function featuresBesideOthers(all: readonly Weighed[], kinship: Kinship): Record<string, number>[] {
  const likeliest = new Map<string, number>()
  for (const { key, chance } of all) likeliest.set(key, Math.max(likeliest.get(key) ?? 0, chance))
  return all.map(({ key, clause, isForm, chance }) => {
    const best = likeliest.get(key) as number
    const rivals = rivalsOf(key, best, likeliest, kinship)
    const inClause = all.reduce((highest, other) => (other.clause === clause && other.key !== key ? Math.max(highest, other.chance) : highest), 0)
    return {
      bias: 1, first: logit(chance) / 4, form: Number(isForm),
      inClause, highest: rivals.highest, formHighest: Number(isForm) * rivals.highest, sum: Math.min(mostOthers, rivals.sum) / 2, leads: Number(chance >= rivals.highest), ahead: rivals.ahead / 4,
      elsewhere: Number(best > chance), elsewhereBy: best - chance,
      group: rivals.group, groupSum: rivals.groupSum, kin: rivals.kin, nameOf: rivals.nameOf, nameFor: rivals.nameFor, outnamed: Number(rivals.nameOf > chance),
    }
  })
}
