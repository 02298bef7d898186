import { PassThrough } from 'node:stream'
import { describe, expect, it } from 'vitest'
import { createAnalyzeCommand } from '../../src/cli/analyze.ts'
import { printAnalysis } from '../../src/cli/print-analysis.ts'
import { createPaint, displayWidth } from '../../src/cli/terminal.ts'
import { AnalyzeRootCausesRequest, RootCauseAnalysis } from '../../src/domain/root-cause-analysis.ts'
import type { AnalyzeControl } from '../../src/workflow/root-causes/analyze-root-causes.ts'

const evidence = (id: string, summary: string) => ({ id, type: 'statistic' as const, summary, nodeIds: [], cypher: null, params: {}, returned: null })
const analysis: RootCauseAnalysis = {
  analysisId: 'ANA-1', subject: { component: 'traction-battery', symptom: 'charging-stops', issueId: null }, asOf: '2023-02-01',
  affected: { claims: 41, vehicles: 38, excludedDuplicates: 5, withoutExposure: 2 }, population: { vehicles: 30214, vehicleMonths: 412345 },
  verdict: 'tied', verdictCode: 'rival-within-margin', verdictReason: 'Two lots cannot be told apart.', verdictReasonZh: '无法区分。', margin: 0.4, powerShare: 0.9,
  candidates: [
    {
      candidateId: 'ANA-1:1', rank: 1, kind: 'factor', calibrated: false, statement: 'Part lot 电池/22W10 (traction battery)', statementZh: '', factors: [],
      statistics: {
        observed: 23, expected: 3.1, smr: 7.4, smrInterval: [4.7, 11.1], rateRatio: null, rateRatioInterval: [8.1, null], score: 26.2, evidenceNats: 32.7, pValue: 0.001,
        qValue: 0.004, vehiclesAtRisk: 412, oddsRatioCrude: 97.8, oddsRatioStratified: 91.2, confounded: false,
      },
      weighted: null, software: null, explainedAway: false, pastCase: null, evidence: [evidence('E1', '23 claims')], counterEvidence: [evidence('E2', '63 cars without one')],
      equivalents: [{ dimension: 'build-week', level: '2022-W10', overlap: 0.93, factors: [], statement: 'Build week 2022-W10', observed: 22, expected: 4, score: 20 }],
      discriminatingTests: [], path: { verified: false, nodes: [], relationships: [], cypher: '', params: {} }, confidence: 0.86,
    },
    {
      candidateId: 'ANA-1:2', rank: 2, kind: 'past-case', calibrated: false, statement: 'Cause of past case 8D-1: seal', statementZh: '', factors: [], statistics: null, weighted: null,
      software: null, explainedAway: false, pastCase: { caseId: '8D-1', title: 'Seal', rootCause: 'seal', similarity: 0.61 }, evidence: [], counterEvidence: [], equivalents: [],
      discriminatingTests: [], path: null, confidence: 0.2,
    },
  ],
  abstention: { reason: 'Two lots cannot be told apart.', missing: ['inspected parts'], nextChecks: ['Inspect 10 parts'] },
  provenance: { engineVersion: '0.1.0/1', dataWatermark: 'w', seed: 42, replicates: 999, promptId: null, modelId: null, milliseconds: 412 },
}

describe('printAnalysis', () => {
  const lines = printAnalysis(RootCauseAnalysis.parse(analysis), { paint: createPaint(false), columns: 100 }).split('\n')
  const text = lines.join('\n')

  it('says verdict and reason first, then what was compared', () => {
    expect(lines.slice(0, 2)).toEqual(['tied', 'Two lots cannot be told apart.'])
    expect(text.replace(/\s+/g, ' ')).toContain('41 claims on 38 cars (5 duplicates left out, 2 of unknown or unsold cars) of 30214 cars')
  })

  it('lines figures up under their heads, also beside Chinese', () => {
    const [head, first, second] = lines.slice(lines.findIndex(line => line.includes('candidate')))
    expect(first).toMatch(/ 23 {2}3\.1 +∞ \(8\.1–∞\) {2}26\.2 {2}0\.001/)
    expect(first).toContain('████████████ 32.7')
    expect(second).toContain('likeness 0.61')
    const column = (line: string | undefined, mark: string): number => displayWidth(line!.slice(0, line!.indexOf(mark) + mark.length))
    expect(column(first, ' 23')).toBe(column(head, ' O'))
  })

  it('spells evidence for and against, equal cars, a broken path and the next checks', () => {
    for (const part of ['E1 23 claims', 'E2 63 cars', 'Build week 2022-W10 (93 % the same cars)', 'not found in the graph', '  - Inspect 10 parts', '  - inspected parts', 'seed 42, 999 draws'])
      expect(text).toContain(part)
  })

  it('fits the width', () => {
    expect(Math.max(...lines.map(displayWidth))).toBeLessThanOrEqual(100)
  })
})

