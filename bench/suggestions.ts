/**
 * Suggestions on planted streams of simulated fleets, statistics only and with a scripted model over HTTP that is honest or invents:
 *   npx tsx bench/suggestions.ts --run FILE [--from 301] [--fleets 6] [--vehicles 8000]      appends one line a stream
 *   npx tsx bench/suggestions.ts --report FILE [--out bench/results/…json]                   tables with exact 95 % intervals
 * The class is given, past cases and decisions are none, and everything but Neo4j is the product's own code. Fits are judged by the truth's list.
 */
import { appendFileSync, rmSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { createRandom } from '../src/analysis/random.ts'
import type { SuggestionSet } from '../src/domain/suggestion.ts'
import { createLinker, createVocabulary } from '../src/vocabulary/index.ts'
import { readVocabularyFiles } from '../src/vocabulary-files.ts'
import { explainScript, type modelScripts } from '../test/support/model-scripts.ts'
import { startScriptedModel } from '../test/support/scripted-model-server.ts'
import { openTestGateway } from '../test/support/test-gateway.ts'
import { sentencesOf } from './suggestions/sentences-of.ts'
import { simulatedStreams, type SimulatedStream } from './suggestions/simulated-streams.ts'
import { reportSuggestions, type Line, type Outcome } from './suggestions/suggestion-report.ts'

const { values } = parseArgs({
  options: {
    run: { type: 'string' }, report: { type: 'string' }, out: { type: 'string' }, from: { type: 'string', default: '301' }, fleets: { type: 'string', default: '6' },
    vehicles: { type: 'string', default: '8000' },
  },
})

const openModel = async (mode: (typeof modelScripts)[number]) => {
  const said = new Set<string>()
  const script = explainScript(mode, createRandom(1))
  const server = await startScriptedModel(async (request, call) => {
    const reply = await script(request, call)
    if (reply.kind === 'completion') for (const [, text] of reply.text.matchAll(/"text":("(?:[^"\\]|\\.)*")/g)) said.add(JSON.parse(text!) as string)
    return reply
  })
  const { gateway, dataDir } = openTestGateway([{ baseUrl: server.baseUrl }])
  const close = async () => {
    await server.close()
    rmSync(dataDir, { recursive: true, force: true })
  }
  return { gateway, said, close }
}

const outcomeOf = (set: SuggestionSet): Outcome => {
  const sentences = sentencesOf(set)
  const ids = new Set(set.evidence.map(one => one.id))
  return {
    actions: set.containment.map(one => one.actionType), factors: set.containment.map(one => one.scope.factors.map(({ dimension, level }) => `${dimension}:${level}`)),
    causes: set.rootCauses.filter(one => one.basis === 'statistics').length, sentences: sentences.length,
    cited: sentences.filter(one => one.evidenceIds.length > 0 && one.evidenceIds.every(id => ids.has(id))).length,
    dropped: set.dropped.sentences, wording: set.provenance.wording, fallback: set.provenance.fallback, calls: set.provenance.calls,
    tokens: set.provenance.inputTokens + set.provenance.outputTokens,
  }
}

/** Sentences in a set that neither the template says nor the honest model over the same evidence. */
const letThrough = (set: SuggestionSet, allowed: readonly SuggestionSet[], honestly: ReadonlySet<string>): string[] => {
  const known = new Set([...honestly, ...allowed.flatMap(one => sentencesOf(one).map(({ text }) => text))])
  return sentencesOf(set).map(({ text }) => text).filter(text => !known.has(text))
}

const runStream = async ({ truth, suggest, leader }: SimulatedStream, language: 'en' | 'zh', honest: Awaited<ReturnType<typeof openModel>>, liar: Awaited<ReturnType<typeof openModel>>) => {
  const start = process.cpuUsage()
  const template = await suggest({ language, gateway: null })
  const withHonest = await suggest({ language, gateway: honest.gateway })
  const withLiar = await suggest({ language, gateway: liar.gateway })
  const cpu = process.cpuUsage(start)
  return {
    stream: `${truth.component}/${truth.symptom}`, family: truth.family, heldOut: truth.heldOut, nats: truth.evidenceNats, language, verdict: template.verdict,
    truth: truth.factors.map(({ dimension, level }) => `${dimension}:${level}`), fits: truth.containment,
    template: outcomeOf(template), honest: outcomeOf(withHonest), hallucinating: outcomeOf(withLiar),
    leader: await leader(), letThrough: letThrough(withLiar, [template, withHonest], honest.said), cpuMs: Math.round((cpu.user + cpu.system) / 1000),
  }
}

const runFleets = async (file: string): Promise<void> => {
  const vocabulary = createVocabulary(readVocabularyFiles())
  const words = { vocabulary, linker: createLinker(vocabulary) }
  const [honest, liar] = await Promise.all([openModel('honest'), openModel('hallucinating')])
  const [from, vehicles] = [Number(values.from), Number(values.vehicles)]
  try {
    for (let seed = from; seed < from + Number(values.fleets); seed++) {
      for (const [i, stream] of simulatedStreams({ seed, vehicles }, words).entries()) {
        const line: Line = { seed, vehicles, ...(await runStream(stream, i % 2 === 0 ? 'en' : 'zh', honest, liar)) }
        appendFileSync(file, `${JSON.stringify(line)}\n`)
      }
      process.stderr.write(`fleet ${seed}\n`)
    }
  } finally {
    await Promise.all([honest.close(), liar.close()])
  }
}

if (values.report !== undefined) reportSuggestions(values.report, values.out ?? null)
else if (values.run !== undefined) await runFleets(values.run)
else {
  process.stderr.write('Say --run FILE or --report FILE; the head of bench/suggestions.ts tells more.\n')
  process.exitCode = 2
}
