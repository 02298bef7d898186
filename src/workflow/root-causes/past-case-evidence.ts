import type { SimilarCase } from '../../domain/case-search.ts'
import type { EvidenceReader } from '../../graph/ports/root-causes.ts'
import type { CandidateEvidence } from './candidate-evidence.ts'
import type { Words } from './factor-words.ts'
import { fill, spell } from './wording.ts'

/** A past case speaks for its cause by likeness alone; its path runs through the case. */
export const pastCaseEvidence = async (
  candidateId: string, past: SimilarCase & { rootCause: string }, reader: EvidenceReader, { wording }: Words, nextId: () => string,
): Promise<CandidateEvidence> => {
  const path = await reader.path({ kind: 'case', candidateId, caseId: past.caseId })
  const summary = fill(wording.evidence['pastCase'], { caseId: past.caseId, title: past.title, rootCause: past.rootCause, similarity: spell(past.score) })
  return {
    evidence: [{ id: nextId(), type: 'case', summary, nodeIds: [past.caseId], cypher: path.cypher, params: path.params, returned: null }],
    counterEvidence: [],
    path,
  }
}
