import { jaccard } from '../../domain/near-text.ts'
import type { PairFeature } from './pair-feature-names.ts'
import type { CompareMeaning, Meaning, ReadReport, ShareSystem } from './read-compared.ts'
import { sharedDetails } from './told-details.ts'

export type PairFeatures = Readonly<Record<PairFeature, number>>

export type ReadPair = (a: ReadReport, b: ReadReport) => PairFeatures

/** Shares of likeness nearer to 0 or 1 say no more. */
const leastShare = 0.003
/** Two texts that sound less alike than e^-6 are surely heard as two symptoms. */
const leastSound = -6
const mostDetails = 3

const logOdds = (share: number): number => Math.max(-4, Math.min(4.6, Math.log((share + leastShare) / (1 + leastShare - share))))
const scriptOf = (language: string | null): string => (language?.startsWith('zh') ? 'zh' : language === 'mixed' ? 'mixed' : 'en')

/** The chance that both texts tell the same symptom, were each drawn from what it sounds like; its logarithm. */
function soundTogether(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let sum = 0
  for (let at = 0; at < a.length; at++) sum += a[at]! * b[at]!
  return Math.max(leastSound, Math.log(sum + 1e-9))
}

type Kinship = 'sameClass' | 'openClass' | 'openComponent' | 'otherSymptom' | 'none'
const closest: readonly Kinship[] = ['sameClass', 'openClass', 'openComponent', 'otherSymptom', 'none']

/** How near the nearest of what both were linked to is. */
function kinshipOf(a: ReadReport, b: ReadReport, isRelated: (a: string, b: string) => boolean): Kinship {
  const found = new Set<Kinship>(['none'])
  for (const one of a.classes)
    for (const other of b.classes) {
      const related = one.component !== null && other.component !== null && isRelated(one.component, other.component)
      const isOpen = one.component === null || other.component === null
      if (one.symptom !== null && one.symptom === other.symptom && (related || isOpen)) found.add(related ? 'sameClass' : 'openClass')
      else if (related) found.add(one.symptom === null || other.symptom === null ? 'openComponent' : 'otherSymptom')
    }
  return closest.find(kinship => found.has(kinship)) ?? 'none'
}

const symptomsOf = ({ classes }: ReadReport): string[] => classes.flatMap(({ symptom }) => symptom ?? [])
const namesPart = ({ classes }: ReadReport): boolean => classes.some(({ component }) => component !== null)
const namesOther = (a: ReadonlySet<string>, b: ReadonlySet<string>): boolean => a.size > 0 && b.size > 0 && ![...a].some(one => b.has(one))

/** @param parentOf the next component up in the vocabulary. Conflicts of position, code and number are no features: they decide by themselves. */
export const createReadPair = ({ parentOf, shareSystem, meaningOf }: {
  parentOf: (component: string) => string | undefined
  shareSystem: ShareSystem
  meaningOf: CompareMeaning
}): ReadPair => {
  const isRelated = (a: string, b: string): boolean => a === b || parentOf(a) === b || parentOf(b) === a
  return (a, b) => {
    const meaning: Meaning = meaningOf(a, b)
    const alike = meaning === null ? 0 : logOdds(meaning.share)
    const unread = Number(a.classes.length === 0) + Number(b.classes.length === 0)
    const isAcross = scriptOf(a.language) !== scriptOf(b.language)
    const kinship = kinshipOf(a, b, isRelated)
    const [ofA, ofB] = [symptomsOf(a), symptomsOf(b)]
    const isOneSymptom = ofA.some(symptom => ofB.includes(symptom))
    const isOneSystem = kinship === 'none' && shareSystem(a.classes, b.classes)
    const isOtherPart = kinship === 'none' && isOneSymptom && namesPart(a) && namesPart(b)
    return {
      alikeAcross: isAcross ? alike : 0, alikeUnread: unread > 0 ? alike : 0, sounds: soundTogether(a.sound(), b.sound()),
      sameClass: Number(kinship === 'sameClass'), openClass: Number(kinship === 'openClass'), openComponent: Number(kinship === 'openComponent'), otherSymptom: Number(kinship === 'otherSymptom'),
      sameSystem: Number(isOneSystem && ofA.length > 0 && ofB.length > 0 && !isOneSymptom),
      nothingShared: Number(kinship === 'none' && !isOneSystem && unread === 0 && !isOtherPart),
      otherPart: Number(isOtherPart), bothUnread: Number(unread === 2), service: Number(a.isService || b.isService),
      details: Math.min(mostDetails, sharedDetails(a.details, b.details).length),
      otherCondition: Number(namesOther(a.conditions, b.conditions)),
      wordsNotClass: isAcross || kinship === 'sameClass' || kinship === 'openClass' ? 0 : jaccard(a.near.shingles, b.near.shingles),
    }
  }
}
