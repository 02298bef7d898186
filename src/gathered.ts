import { FishboneError } from './domain/error.ts'

export type GatheredOptions<Q, A> = {
  /** Answers several questions at once, in their order. All or nothing: a call that throws has changed nothing. */
  answer: (questions: readonly Q[]) => Promise<readonly A[]>
  /** Questions in one call at most. */
  most?: number
  /** Calls under way at once. */
  lanes?: number
  /** Questions of one key never share a call. */
  keyOf?: (question: Q) => string
}

type Waiting<Q, A> = { question: Q; resolve: (answer: A) => void; reject: (error: unknown) => void }

/** A fault of the other side, not of one of the questions: asking one by one would only take longer. */
const isOfAll = (error: unknown): boolean => error instanceof FishboneError && error.code === 'FB_GRAPH_UNAVAILABLE'

/**
 * Turns a function that answers many questions at once into one that is asked one by one: what is asked while a call is under way goes together into
 * the next. Nobody waits for others to come, so that a lone caller is as fast as without. Where a call of several fails each is asked by itself, so
 * that everyone has their own answer and their own error.
 */
export const gathered = <Q, A>({ answer, most = 50, lanes = 1, keyOf }: GatheredOptions<Q, A>): ((question: Q) => Promise<A>) => {
  let waiting: Waiting<Q, A>[] = []
  let running = 0

  const take = (): Waiting<Q, A>[] => {
    const keys = new Set<string>()
    const [taken, left]: [Waiting<Q, A>[], Waiting<Q, A>[]] = [[], []]
    for (const one of waiting) {
      const key = keyOf?.(one.question)
      if (taken.length >= most || (key !== undefined && keys.has(key))) left.push(one)
      else taken.push(one)
      if (key !== undefined) keys.add(key)
    }
    waiting = left
    return taken
  }

  const ask = async (asked: readonly Waiting<Q, A>[]): Promise<void> => {
    try {
      const answers = await answer(asked.map(({ question }) => question))
      for (const [at, { resolve }] of asked.entries()) resolve(answers[at] as A)
    } catch (error) {
      if (asked.length > 1 && !isOfAll(error)) for (const one of asked) await ask([one])
      else for (const { reject } of asked) reject(error)
    }
  }

  const run = (): void => {
    while (running < lanes && waiting.length > 0) {
      running += 1
      void ask(take()).finally(() => {
        running -= 1
        run()
      })
    }
  }

  return question =>
    new Promise<A>((resolve, reject) => {
      waiting.push({ question, resolve, reject })
      // Callers of one turn of the event loop come together.
      queueMicrotask(run)
    })
}
