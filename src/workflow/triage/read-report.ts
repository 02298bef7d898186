import type { StatusDtc } from '../../domain/issue.ts'
import type { Assess, Assessment, LinkedText, Linker } from '../../vocabulary/index.ts'
import { mergeDtcs } from '../named-dtcs.ts'
import type { TriageSubject } from './triage-subject.ts'

/** What one report says by itself: pure, before anything is read from the graph. */
export type ReadReport = {
  subject: TriageSubject
  links: LinkedText
  /** Codes the car recorded and codes the text quotes, each once. */
  dtcs: StatusDtc[]
  assessment: Assessment
}

export const readReport = ({ linker, assess }: { linker: Linker; assess: Assess }, subject: TriageSubject): ReadReport => {
  const links = linker.link(subject.text, { language: subject.language })
  const dtcs = mergeDtcs(subject.recordedDtcs, links.dtcs)
  return { subject, links, dtcs, assessment: assess({ links, dtcs, flags: subject.flags }) }
}
