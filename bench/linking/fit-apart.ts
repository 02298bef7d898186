import { fork } from 'node:child_process'
import type { PrototypeWeights, WordingWeights } from '../../src/vocabulary/vocabulary-files.ts'
import type { MeantText } from './fit-prototypes.ts'
import type { Wording } from './fit-softmax.ts'

export type FitTask = { wordings: Wording[]; meanings: MeantText[] }
export type FittedModels = { wording: Omit<WordingWeights, 'about' | 'source'>; prototypes: Omit<PrototypeWeights, 'about' | 'modelId'> }

/** Fits both models in a process of its own: those of the folds need nothing of each other. */
export const fitApart = (task: FitTask): Promise<FittedModels> =>
  new Promise((resolve, reject) => {
    const child = fork(new URL('fit-apart-process.ts', import.meta.url), { serialization: 'advanced' })
    child.once('message', (fitted: FittedModels) => {
      resolve(fitted)
      child.kill()
    })
    child.once('error', reject)
    child.once('exit', code => reject(new Error(`a fit ended early (${code ?? 'killed'})`)))
    child.send(task)
  })
