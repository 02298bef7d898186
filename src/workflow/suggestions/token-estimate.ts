const han = /[\u2e80-\u9fff\uac00-\ud7a3\uf900-\ufaff\uff00-\uffef]/gu

/** Tokens a text takes, on the safe side: one a Han character, one for every three and a half of the others. */
export const estimateTokens = (text: string): number => {
  const wide = text.match(han)?.length ?? 0
  return wide + Math.ceil((text.length - wide) / 3.5)
}
