export type Step = { done: number; total: number; message: string }

/** Steps of long work on the stream of notices: one line that is written over on a terminal, one line a step elsewhere. */
export const createStepProgress = (notices: NodeJS.WritableStream & { isTTY?: boolean }) => {
  let last = ''
  const isTerminal = notices.isTTY === true
  return {
    tell: ({ done, total, message }: Step): void => {
      const text = total > 1 ? `${message}: ${done} of ${total}` : message
      const shown = isTerminal ? text : message
      if (shown === last) return
      last = shown
      notices.write(isTerminal ? `\r\u001b[K${shown}` : `${shown}\n`)
    },
    /** Takes the line away before an answer or an error is written. */
    clear: (): void => {
      if (isTerminal && last !== '') notices.write('\r\u001b[K')
      last = ''
    },
  }
}
