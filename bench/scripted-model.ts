import { parseArgs } from 'node:util'
import { createRandom } from '../src/analysis/random.ts'
import { explainScript, modelScripts } from '../test/support/model-scripts.ts'
import { startScriptedModel } from '../test/support/scripted-model-server.ts'

/**
 * An OpenAI-compatible server for demo and benches that words evidence by a script:
 * `npx tsx bench/scripted-model.ts --mode honest|hallucinating|obedient-to-attacker [--port 8089] [--seed 1]`, then
 * `LLM_BASE_URL=http://127.0.0.1:8089/v1 LLM_MODEL=scripted-honest fishbone suggest …`.
 */
const { values } = parseArgs({ options: { mode: { type: 'string', default: 'honest' }, port: { type: 'string', default: '8089' }, seed: { type: 'string', default: '1' } } })
const mode = modelScripts.find(name => name === values.mode)
if (mode === undefined) throw new Error(`--mode must be ${modelScripts.join(', ')}`)
const server = await startScriptedModel(explainScript(mode, createRandom(Number(values.seed))), { port: Number(values.port) })
console.log(`${mode}: ${server.baseUrl}`)
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void server.close().then(() => process.exit(0)))
