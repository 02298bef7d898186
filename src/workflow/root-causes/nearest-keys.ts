const pairsOf = (text: string): string[] => {
  const letters = ` ${text.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, ' ').trim()} `
  return Array.from({ length: Math.max(0, letters.length - 1) }, (_, i) => letters.slice(i, i + 2))
}

/** Keys most like a mistyped name, best first, by shared letter pairs (Dice coefficient); ties in order of the alphabet. */
export const nearestKeys = (name: string, keys: Iterable<string>, count: number): string[] => {
  const wanted = pairsOf(name)
  const likeness = (key: string): number => {
    const own = pairsOf(key)
    const left = [...wanted]
    const shared = own.filter(pair => {
      const at = left.indexOf(pair)
      if (at >= 0) left.splice(at, 1)
      return at >= 0
    }).length
    return (2 * shared) / (wanted.length + own.length)
  }
  return [...keys]
    .map(key => ({ key, likeness: likeness(key) }))
    .sort((a, b) => b.likeness - a.likeness || (a.key < b.key ? -1 : 1))
    .slice(0, count)
    .map(one => one.key)
}
