/** JSON with sorted keys and without null or absent sides: equal contents give equal texts, in whichever order and spelling they came. */
export const canonicalJson = (value: unknown): string => JSON.stringify(canonical(value))

function canonical(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(canonical)
  if (value === null || typeof value !== 'object') return value
  const sorted: Record<string, unknown> = {}
  for (const key of Object.keys(value).sort()) {
    const side = (value as Record<string, unknown>)[key]
    if (side !== null && side !== undefined) sorted[key] = canonical(side)
  }
  return sorted
}
