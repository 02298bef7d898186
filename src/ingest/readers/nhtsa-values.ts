/** Day of `YYYYMMDD` as `YYYY-MM-DD`; null where it is empty or no day of the calendar. */
export function dayOf(cell: string | undefined): string | null {
  const match = /^(\d{4})(\d{2})(\d{2})$/.exec(cell ?? '')
  if (!match) return null
  const day = `${match[1]!}-${match[2]!}-${match[3]!}`
  const time = Date.parse(day)
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(day) && match[1]! >= '1900' ? day : null
}

/** Model year; null for 9999 and everything else that says unknown. */
export function modelYearOf(cell: string | undefined): number | null {
  const year = /^\d{4}$/.test(cell ?? '') ? Number(cell) : 0
  return year >= 1900 && year <= 2100 ? year : null
}

/** `Y` is true, `N` is false, anything else not known. */
export const yesNo = (cell: string | undefined): boolean | null => (cell === 'Y' ? true : cell === 'N' ? false : null)

export const countOf = (cell: string | undefined): number | null => (/^\d+$/.test(cell ?? '') ? Number(cell) : null)

const kmPerMile = 1.609344

/** Whole kilometres; null for nothing and for 0, which the files since 2021 write where nothing was said. */
export function kmOfMiles(cell: string | undefined): number | null {
  const miles = countOf(cell)
  return miles ? Math.round(miles * kmPerMile) : null
}

/** What is said, once each, in order, without what is empty. */
export const distinct = (texts: readonly (string | undefined)[]): string[] => [...new Set(texts.filter((text): text is string => Boolean(text)))]

/** The one value all agree on, else null. */
export function agreed<T>(values: readonly T[]): T | null {
  return values.length > 0 && values.every(value => value === values[0]) ? values[0]! : null
}
