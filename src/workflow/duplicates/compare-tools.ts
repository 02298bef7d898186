import type { DuplicateRules } from './duplicate-rules.ts'
import { createJudgeOtherCar, type JudgeOtherCar } from './judge-other-car.ts'
import type { LikenessThreshold } from './likeness-thresholds.ts'
import { createReadCompared, createShareClass, type ReadCompared, type ReadReport } from './read-compared.ts'
import type { SayGround } from './reason-words.ts'
import { createJudgeSameReport } from './same-report.ts'
import { createSettleCar, type SettleCar } from './settle-car.ts'

/** The rules that hold for one process, made once. */
export type CompareTools = {
  rules: DuplicateRules
  read: ReadCompared
  say: SayGround
  /** The judges for what is usual among the texts that are there. */
  judgesFor(threshold: LikenessThreshold): Judges
}

export type Judges = { settleCar: SettleCar; otherCar: JudgeOtherCar }

export const createCompareTools = ({ rules, say, vocabulary }: {
  rules: DuplicateRules
  say: SayGround
  vocabulary: { ancestorsOf(key: string): string[] }
}): CompareTools => {
  const shareClass = createShareClass(component => vocabulary.ancestorsOf(component)[0])
  const judge = createJudgeSameReport({ rules, shareClass })
  return {
    rules,
    say,
    read: createReadCompared(rules),
    judgesFor(threshold) {
      const likeness = (a: ReadReport, b: ReadReport): number => threshold(a.language, b.language)
      return {
        settleCar: createSettleCar({ rules, shareClass, judge, likeness }),
        otherCar: createJudgeOtherCar({ rules, shareClass, judge, likeness }),
      }
    },
  }
}
