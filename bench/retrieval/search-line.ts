import { createSearchCases } from '../../src/retrieval/index.ts'
import type { SearchCasesServices } from '../../src/retrieval/index.ts'
import { queryText, type BenchProduct, type Line } from './lines.ts'

export const openSearch = (product: BenchProduct, more: Partial<SearchCasesServices> = {}) => createSearchCases({
  caseStore: product.caseStore, embedder: product.embedder, linker: product.linker, glossary: product.vocabulary, redact: product.redact, words: product.words, ...more,
})

/** The product's search as a line of the benchmark. */
export function searchLine(product: BenchProduct, { diverse }: { diverse: boolean }): Line {
  const search = openSearch(product)
  return async (query, setting) => {
    const { make, model, modelYear } = query
    const vehicle = setting === 'same-model-year' ? { vehicle: { make, model, modelYear } } : {}
    const { items } = await search({ text: queryText(query, setting), ...vehicle, limit: 200, diverse })
    return items.map(({ caseId }) => caseId)
  }
}
