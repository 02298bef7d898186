import { execFileSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { projectRoot } from '../../src/project-root.ts'
import type { VocabularyFiles } from '../../src/vocabulary/index.ts'
import { readVocabularyFiles } from '../../src/vocabulary-files.ts'

/** Commit of the last vocabulary whose words nobody had held against a label. */
export const beforeLabels = '9beca24'

/** The terms of an earlier commit under the cues and rules of today, whose shape it need not know. */
export function readFrozenFiles(commit: string): VocabularyFiles {
  const folder = mkdtempSync(path.join(tmpdir(), 'fishbone-frozen-'))
  const archive = execFileSync('git', ['archive', commit, 'vocabulary'], { maxBuffer: 1e8, cwd: projectRoot })
  execFileSync('tar', ['-x', '-C', folder], { input: archive })
  const frozen = path.join(folder, 'vocabulary')
  // A commit from before there were spoken sentences and calibrations has neither; today's are taken in any case.
  mkdirSync(path.join(frozen, 'spoken'), { recursive: true })
  cpSync(path.join(projectRoot, 'vocabulary', 'calibration'), path.join(frozen, 'calibration'), { recursive: true })
  try {
    const { components, symptoms, patterns } = readVocabularyFiles(frozen)
    return { ...readVocabularyFiles(), components, symptoms, patterns }
  } finally {
    rmSync(folder, { recursive: true })
  }
}
