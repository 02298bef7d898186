import { expect } from 'vitest'

type Described = { headers?: Record<string, { required?: boolean }> | undefined }

/** Headers a caller acts on: none is sent that the document does not tell of. */
const actedOn = ['location', 'retry-after', 'www-authenticate', 'idempotency-replayed']

/** Holds the headers of an answer against what the OpenAPI document says of its status. */
export const holdHeaders = ({ headers = {} }: Described, answer: { headers: Record<string, unknown> }, seen: string): void => {
  const told = new Map(Object.entries(headers).map(([name, { required }]) => [name.toLowerCase(), required === true]))
  for (const [name, isRequired] of told) if (isRequired) expect(answer.headers[name], `${name} is missing: ${seen}`).toEqual(expect.stringMatching(/./))
  for (const name of actedOn) if (answer.headers[name] !== undefined) expect(told.has(name), `the document does not tell of ${name}: ${seen}`).toBe(true)
  if (answer.headers['retry-after'] !== undefined) expect(Number(answer.headers['retry-after']), seen).toBeGreaterThan(0)
}
