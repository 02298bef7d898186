import { primaryFinding } from '../../domain/issue.ts'
import type { Finding } from '../../domain/finding.ts'
import type { Triage } from '../../domain/triage.ts'
import type { Vocabulary } from '../../vocabulary/index.ts'
import { fillTemplate } from './triage-rules.ts'
import type { DepartmentRules } from './triage-rules.ts'

type Department = NonNullable<Triage['department']>

export type RoutedReport = {
  qualityIssue: boolean
  /** What a report that is no quality issue is about. */
  topic: { key: string; label: string } | null
  findings: readonly Finding[]
  /** Linked components, surest first. */
  components: readonly { key: string; confidence: number }[]
  /** Codes with evidence behind them. */
  codes: readonly string[]
  hazards: Triage['hazards']
}

/** Severity from which a symptom goes before the rest of what was said. */
const safetyLevel = 9

type Routed = { department: string; rule: keyof DepartmentRules['reasons']; values?: Record<string, string> }

/**
 * The department a report goes to, by the first rule that names one: the component of its gravest finding, that finding's symptom where
 * words name it, the component a fault code points at, the symptom a text sounds like, another component said, the hazard; else the fall-back. What
 * is no quality issue goes by its topic.
 */
export const routeToDepartment = (
  rules: DepartmentRules,
  vocabulary: Pick<Vocabulary, 'ancestorsOf' | 'componentsOfDtc' | 'files'>,
  report: RoutedReport,
  language: 'en' | 'zh',
): Department => {
  const ofComponent = (key: string): string | undefined => [key, ...vocabulary.ancestorsOf(key)].map(name => rules.byComponent[name]).find(Boolean)
  const ofSymptom = (key: string): string | undefined => [key, ...vocabulary.ancestorsOf(key)].map(name => rules.bySymptom[name]).find(Boolean)
  const routes = report.qualityIssue ? qualityRoutes(report, vocabulary, { ofComponent, ofSymptom, rules }) : topicRoutes(report, rules)
  const { department, rule, values = {} } = routes.next().value ?? { department: rules.otherwise, rule: 'otherwise' as const }
  return {
    key: department,
    reason: fillTemplate(rules.reasons[rule][language], values),
    name: rules.departments[department]?.name ?? { en: department, zh: department },
  }
}

/** A symptom that its words name; what a text merely sounds like says less than a fault code. */
const isNamed = ({ method }: Finding): boolean => method !== 'tfidf' && method !== 'embedding'

function* topicRoutes({ topic }: RoutedReport, rules: DepartmentRules): Generator<Routed, undefined> {
  const label = topic?.label ?? ''
  const department = (topic && rules.byTopic[topic.key]) ?? rules.notQualityOtherwise
  yield { department, rule: 'topic', values: { label } }
}

type Looks = { ofComponent: (key: string) => string | undefined; ofSymptom: (key: string) => string | undefined; rules: DepartmentRules }

function* qualityRoutes(
  { findings, components, codes, hazards }: RoutedReport,
  vocabulary: Pick<Vocabulary, 'componentsOfDtc' | 'files'>,
  { ofComponent, ofSymptom, rules }: Looks,
): Generator<Routed, undefined> {
  const severityOf = ({ symptom }: Finding): number => (symptom === null ? 0 : (vocabulary.files.severity.bySymptom[symptom] ?? 0))
  const grave = findings.filter(finding => severityOf(finding) >= safetyLevel)
  const bySymptom = function* (finding: Finding): Generator<Routed, undefined> {
    const department = finding.symptom && ofSymptom(finding.symptom)
    if (department) yield { department, rule: 'symptom', values: { key: finding.symptom! } }
  }
  const first = [primaryFinding(grave), primaryFinding(findings)].filter(finding => finding !== null)
  for (const finding of first) {
    const own = finding.component && ofComponent(finding.component)
    if (own) yield { department: own, rule: 'component', values: { key: finding.component! } }
    if (isNamed(finding)) yield* bySymptom(finding)
  }
  for (const code of codes)
    for (const key of vocabulary.componentsOfDtc(code)) {
      const department = ofComponent(key)
      if (department) yield { department, rule: 'dtc', values: { code, key } }
    }
  for (const finding of first) yield* bySymptom(finding)
  for (const { key } of components) {
    const department = ofComponent(key)
    if (department) yield { department, rule: 'component', values: { key } }
  }
  for (const { key } of hazards) {
    const department = rules.byHazard[key]
    if (department) yield { department, rule: 'hazard', values: { key } }
  }
}
