/** RFC 4180, with a byte-order mark so that a spreadsheet reads it as UTF-8. A cell that a spreadsheet would run as a formula is made text. */
export const toCsv = (columns: readonly string[], rows: readonly (readonly (string | number | boolean | null)[])[]): string => {
  const cell = (value: string | number | boolean | null): string => {
    if (value === null) return ''
    if (typeof value !== 'string') return String(value)
    const harmless = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value
    return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless
  }
  return `\uFEFF${[columns, ...rows].map(row => row.map(cell).join(',')).join('\r\n')}\r\n`
}
