import type { DuplicateRules } from './duplicate-rules.ts'
import { createJudgeOtherCar, type JudgeOtherCar } from './judge-other-car.ts'
import type { Likeness } from './likeness.ts'
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

export type Judges = { settleCar: SettleCar; otherCar: JudgeOtherCar }

export const createCompareTools = ({ rules, say, vocabulary }: {
  rules: DuplicateRules
  say: SayGround
  vocabulary: { ancestorsOf(key: string): string[] }
}): CompareTools => {
  const shareClass = createShareClass(component => vocabulary.ancestorsOf(component)[0])
  const shareSystem = createShareSystem(key => vocabulary.ancestorsOf(key))
  return {
    rules,
    say,
    read: createReadCompared(rules),
    judgesFor(likeness) {
      const meaningOf = createCompareMeaning(likeness)
      const { judge, isOneEvent, tellOfTwo } = createJudgeSameReport({ rules, shareClass, shareSystem, meaningOf })
      return {
        settleCar: createSettleCar({ rules, shareClass, judge, isOneEvent, tellOfTwo, meaningOf }),
        otherCar: createJudgeOtherCar({ rules, shareClass, judge, meaningOf }),
      }
    },
  }
}
