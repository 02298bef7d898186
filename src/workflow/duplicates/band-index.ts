/** A text held by the hashes of its bands. */
export type BandedText = { id: string; hasVehicle: boolean; hashes: readonly number[] }

export type SharedBands = { bands: number; hasVehicle: boolean }

export type BandIndex = {
  add(text: BandedText): void
  /** Counts into `shared`, by text, how many of the hashes each shares. */
  count(hashes: readonly number[], shared: Map<string, SharedBands>): void
  /** Entries held: what it costs, at 8 bytes each. */
  readonly size: number
}

/** Owners of one index are told apart in 20 bits: hash and owner together are exact in a double. */
const owners = 2 ** 20
/** Entries of new texts lie beside the sorted table until they are so many: looking through them is cheaper than merging a week for every few short texts. */
const mostLoose = 2_048

/** Texts of one week by their bands: one sorted table of hash and text, a few bytes a band. */
export const createBandIndex = (texts: readonly BandedText[]): BandIndex => {
  const ids: string[] = []
  const hasVehicle: boolean[] = []
  let table = new Float64Array(0)
  let loose: number[] = []

  const enter = ({ id, hasVehicle: isOfCar, hashes }: BandedText): void => {
    const owner = ids.push(id) - 1
    hasVehicle.push(isOfCar)
    if (owner < owners) for (const hash of hashes) loose.push(hash * owners + owner)
  }
  const sort = (): void => {
    table = mergeSorted(table, Float64Array.from(loose).sort())
    loose = []
  }
  const note = (entry: number, shared: Map<string, SharedBands>): void => {
    const owner = entry % owners
    const id = ids[owner]!
    shared.set(id, { bands: (shared.get(id)?.bands ?? 0) + 1, hasVehicle: hasVehicle[owner]! })
  }
  const firstOf = (hash: number): number => {
    let [low, high] = [0, table.length]
    while (low < high) {
      const middle = (low + high) >>> 1
      if (table[middle]! < hash * owners) low = middle + 1
      else high = middle
    }
    return low
  }

  for (const text of texts) enter(text)
  sort()
  return {
    add(text) {
      enter(text)
      if (loose.length > mostLoose) sort()
    },
    count(hashes, shared) {
      const asked = loose.length > 0 ? new Set(hashes) : null
      for (const hash of hashes) for (let at = firstOf(hash); at < table.length && table[at]! < (hash + 1) * owners; at++) note(table[at]!, shared)
      if (asked) for (const entry of loose) if (asked.has(Math.floor(entry / owners))) note(entry, shared)
    },
    get size() {
      return table.length + loose.length
    },
  }
}

/** A week holds many times what is new: sorting all of it again for each few texts would cost more than anything else that is done with them. */
function mergeSorted(a: Float64Array<ArrayBuffer>, b: Float64Array<ArrayBuffer>): Float64Array<ArrayBuffer> {
  if (a.length === 0) return b
  const all = new Float64Array(a.length + b.length)
  let [ofA, ofB] = [0, 0]
  for (let at = 0; at < all.length; at++) all[at] = ofB === b.length || (ofA < a.length && a[ofA]! <= b[ofB]!) ? a[ofA++]! : b[ofB++]!
  return all
}