const collected = () => {
  const stream = new PassThrough()
  const chunks: string[] = []
  stream.on('data', chunk => chunks.push(String(chunk)))
  return { stream, text: () => chunks.join('') }
}

const runCommand = async (argv: string[], work: (request: AnalyzeRootCausesRequest, control?: AnalyzeControl) => Promise<RootCauseAnalysis>) => {
  const [output, notices] = [collected(), collected()]
  let [code, isClosed] = [0, false]
  const command = createAnalyzeCommand({
    open: () => Promise.resolve({ analyzeRootCauses: work, readAnalysis: id => Promise.resolve(id === 'ANA-known' ? analysis : null), close: () => Promise.resolve(void (isClosed = true)) }),
    output: output.stream, notices: notices.stream, setExitCode: given => (code = given), onInterrupt: () => () => undefined, leave: () => expect.unreachable(),
  }).exitOverride().configureOutput({ writeErr: () => undefined })
  await command.parseAsync(argv, { from: 'user' })
  return { code, isClosed, output: output.text(), notices: notices.text() }
}

describe('fishbone analyze', () => {
  it('asks exactly what the options say, and prints the answer as the API gives it', async () => {
    let asked: AnalyzeRootCausesRequest | null = null
    const { output, notices, isClosed } = await runCommand(
      ['--component', 'battery', '--symptom', 'charging-stops', '--as-of', '2023-02-01', '--model', 'ES8', 'ET5', '--model-year', '2021', '2022', '--built-from', '2022-01-01', '--seed', '7', '--max', '3', '--json'],
      (request, control) => ((asked = request), control?.onProgress?.({ done: 1, total: 2, message: 'ranking' }), Promise.resolve(analysis)),
    )
    expect(asked).toEqual({
      subject: { component: 'battery', symptom: 'charging-stops' }, population: { models: ['ES8', 'ET5'], modelYears: [2021, 2022], builtFrom: '2022-01-01' },
      asOf: '2023-02-01', maxCandidates: 3, seed: 7,
    })
    expect(JSON.parse(output)).toEqual(analysis)
    expect(notices).toBe('ranking\n')
    expect(isClosed).toBe(true)
  })

  it('shows a stored analysis without making another, and says when there is none', async () => {
    const { output, isClosed } = await runCommand(['--stored', 'ANA-known', '--json'], () => expect.unreachable())
    expect(JSON.parse(output)).toEqual(analysis)
    expect(isClosed).toBe(true)
    await expect(runCommand(['--stored', 'ANA-other'], () => expect.unreachable())).rejects.toMatchObject({ code: 'FB_NOT_FOUND' })
  })

  it('ends with 130 when it is interrupted', async () => {
    const listeners: (() => void)[] = []
    const [output, notices] = [collected(), collected()]
    let code = 0
    const command = createAnalyzeCommand({
      open: () => Promise.resolve({
        readAnalysis: () => expect.unreachable(),
        analyzeRootCauses: (_request, control) => new Promise((_, reject) => {
          control?.signal?.addEventListener('abort', () => reject(control.signal?.reason as Error))
          listeners[0]?.()
        }),
        close: () => Promise.resolve(),
      }),
      output: output.stream, notices: notices.stream, setExitCode: given => (code = given), onInterrupt: listener => (listeners.push(listener), () => undefined), leave: () => expect.unreachable(),
    })
    await command.parseAsync(['--symptom', 'fire'], { from: 'user' })
    expect(code).toBe(130)
    expect(output.text()).toBe('')
  })

  it.each([[[]], [['--issue', 'ISS-1', '--text', 'x']], [['--component', 'a', '--as-of', 'soon']], [['--symptom', 'a', '--model-year', '22']], [['--symptom', 'a', '--max', '0']]])('refuses %j', async argv => {
    await expect(runCommand(argv, () => expect.unreachable())).rejects.toMatchObject({ exitCode: expect.any(Number) as unknown })
  })
})

it.each([
  [{ subject: {} }], [{ subject: { component: null } }], [{ subject: { issueId: 'a', text: 'b' } }], [{ subject: { symptom: 'fire' }, asof: '2023-02-01' }],
  [{ subject: { symptom: 'fire' }, asOf: '2023-13-01' }], [{ subject: { symptom: 'fire' }, population: { plants: ['HF1'] } }],
])('is no request: %j', request => {
  expect(AnalyzeRootCausesRequest.safeParse(request).success).toBe(false)
})
