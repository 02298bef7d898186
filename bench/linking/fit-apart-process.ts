import type { FitTask, FittedModels } from './fit-apart.ts'
import { fitPrototypes } from './fit-prototypes.ts'
import { fitSoftmax } from './fit-softmax.ts'

process.once('message', ({ wordings, meanings }: FitTask) => {
  const fitted: FittedModels = { wording: fitSoftmax(wordings), prototypes: fitPrototypes(meanings) }
  process.send?.(fitted)
})
