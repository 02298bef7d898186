import { stripInvisible } from '../../domain/normalised-copy.ts'

/** Signs that a marker is made of: single tokens in most tokenizers, and in no ordinary report. */
const signs = ['¦', '§', '¬', '¤', '†', '‡', '¶', '※', '◊']
const anySign = new RegExp(`[${signs.join('')}]`, 'gu')

/** Han characters between two markers. */
const hanRun = 4
const longestQuote = 240
/** Characters of all quotes together: about 200 tokens. */
const longestTogether = 700

/** A marker of two signs, drawn for one call: an attacker cannot know it. `random` gives [0, 1). */
export const drawMarker = (random: () => number): string => {
  const draw = () => signs[Math.floor(random() * signs.length)] as string
  return `${draw()}${draw()}`
}

/**
 * Spotlighting by datamarking: white space of a quote becomes the marker, and Chinese, which has none, gets it every few characters. Hidden
 * characters and the marker's own signs are taken out before.
 *
 * @see Hines et al. 2024, arXiv 2403.14720
 */
export const datamark = (text: string, marker: string): string =>
  stripInvisible(text)
    .normalize('NFKC')
    .replace(anySign, '')
    .slice(0, longestQuote)
    .trim()
    .replace(new RegExp(`(\\p{Script=Han}{${hanRun}})(?=\\p{Script=Han})`, 'gu'), `$1${marker}`)
    .replace(/\s+/g, marker)

/** The block of quotes of a prompt, one a line: `E9 words†§of†§a†§report`. `none` where there are none. */
export const renderQuotes = (quotes: readonly { id: string; text: string }[], marker: string): string => {
  const lines: string[] = []
  let length = 0
  for (const { id, text } of quotes) {
    const line = `${id} ${datamark(text, marker)}`
    if (length + line.length > longestTogether) break
    lines.push(line)
    length += line.length
  }
  return lines.length === 0 ? 'none' : lines.join('\n')
}
