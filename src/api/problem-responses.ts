import { Problem } from './problem.ts'

type ErrorStatus = 400 | 401 | 403 | 404 | 408 | 409 | 413 | 415 | 422 | 429 | 500 | 503

/** Documents the error answers of a route. Who takes a body (413) also refuses one that is not sent in time (408). */
export const problems = <S extends ErrorStatus>(...statuses: S[]) =>
  Object.fromEntries([...statuses, ...(statuses.some(status => status === 413) ? [408] : [])].map(status => [status, { description: `See docs/errors.md`, content: { 'application/problem+json': { schema: Problem } } }])) as Record<
    S,
    { description: string; content: { 'application/problem+json': { schema: typeof Problem } } }
  >
