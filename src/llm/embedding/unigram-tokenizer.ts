import { readFile } from 'node:fs/promises'
import { z } from 'zod'

/** Cuts a text into the token ids of a SentencePiece Unigram model, start and end token included. */
export type UnigramTokenizer = { encode(text: string): number[]; endToken: number; padToken: number }

const Pieces = z.custom<[piece: string, logProbability: number][]>(value => Array.isArray(value) && Array.isArray(value[0]))
const TokenizerFile = z.object({
  added_tokens: z.array(z.object({ id: z.int(), content: z.string() })),
  model: z.object({ type: z.literal('Unigram'), unk_id: z.int(), vocab: Pieces }),
})
type TokenizerFile = z.infer<typeof TokenizerFile>

const metaspace = '▁'
/** What an unknown character costs more than the least likely piece, as in SentencePiece. */
const unknownPenalty = 10

/**
 * Reads the Unigram model of a `tokenizer.json`. Own code, because the model library's tokenizer takes 2 s and 240 MB to
 * load this vocabulary and never finds pieces outside the basic plane: every emoji of an angry owner would be unknown.
 *
 * @throws ZodError when the file is not that of a Unigram model.
 */
export async function readUnigramTokenizer(path: string): Promise<UnigramTokenizer> {
  return createUnigramTokenizer(TokenizerFile.parse(JSON.parse(await readFile(path, 'utf8'))))
}

/** @throws Error when one of `<s>`, `</s>`, `<pad>` is missing. */
export function createUnigramTokenizer({ added_tokens: special, model }: TokenizerFile): UnigramTokenizer {
  const specialIds = new Set(special.map(token => token.id))
  const pieces = new Map<string, number>()
  const scores = new Float64Array(model.vocab.length)
  let longest = 1
  let lowest = 0
  model.vocab.forEach(([piece, score], id) => {
    scores[id] = score
    lowest = Math.min(lowest, score)
    // A text that spells out a special token is a text.
    if (specialIds.has(id)) return
    pieces.set(piece, id)
    longest = Math.max(longest, piece.length)
  })
  const lattice = { pieces, scores, longest, unknown: model.unk_id, unknownScore: lowest - unknownPenalty }
  const idOf = (content: string) => {
    const token = special.find(one => one.content === content)
    if (token === undefined) throw new Error(`The tokenizer has no token ${content}`)
    return token.id
  }
  const [start, endToken, padToken] = ['<s>', '</s>', '<pad>'].map(idOf) as [number, number, number]
  return { endToken, padToken, encode: text => [start, ...bestPath(prepareText(text), lattice), endToken] }
}

/**
 * SentencePiece's `nmt_nfkc`: control characters go, white space becomes spaces, NFKC except for the full-width tilde,
 * runs of spaces become one, and each space, also one before the first word, is written ▁.
 */
export function prepareText(text: string): string {
  const spaced = text
    .replace(/[\u0001-\u0008\u000b\u000e-\u001f\u007f\u008f\u009f]/g, '')
    .replace(/[\u0009\u000a\u000c\u000d\u1680\u200b\u200c\u200e\u200f\u2028\u2029\u2581\ufeff\ufffd]/g, ' ')
  const normal = spaced.split('\uff5e').map(part => part.normalize('NFKC')).join('\uff5e')
  const single = normal.replace(/ {2,}/g, ' ')
  return (single.startsWith(' ') ? single : ` ${single}`).replaceAll(' ', metaspace)
}

type Lattice = { pieces: ReadonlyMap<string, number>; scores: Float64Array; longest: number; unknown: number; unknownScore: number }

/** The most likely way to cut `text` into pieces (Viterbi); unknown characters in a row become one unknown token. */
function bestPath(text: string, { pieces, scores, longest, unknown, unknownScore }: Lattice): number[] {
  const best = new Float64Array(text.length + 1).fill(-Infinity)
  const cameFrom = new Int32Array(text.length + 1)
  const tokenTo = new Int32Array(text.length + 1)
  best[0] = 0
  const offer = (from: number, to: number, token: number, score: number) => {
    if (score <= (best[to] ?? 0)) return
    best[to] = score
    cameFrom[to] = from
    tokenTo[to] = token
  }
  for (let from = 0; from < text.length; from += 1) {
    const reached = best[from] ?? -Infinity
    // The middle of a surrogate pair: no piece ends there.
    if (reached === -Infinity) continue
    for (let to = from + 1; to <= Math.min(text.length, from + longest); to += 1) {
      const token = pieces.get(text.slice(from, to))
      if (token !== undefined) offer(from, to, token, reached + (scores[token] ?? 0))
    }
    const character = (text.codePointAt(from) ?? 0) > 0xffff ? 2 : 1
    offer(from, from + character, unknown, reached + unknownScore)
  }
  const path: number[] = []
  for (let to = text.length; to > 0; to = cameFrom[to] ?? 0) {
    const token = tokenTo[to] ?? unknown
    if (token !== unknown || path.at(-1) !== unknown) path.push(token)
  }
  return path.reverse()
}
