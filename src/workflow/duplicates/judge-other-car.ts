import type { DuplicateRules } from './duplicate-rules.ts'
import type { Judgement } from './ground.ts'
import { positionConflict } from './position-words.ts'
import { daysApart, type CompareMeaning, type ReadReport, type ShareClass } from './read-compared.ts'
import type { JudgeSameReport } from './same-report.ts'

/** How two reports belong together of which at least one names no car, or that name two; null where they do not. */
export type JudgeOtherCar = (earlier: ReadReport, later: ReadReport) => Judgement | null

const equalWords = (a: string | null, b: string | null): boolean => a !== null && b !== null && a.trim().toLowerCase() === b.trim().toLowerCase()
const contradict = (a: string | null, b: string | null): boolean => a !== null && b !== null && !equalWords(a, b)

/**
 * Two known cars are two reports, whatever the words: at most `similar`. Where a car is not named, one reporter with one model is as good as one
 * car, and one model may hold a report told twice. `similar` asks for a cosine over the threshold, the same component and a symptom that fits.
 */
export const createJudgeOtherCar = ({ rules, shareClass, judge, meaningOf }: {
  rules: DuplicateRules
  shareClass: ShareClass
  judge: JudgeSameReport
  meaningOf: CompareMeaning
}): JudgeOtherCar => {
  const sameEvent: JudgeOtherCar = (earlier, later) => {
    if (earlier.vehicleId !== null && later.vehicleId !== null) return null
    if (contradict(earlier.model, later.model) || contradict(earlier.region, later.region)) return null
    if (earlier.personRef !== null && earlier.personRef === later.personRef) return judge(earlier, later, 'sameReporter') ?? sameReporterIssue(earlier, later)
    if (!equalWords(earlier.model, later.model) || hasOtherOdometer(earlier, later)) return null
    return judge(earlier, later, 'sameModel')
  }

  const sameReporterIssue: JudgeOtherCar = (earlier, later) => {
    const days = daysApart(earlier, later)
    const shared = shareClass(earlier.classes, later.classes)
    return shared && days <= rules.days.sameIssue && positionConflict(earlier.positions, later.positions) === null
      ? { relation: 'same-issue', score: 0.8, method: shared.kind === 'class' ? 'same-class' : 'same-component', ground: { who: 'sameReporter', shared, days } }
      : null
  }

  const hasOtherOdometer = (a: ReadReport, b: ReadReport): boolean =>
    a.odometerKm !== null && b.odometerKm !== null && Math.abs(a.odometerKm - b.odometerKm) > rules.detail.odometerKm

  const similar: JudgeOtherCar = (earlier, later) => {
    const meaning = meaningOf(earlier, later)
    const shared = similarClass(earlier, later)
    if (meaning === null || shared === null || meaning.share < rules.cosine.similar) return null
    const { cosine } = meaning
    const isKnown = earlier.vehicleId !== null && later.vehicleId !== null
    return { relation: 'similar', score: cosine, method: 'embedding', ground: { who: isKnown ? 'otherCar' : 'unknownCar', shared, cosine } }
  }

  /** The same component, and the same symptom or one of them left open. */
  const similarClass = (a: ReadReport, b: ReadReport) => {
    const pairs = a.classes.flatMap(one => b.classes.map(other => ({ one, other }))).filter(({ one, other }) => one.component !== null && one.component === other.component)
    const best = pairs.find(({ one, other }) => one.symptom !== null && one.symptom === other.symptom) ?? pairs.find(({ one, other }) => one.symptom === null || other.symptom === null)
    if (!best) return null
    const symptom = best.one.symptom === best.other.symptom ? best.one.symptom : null
    return { kind: symptom === null ? ('component' as const) : ('class' as const), component: best.one.component, symptom }
  }

  return (earlier, later) => {
    if (earlier.vehicleId !== null && earlier.vehicleId === later.vehicleId) return null
    return sameEvent(earlier, later) ?? similar(earlier, later)
  }
}
