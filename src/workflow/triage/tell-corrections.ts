import { primaryFinding } from '../../domain/issue.ts'
import type { FoundByRepair } from '../../domain/feedback-record.ts'
import type { Triage } from '../../domain/triage.ts'
import type { Vocabulary } from '../../vocabulary/index.ts'
import { fillTemplate, type DepartmentRules } from './triage-rules.ts'

/** A triage as it was made, with what repairs have found since put first among its components, each with its reason. */
export type TellCorrections = (triage: Triage, found: readonly FoundByRepair[]) => Triage

export const createTellCorrections =
  ({ vocabulary, rules }: { vocabulary: Pick<Vocabulary, 'labelOf'>; rules: Pick<DepartmentRules, 'corrected'> }): TellCorrections =>
  (triage, found) => {
    if (found.length === 0) return triage
    const language = triage.language === 'zh' || triage.language === 'mixed' ? 'zh' : 'en'
    const named = primaryFinding(triage.findings)?.component ?? null
    const components = found.map(({ component, said, by, confidence, spanStart, spanEnd }): Triage['components'][number] => {
      const owners = said ?? named
      const reason = fillTemplate(rules.corrected.repair[language], {
        by, component: vocabulary.labelOf(component, language), said: owners === null ? '–' : vocabulary.labelOf(owners, language),
      })
      return { key: component, label: vocabulary.labelOf(component), confidence, span: [spanStart, spanEnd], method: 'repair', reason }
    })
    const first = [...new Map(components.map(component => [component.key, component])).values()]
    return { ...triage, components: [...first, ...triage.components.filter(({ key }) => !first.some(one => one.key === key))] }
  }
