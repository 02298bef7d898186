// A process that has its embedding model loaded and waits to be killed. Its argument is the cache folder.
import { createEmbedder } from '../../src/llm/index.ts'

const logger = { info: () => undefined, warn: () => undefined }
const embedder = await createEmbedder({ mode: 'local', cacheDir: process.argv[2] ?? '', logger })
await embedder?.embed(['下雨天充电中断'], 'query')
process.stdout.write('ready\n')
setInterval(() => undefined, 60_000)
