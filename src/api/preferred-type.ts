const json = 'application/json'

/** What an `Accept` header names, with the weight of each (RFC 9110, 12.5.1). */
const namedIn = (accept: string | undefined): { type: string; weight: number; place: number }[] =>
  (accept ?? '').split(',').map((part, place) => {
    const [type = '', ...parameters] = part.split(';').map(one => one.trim().toLowerCase())
    const weight = Number(parameters.find(one => one.startsWith('q='))?.slice(2) ?? 1)
    return { type, weight: Number.isNaN(weight) ? 1 : weight, place }
  })

/**
 * The media type a caller would rather have, of JSON and some others: the one of most weight, the first named of equal ones. JSON where none of
 * the others is named; a wildcard stands for JSON, behind what is named with its weight.
 */
export const preferredType = <T extends string>(accept: string | undefined, others: readonly T[]): T | typeof json => {
  const named = namedIn(accept)
  const any = named.find(one => one.type === 'application/*') ?? named.find(one => one.type === '*/*')
  const asJson = named.find(one => one.type === json) ?? { weight: any?.weight ?? 0, place: Infinity }
  const wanted = others.flatMap(type => named.filter(one => one.type === type && one.weight > 0).map(one => ({ ...one, type })))
  const [best] = [{ ...asJson, type: json } as const, ...wanted].sort((a, b) => b.weight - a.weight || a.place - b.place)
  return best?.type ?? json
}

/** Whether a caller would rather have one media type than JSON. */
export const prefers = (accept: string | undefined, type: string): boolean => preferredType(accept, [type]) === type
