/** Columns a character takes: two for Han, kana, Hangul, full-width forms and emoji, none for marks that sit on the one before. */
const columnsOf = (character: string): number => {
  if (/^[\p{Mark}\p{Cf}\u200b-\u200f]$/u.test(character)) return 0
  return /^[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{1f300}-\u{1faff}\u{20000}-\u{3fffd}]$/u.test(character) ? 2 : 1
}

/** Columns a text takes on a terminal; colour codes take none. */
export const displayWidth = (text: string): number => {
   
  const plain = text.replace(/\u001b\[[0-9;]*m/g, '')
  return [...plain].reduce((sum, character) => sum + columnsOf(character), 0)
}

/** Fills with blanks to a width in columns; a longer text stays. */
export const padTo = (text: string, columns: number): string => text + ' '.repeat(Math.max(0, columns - displayWidth(text)))

/** At most `columns` of a text; what is left out is an ellipsis. */
export const cut = (text: string, columns: number): string => {
  if (displayWidth(text) <= columns) return text
  let shown = ''
  for (const character of text) {
    if (displayWidth(shown + character) > columns - 1) break
    shown += character
  }
  return `${shown}…`
}

const piecesOf = (paragraph: string): string[] => paragraph.match(/[\u2e80-\u9fff\uac00-\ud7a3\uf900-\ufaff\uff00-\uffef\u3000-\u30ff]|[^\s\u2e80-\u9fff\uac00-\ud7a3\uf900-\ufaff\uff00-\uffef\u3000-\u30ff]+|\s+/gu) ?? []

/** Characters a Chinese line does not begin with. */
const noLineStart = /^[，。！？；：、）】》」』”’]/u

/** Breaks a text into lines of at most `columns`; between words, and anywhere between Han characters but before closing punctuation. */
export const wrap = (text: string, columns: number): string[] => {
  const lines: string[] = []
  let line = ''
  for (const piece of piecesOf(text.replace(/\s+/g, ' ').trim())) {
    const isOver = displayWidth(line) + displayWidth(piece) > columns
    if (isOver && line !== '' && !noLineStart.test(piece)) {
      lines.push(line.trimEnd())
      line = ''
    }
    if (line !== '' || piece.trim() !== '') line += piece
  }
  if (line.trim() !== '') lines.push(line.trimEnd())
  return lines
}

export type Paint = Record<'bold' | 'dim' | 'red' | 'yellow' | 'green' | 'cyan', (text: string) => string>

const codes = { bold: 1, dim: 2, red: 31, yellow: 33, green: 32, cyan: 36 } as const

/** Colours where a person reads: on a terminal, unless `NO_COLOR` asks for none. */
export const createPaint = (isOn: boolean): Paint =>
  Object.fromEntries(
    Object.entries(codes).map(([name, code]) => [name, (text: string) => (isOn ? `\u001b[${code}m${text}\u001b[0m` : text)]),
  ) as Paint

export const isColourOn = (stream: { isTTY?: boolean }, environment: NodeJS.ProcessEnv): boolean =>
  stream.isTTY === true && !environment['NO_COLOR'] && environment['TERM'] !== 'dumb'
