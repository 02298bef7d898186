/** Parameters of the analyses, under the names of the method note. */
export const analysisParameters = {
  shrinkEvents: 5,
  misBinMonths: [0, 3, 6, 9, 12, 18, 24, 36],
  minEvents: 3,
  minPairEvents: 4,
  alpha: 0.05,
  replicates: 999,
  beam: 25,
  smallDimension: 8,
  pairMargin: 1.5,
  pairPenalty: 1,
  classJaccard: 0.6,
  tieMargin: 2,
  powerShareMin: 0.8,
  causedShare: 0.5,
  minClaims: 5,
  repairWeights: { fixed: 1, returned: 0.5, 'no-trouble-found': 0.2, other: 0.8 },
  confoundRatio: 1.5,
  calendarWeeks: 4,
  swRiskWeeks: 8,
  swWashoutWeeks: 4,
  onsetShare: 0.8,
  dedupDays: 30,
  minLinkWeight: 0.5,
  leaveOutShare: 0.1,
  windowWeeks: [1, 2, 4, 8],
  /** Models, regions and workshops differ by this much in all their troubles: less is no cause. */
  nuisanceRatio: 1.25,
  minExpected: 0.05,
  minVehiclesAtRisk: 30,
} as const

export const minutesPerDay = 1_440
export const minutesPerMonth = 30.4375 * minutesPerDay
