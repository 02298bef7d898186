/** A value that is made at its first use. */
export type Memoised<T> = ReturnType<typeof memo<T>>

/** Makes a value once, at its first use; a failed attempt is forgotten, so that the next use tries again. */
export const memo = <T>(make: () => T | Promise<T>) => {
  let value: Promise<T> | undefined
  const get = (): Promise<T> => {
    // A make that throws at once must reject too: a caller that waits for several would leave the others unheeded.
    value ??= Promise.resolve().then(make).catch((error: unknown) => {
      value = undefined
      throw error
    })
    return value
  }
  /** The value if it was made, without making it. */
  return Object.assign(get, { made: async (): Promise<T | undefined> => value?.catch(() => undefined) })
}
