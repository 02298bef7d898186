/**
 * Groups texts so that padding stays cheap: sorted by length, a group is closed when it holds `maxTexts`
 * or when its texts, all padded to the longest, would exceed `maxPadded`.
 *
 * @param lengths one a text, in any unit.
 * @returns indexes into `lengths`; every index once; a text longer than `maxPadded` stands alone.
 */
export function groupByLength(lengths: readonly number[], limits: { maxTexts: number; maxPadded: number }): number[][] {
  const order = lengths.map((_, index) => index).sort((a, b) => (lengths[a] ?? 0) - (lengths[b] ?? 0) || a - b)
  const groups: number[][] = []
  let group: number[] = []
  for (const index of order) {
    const padded = (group.length + 1) * (lengths[index] ?? 0)
    if (group.length > 0 && (group.length >= limits.maxTexts || padded > limits.maxPadded)) {
      groups.push(group)
      group = []
    }
    group.push(index)
  }
  if (group.length > 0) groups.push(group)
  return groups
}
