export { createEmbedPending, type EmbedPending, type EmbedProgress } from './embed-pending.ts'
export { createSearchCases, type SearchCases, type SearchCasesServices } from './search-cases.ts'
export type { Glossary, LinkText } from './query-subject.ts'
export { comparableProse } from './case-prose.ts'
