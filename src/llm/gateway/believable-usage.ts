import type { ReportedUsage } from './chat-call.ts'

/** Tokens to book for a call, and whether the server's figures were taken. */
export type BookedUsage = { inputTokens: number; outputTokens: number; cachedTokens: number; usageReported: boolean }

/** A server's count within this factor of ours is taken; tokenizers differ by less. */
const factor = 4
const slack = 64

const isNear = (reported: number | null, estimate: number): reported is number =>
  reported !== null && Number.isInteger(reported) && reported > 0 && reported <= factor * estimate + slack && reported * factor + slack >= estimate

/** Books what the server reports where it is in reason, else the estimate: a server that reports nothing would be free, one that reports too much would end the day. */
export const believableUsage = (reported: ReportedUsage, estimate: { input: number; output: number }): BookedUsage => {
  // Thoughts are charged and not in the text, so the output may be far longer than what is seen.
  const isOutput = reported.outputTokens !== null && Number.isInteger(reported.outputTokens) && reported.outputTokens > 0 && reported.outputTokens * factor + slack >= estimate.output && reported.outputTokens <= 100_000
  const isInput = isNear(reported.inputTokens, estimate.input)
  const inputTokens = isInput ? (reported.inputTokens as number) : estimate.input
  const cached = reported.cachedTokens ?? 0
  return {
    inputTokens,
    outputTokens: isOutput ? (reported.outputTokens as number) : estimate.output,
    cachedTokens: Number.isInteger(cached) && cached >= 0 && cached <= inputTokens ? cached : 0,
    usageReported: isInput && isOutput,
  }
}
