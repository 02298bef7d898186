import { LRUCache } from 'lru-cache'
import type { LinkedText, Linker, LinkOptions } from './linker.ts'

/** Longer texts are rare and would hold memory. */
const longest = 5_000

/**
 * The same linker, which remembers what it last read: a report is linked when it is stored, triaged and searched for. What it gives is shared and not to
 * be changed.
 *
 * @param most texts remembered.
 */
export const rememberLinks = (linker: Linker, most = 300): Linker => {
  const recent = new LRUCache<string, LinkedText>({ max: most })
  const linkOnce = (text: string, vector: LinkOptions['vector']): LinkedText => {
    // A vector of the text is made by one model of one text, and so are its labels: without them, with it, and with both are the readings there are.
    const asked = vector ? `${vector.modelId}${vector.labels ? ' labelled' : ''}\n${text}` : text
    const known = recent.get(asked)
    if (known) return known
    const linked = linker.link(text, { vector })
    recent.set(asked, linked)
    return linked
  }
  return {
    vocabularyVersion: linker.vocabularyVersion,
    link(text, options = {}) {
      if (text.length > longest) return linker.link(text, options)
      const linked = linkOnce(text, options.vector)
      // The claim of the source counts only where the script of the text does not tell.
      return linked.language === 'other' && options.language ? linker.link(text, options) : linked
    },
  }
}
