import type { DuplicateRules } from './duplicate-rules.ts'
import { createJudgeOtherCar, type JudgeOtherCar } from './judge-other-car.ts'
import type { Likeness } from './likeness.ts'
import { createPairChance, type PairChance } from './pair-chance.ts'
import { createReadPair, type ReadPair } from './pair-features.ts'
import { createCompareMeaning, createReadCompared, createShareClass, createShareSystem, type ReadCompared } from './read-compared.ts'
import type { SayGround } from './reason-words.ts'
import { createJudgeSameReport } from './same-report.ts'
import { createSettleCar, type SettleCar } from './settle-car.ts'

/** The rules that hold for one process, made once. */
export type CompareTools = {
  rules: DuplicateRules
  read: ReadCompared
  say: SayGround
  /** The judges for what is usual among the texts that are there. */
  judgesFor(likeness: Likeness): Judges
}

export type Judges = { readPair: ReadPair; settleCar: SettleCar; otherCar: JudgeOtherCar }

export const createCompareTools = ({ rules, say, vocabulary, soundsLike, chanceFrom }: {
  rules: DuplicateRules
  say: SayGround
  vocabulary: { ancestorsOf(key: string): string[] }
  /** Belief over symptoms, in one order for all texts. */
  soundsLike: (text: string) => ArrayLike<number>
  /** Another chance than that of the rules, for whoever fits it. */
  chanceFrom?: (readPair: ReadPair) => PairChance
}): CompareTools => {
  const parentOf = (component: string): string | undefined => vocabulary.ancestorsOf(component)[0]
  const shareClass = createShareClass(parentOf)
  const shareSystem = createShareSystem(key => vocabulary.ancestorsOf(key))
  return {
    rules,
    say,
    read: createReadCompared(rules, soundsLike),
    judgesFor(likeness) {
      const meaningOf = createCompareMeaning(likeness)
      const readPair = createReadPair({ parentOf, shareSystem, meaningOf })
      const chanceOf = chanceFrom?.(readPair) ?? createPairChance({ rules, readPair, meaningOf })
      const { judge, tellOfTwo, saysOneSymptomOfTwoParts } = createJudgeSameReport({ rules, shareClass, chanceOf, meaningOf })
      return {
        readPair,
        settleCar: createSettleCar({ rules, shareClass, judge, tellOfTwo, saysOneSymptomOfTwoParts, chanceOf, meaningOf }),
        otherCar: createJudgeOtherCar({ rules, shareClass, judge, meaningOf }),
      }
    },
  }
}
