import { decideVerdict, type VerdictInput } from '../../../src/analysis/verdict.ts'

const leads: VerdictInput = {
  claims: 40, withoutExposure: 0, pValue: 0.001, powerShare: 0.9, leader: { known: true, associationOnly: false, score: 9, vanishesInStrata: false }, margin: 5, weightedDisagrees: false,
}
const inputs: VerdictInput[] = [
  leads,
  { ...leads, claims: 4 },
  { ...leads, withoutExposure: 41 },
  { ...leads, pValue: 0.4 },
  { ...leads, pValue: 0.4, powerShare: 0.1 },
  { ...leads, leader: { known: false, associationOnly: false, score: 9, vanishesInStrata: false } },
  { ...leads, leader: { known: true, associationOnly: true, score: 9, vanishesInStrata: false } },
  { ...leads, leader: { known: true, associationOnly: false, score: 9, vanishesInStrata: true } },
  { ...leads, weightedDisagrees: true },
  { ...leads, margin: 1 },
]

/** Every reason that the engine gives, as it gives it. */
export const verdictReasonsOfEngine = inputs.map(input => decideVerdict(input).reason)
