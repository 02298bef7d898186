/** Uniform numbers in [0, 1), the same sequence for the same seed on every machine. */
export type Random = () => number

/**
 * Small fast counting generator with 128 bits of state.
 *
 * @param seed whole number; the first 12 outputs are thrown away, so that near seeds part.
 * @see Doty-Humphrey, PractRand, sfc32.
 */
export const createRandom = (seed: number): Random => {
  let [a, b, c, counter] = [seed >>> 0, Math.floor(seed / 2 ** 32) >>> 0, 0x9e3779b9, 1]
  const next = (): number => {
    const t = (((a + b) | 0) + counter) | 0
    counter = (counter + 1) | 0
    a = b ^ (b >>> 9)
    b = (c + (c << 3)) | 0
    c = ((c << 21) | (c >>> 11)) + t
    c |= 0
    return (t >>> 0) / 2 ** 32
  }
  for (let i = 0; i < 12; i++) next()
  return next
}
