/** Parameters of early warning, under the names of the method note where it has one. */
export const warningParameters = {
  /** Consecutive build weeks of a cohort. */
  scanWindows: [1, 2, 4, 8, 13],
  scanNulls: 500,
  /** Share of null streams that may alarm within `scanHorizon` weeks: one false alarm in 24 stream-years. */
  falseAlarmShare: 0.1,
  scanHorizon: 126,
  /** The same horizon in months. */
  scanHorizonMonths: 29,
  /** Part of `falseAlarmShare` that the companion for fleet-wide causes may spend; the cohort scan has the rest. */
  companionShare: 0.2,
  cusumKappa: 2,
  minEvents: 3,
  shrinkEvents: 5,
  /** Shape of the Gamma factor, mean 1, by which a week's rate of reports strays from its expectation. */
  weekShape: 12,
  /** Reports that are less likely of the class than not stay out. */
  minLinkWeight: 0.5,
  /** Event weeks from which the delay of reports is read. */
  delayWeeks: 105,
  /** Events a stream needs for a delay distribution of its own; below, its component's, then the fleet's. */
  ownDelayEvents: 100,
  /** Trailing months of a table of reports without exposure: the mix of models and the habits of reporting change over more. */
  reportWindowMonths: [12, 24],
  /** Period and late windows in which a wave of reports without exposure is looked for, in months. */
  waveMonths: 24,
  waveWindows: [1, 2, 3, 6],
  wavePermutations: 199,
  /** Share of months in which chance alone may raise a wave anywhere in the table: once in some four years. */
  waveAlarmShare: 0.02,
} as const

export const minutesPerWeek = 10_080
