import { userInfo } from 'node:os'
import { Command, InvalidArgumentError, Option } from 'commander'
import type { Fishbone } from '../composition-root.ts'
import { openFishbone } from './open-command.ts'
import type { CommandStreams } from './open-command.ts'
import { printTermClusters } from './print-terms.ts'
import { createStepProgress } from './step-progress.ts'
import { createPaint, isColourOn } from './terminal.ts'

type ListOptions = { min: number; limit: number; json?: boolean }
type AcceptOptions = { as: { kind: 'component' | 'symptom'; key: string }; form?: string; language?: 'en' | 'zh'; by: string; json?: boolean }
type RejectOptions = { reason: string; by: string }

const positive = (given: string): number => {
  if (!/^\d+$/.test(given) || Number(given) < 1) throw new InvalidArgumentError('a whole number from 1 on.')
  return Number(given)
}

const target = (given: string): AcceptOptions['as'] => {
  const [kind, key, ...more] = given.split(':')
  if ((kind !== 'component' && kind !== 'symptom') || !key || more.length > 0) throw new InvalidArgumentError('symptom:KEY or component:KEY, such as symptom:screen-black.')
  return { kind, key }
}

const withFishbone = async <T>(streams: CommandStreams, work: (fishbone: Fishbone) => Promise<T>): Promise<T> => {
  const fishbone = await openFishbone(streams, { quietly: true })
  try {
    return await work(fishbone)
  } finally {
    await fishbone.close()
  }
}

const list = ({ min, limit, json }: ListOptions, streams: CommandStreams): Promise<void> =>
  withFishbone(streams, async fishbone => {
    const { refresh, listTermClusters } = await fishbone.unmappedTerms()
    const progress = createStepProgress(streams.notices)
    await refresh({
      onGathered: ({ done }) => progress.tell({ done, total: done, message: 'reports read for words that no key fits' }),
      onEmbedded: ({ done, total }) => progress.tell({ done, total, message: 'vectors of words that no key fits' }),
    })
    progress.clear()
    const clusters = await listTermClusters({ fewestReports: min, limit })
    const paint = createPaint(isColourOn(streams.output, process.env))
    streams.output.write(`${json ? JSON.stringify(clusters, null, 2) : printTermClusters(clusters, { paint, columns: streams.output.columns ?? 110 })}\n`)
  })

const accept = (clusterId: string, { as, form, language, by, json }: AcceptOptions, streams: CommandStreams): Promise<void> =>
  withFishbone(streams, async fishbone => {
    const { decisions } = await fishbone.unmappedTerms()
    const accepted = await decisions.accept({ clusterId, by, ...as, form, language })
    const { term, linkedExamples, examples } = accepted
    const words = `“${term.form}” now stands for ${term.kind} ${term.key}, from the next start on. ${linkedExamples} of ${examples} examples of the cluster link to it.`
    streams.output.write(`${json ? JSON.stringify(accepted, null, 2) : words}\n`)
  })

const reject = (clusterId: string, { reason, by }: RejectOptions, streams: CommandStreams): Promise<void> =>
  withFishbone(streams, async fishbone => {
    await (await fishbone.unmappedTerms()).decisions.reject({ clusterId, reason, by })
    streams.output.write(`${clusterId} is set aside.\n`)
  })

const byOption = (): Option => new Option('--by <name>', 'who decides').default(userInfo().username)

/** `fishbone terms`: what people say that no key of the vocabulary fits, and the terms a person accepts for it. */
export const createTermsCommand = (streams: CommandStreams): Command =>
  new Command('terms')
    .description('clusters of what people say that no key fits, growing ones first; accept a word for a key, or set a cluster aside')
    .addOption(new Option('--min <reports>', 'leave out clusters of fewer reports').argParser(positive).default(2))
    .addOption(new Option('--limit <clusters>', 'show at most so many').argParser(positive).default(30))
    .option('--json', 'print as JSON')
    .action((options: ListOptions) => list(options, streams))
    .addCommand(
      new Command('accept')
        .description('add a word to a key of the vocabulary; it counts from the next start on')
        .argument('<cluster>', 'the cluster it is proposed for (TRM-…)')
        .addOption(new Option('--as <key>', 'symptom:KEY or component:KEY').argParser(target).makeOptionMandatory())
        .option('--form <words>', 'the words; without it those proposed')
        .addOption(new Option('--language <language>', 'of the words; told by their script otherwise').choices(['en', 'zh']))
        .addOption(byOption())
        .option('--json', 'print as JSON')
        .action((clusterId: string, options: AcceptOptions) => accept(clusterId, options, streams)),
    )
    .addCommand(
      new Command('reject')
        .description('set a cluster aside')
        .argument('<cluster>', 'the cluster (TRM-…)')
        .requiredOption('--reason <words>', 'why')
        .addOption(byOption())
        .action((clusterId: string, options: RejectOptions) => reject(clusterId, options, streams)),
    )
