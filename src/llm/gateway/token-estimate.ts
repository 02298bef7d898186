const wide = /[\u2e80-\u9fff\uac00-\ud7a3\uf900-\ufaff\uff00-\uffef]/gu

/** What a chat message costs beside its text. */
const perMessage = 8

/** Tokens a text takes, on the safe side: one for a Han character, one for three and a half others. */
export const estimateTokens = (text: string): number => {
  const han = text.match(wide)?.length ?? 0
  return han + Math.ceil((text.length - han) / 3.5)
}

export const estimateMessages = (messages: readonly { content: string }[]): number =>
  messages.reduce((sum, message) => sum + perMessage + estimateTokens(message.content), 0)
