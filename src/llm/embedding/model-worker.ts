// Entry of the child process: loads the model named on its command line, then answers requests one after the other.
import { loadTextEncoder, type TextEncoder } from './text-encoder.ts'
import type { WorkerReply, WorkerRequest } from './worker-messages.ts'

const [folder = '', precision = '', labellerFolder = ''] = process.argv.slice(2)

// A parent that dies takes the channel with it: nobody is left to answer. Ctrl-C is the parent's to handle.
process.on('disconnect', () => process.exit(0))
process.on('SIGINT', () => undefined)

const reply = (message: WorkerReply) => process.send?.(message)
const reasonOf = (error: unknown) => (error instanceof Error ? error.message : String(error))

async function answer(encoder: TextEncoder, request: WorkerRequest): Promise<void> {
  try {
    const answers = await (request.wanted === 'labels' ? encoder.label(request.texts) : encoder.encode(request.texts))
    reply({ kind: 'answered', id: request.id, answers })
  } catch (error) {
    reply({ kind: 'failed', id: request.id, reason: reasonOf(error) })
  }
}

try {
  const encoder = await loadTextEncoder({ folder, precision: precision === 'int8' ? 'int8' : 'fp32', labellerFolder: labellerFolder === '' ? null : labellerFolder })
  let last = Promise.resolve()
  process.on('message', (request: WorkerRequest) => {
    last = last.then(() => answer(encoder, request))
  })
  reply({ kind: 'loaded' })
  // Half of all memory is bytes of files by now, garbage that nothing else would collect; gc is there under --expose-gc.
  setTimeout(() => globalThis.gc?.(), 200)
} catch (error) {
  // The parent ends this process when it has read why: leaving at once could overtake the message.
  reply({ kind: 'load-failed', reason: reasonOf(error) })
}
