import type { SymptomClass } from '../../domain/fleet.ts'
import { streamKey } from './warning-streams.ts'

const covers = (whole: string | null, part: string | null): boolean => whole === null || whole === part

/** Whether one stream holds the reports of the other: a class and its component, or its symptom, alone. */
export const isNested = (one: SymptomClass, other: SymptomClass): boolean =>
  (covers(one.component, other.component) && covers(one.symptom, other.symptom)) || (covers(other.component, one.component) && covers(other.symptom, one.symptom))

const sides = ({ component, symptom }: SymptomClass): number => Number(component !== null) + Number(symptom !== null)

/** What naming one more side of a class is worth, in nats: the sides alone hold the same reports and now and then one more. */
const preciseNats = 0.5

const worth = (alarm: SymptomClass & { llr: number }): number => alarm.llr + preciseNats * sides(alarm)

/**
 * One alarm a problem: of alarms of nested streams that mean the same cars, the one with the most evidence, of near equals the most precise; the
 * streams of the others are named with it. Best first.
 */
export const strongestOfNested = <A extends SymptomClass & { llr: number }>(
  alarms: readonly A[],
  meanTheSameCars: (one: A, other: A) => boolean,
): (A & { nested: SymptomClass[] })[] => {
  const kept: (A & { nested: SymptomClass[] })[] = []
  for (const alarm of alarms.toSorted((a, b) => worth(b) - worth(a))) {
    const told = kept.filter(one => streamKey(one) !== streamKey(alarm) && isNested(one, alarm) && meanTheSameCars(one, alarm))
    for (const one of told) one.nested.push({ component: alarm.component, symptom: alarm.symptom })
    if (told.length === 0) kept.push({ ...alarm, nested: [] })
  }
  return kept
}
