/** The two languages whose words the search knows. A language of the same script counts as the one of the two. */
export type SearchLanguage = 'en' | 'zh'

const han = /\p{Script=Han}/gu
const latinWords = /\p{Script=Latin}+/gu

/** Chinese where there are at least half as many Chinese characters as words in Latin letters: a Chinese report quotes English terms. */
export function languageOf(text: string): SearchLanguage {
  const characters = text.match(han)?.length ?? 0
  return characters > 0 && characters * 2 >= (text.match(latinWords)?.length ?? 0) ? 'zh' : 'en'
}

export const otherLanguage = (language: SearchLanguage): SearchLanguage => (language === 'en' ? 'zh' : 'en')

/** Language whose script a search term is written in. */
export const scriptOf = (term: string): SearchLanguage => (/\p{Script=Han}/u.test(term) ? 'zh' : 'en')

/**
 * Whether a term that somebody wrote can be expected in a text: Chinese pairs in Chinese texts, English words in English ones and in Chinese ones
 * where a Chinese writer used them, codes and numbers in both.
 */
export function isTermOf(term: string, { text, query }: { text: SearchLanguage; query: SearchLanguage }): boolean {
  if (scriptOf(term) === 'zh') return text === 'zh'
  return text === 'en' || query === 'zh' || /\p{N}/u.test(term)
}
