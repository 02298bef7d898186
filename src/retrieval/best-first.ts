/** A case in the running: `tier` first, then `fused`, then the lower `idRank`. */
export type Contender = { place: number; tier: number; fused: number; idRank: number }

const isBetter = (a: Contender, b: Contender): boolean =>
  a.tier !== b.tier ? a.tier > b.tier : a.fused !== b.fused ? a.fused > b.fused : a.idRank < b.idRank

/** What is rounded off a fused value, and more: a case this little below the last of the best may still be equal to it. */
const roundedOff = 1e-8

/** Keeps the best few of many in order; nearly every case falls to one comparison with the last of them. */
export function createBestFirst(limit: number) {
  const best: Contender[] = []
  return {
    /** Whether a case with this value, not yet rounded, can be among the best. */
    isWorth(tier: number, fused: number): boolean {
      if (best.length < limit) return true
      const last = best[limit - 1]!
      return tier > last.tier || (tier === last.tier && fused >= last.fused - roundedOff)
    },
    offer(one: Contender): void {
      let at = best.length
      if (at === limit && !isBetter(one, best[limit - 1]!)) return
      while (at > 0 && isBetter(one, best[at - 1]!)) at--
      best.splice(at, 0, one)
      if (best.length > limit) best.pop()
    },
    list: (): readonly Contender[] => best,
  }
}
