/** How much the best text of a case counts beside its own prose, which is the first. */
const bestShare = 0.5

/** Half the case's own prose, half the best of its texts, itself included; the value itself where it is the only one. */
export const bestOfTexts = (values: readonly number[]): number => {
  const [own = 0] = values
  return (1 - bestShare) * own + bestShare * values.reduce((best, value) => Math.max(best, value), own)
}
