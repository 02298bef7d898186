// A child process that answers like the embedding worker, and misbehaves on command. Its argument is a folder for its notes.
import { appendFileSync, existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const [notes = '', mode = ''] = process.argv.slice(2)
appendFileSync(join(notes, 'starts'), `${process.pid}\n`)
process.on('disconnect', () => process.exit(0))

if (mode === 'cannot-load') process.send({ kind: 'load-failed', reason: 'no such file' })
else if (mode === 'dies-at-load') process.exit(7)
else if (mode === 'loads-slowly') setTimeout(() => process.send({ kind: 'loaded' }), 300)
else process.send({ kind: 'loaded' })

process.on('message', ({ id, wanted, texts }) => {
  appendFileSync(join(notes, 'seen'), `${wanted === 'labels' ? 'labels of ' : ''}${texts.join('|')}\n`)
  const [text = ''] = texts
  if (text === 'crash') process.exit(9)
  if (text === 'crash once' && !existsSync(join(notes, 'crashed'))) {
    writeFileSync(join(notes, 'crashed'), '')
    process.exit(9)
  }
  if (text === 'hang') return
  if (text === 'fail') process.send({ kind: 'failed', id, reason: 'bad input' })
  else if (text === 'slow') setTimeout(() => process.send({ kind: 'answered', id, answers: texts.map(vectorOf) }), 1500)
  else process.send({ kind: 'answered', id, answers: texts.map(vectorOf) })
})

/** A unit vector that tells the length of its text: (0.6, 0.8) for even ones, (0.8, 0.6) for odd ones. */
function vectorOf(text) {
  return text.length % 2 === 0 ? Float32Array.of(0.6, 0.8) : Float32Array.of(0.8, 0.6)
}
