import type { Case } from '../domain/case.ts'
import type { Finding } from '../domain/finding.ts'
import { parseSoftwareLevel, shortHash } from '../domain/identifiers.ts'
import { endOfAsOf, toUtc } from '../domain/instant.ts'
import { matchingCopy } from '../domain/normalised-copy.ts'
import type { PreparedAction, PreparedCase, PreparedKey, StoredCase } from '../graph/ports/record-store.ts'
import {
  codesOf, componentOf, findingsOf, json, keyed, lotOf, type PrepareDependencies, qualityFlags, type RecordIdentity, redactText, releaseOf,
  sha256, sharedNodes,
} from './prepare-context.ts'
import { modelYearNode } from './prepare-vehicle.ts'

type Action = NonNullable<Case['containment']>[number]
type RedactedAction = { actionType: string; text: string | null; effectiveFrom: string | null }

/** A closed case: its prose redacted and linked as one text, its cause, failure mode, actions and what it affected. */
export function prepareCase(record: Case, flags: readonly string[], identity: RecordIdentity, context: PrepareDependencies): PreparedCase {
  const prose = redactProse(record, context)
  const text = textOf(prose)
  const links = context.linker.link(text, { language: record.language ?? null })
  const findings = findingsOf('Case', identity.id, links, context)
  const declared = declaredComponent(record.component, context)
  const { symptoms, components } = filedUnder(links.findings, prose, declared?.id ?? null)
  const stored = storedCase(record, prose, { text, language: record.language?.toLowerCase() ?? links.language, component: declared?.id ?? null, flags })
  const affected = affectedNodes(record, declared?.id ?? null)
  const mentions = codesOf(links)
  return {
    ...identity,
    receivedAt: stored.receivedAt ?? '',
    vehicleId: null,
    stored,
    findings,
    matchText: matchingCopy(text).text,
    textSha256: sha256(text),
    symptoms,
    components,
    mentions,
    ...causeOf(prose, declared?.id ?? null),
    actions: actionsOf(identity.id, prose),
    affectedModelYears: affected.modelYears.map(({ id }) => id),
    affectedParts: affected.wholeParts,
    affectedLots: affected.namedLots,
    affectedReleases: affected.releases.map(({ id }) => id),
    shared: sharedNodes({ ...affected, components: declared ? [declared] : [], symptoms, dtcs: mentions, findings }),
  }
}

type Prose = ReturnType<typeof redactProse>

function redactProse(record: Case, context: PrepareDependencies) {
  const redacted = (text: string | null | undefined) => redactText(text, context)
  const actions = (list: readonly Action[] | null | undefined): RedactedAction[] =>
    (list ?? []).map(({ actionType, text, effectiveFrom }) => ({ actionType, text: redacted(text), effectiveFrom: effectiveFrom ?? null }))
  const { verification } = record
  return {
    title: redacted(record.title) ?? record.caseId,
    symptom: redacted(record.symptom),
    failureMode: redacted(record.failureMode),
    failureEffect: redacted(record.failureEffect),
    rootCause: redacted(record.rootCause),
    escapePoint: redacted(record.escapePoint),
    containment: actions(record.containment),
    corrective: actions(record.corrective),
    verification: verification && { ...verification, method: redacted(verification.method), result: redacted(verification.result) },
  }
}

const joined = (texts: readonly (string | null | undefined)[]): string => texts.filter(text => text != null).join('\n')

/** What went wrong, before why and what was done: the part of the prose a case is filed under. */
const problemOf = ({ title, symptom, failureMode, failureEffect }: Prose): string => joined([title, symptom, failureMode, failureEffect])

const textOf = (prose: Prose): string =>
  joined([
    problemOf(prose), prose.rootCause, prose.escapePoint,
    ...prose.containment.map(({ text }) => text),
    ...prose.corrective.map(({ text }) => text),
    prose.verification?.method, prose.verification?.result,
  ])

/** The component a case declares; beside a key also a label or another known name of one. */
function declaredComponent(word: string | null | undefined, context: PrepareDependencies): PreparedKey | null {
  if (word == null) return null
  return componentOf(context.vocabulary.resolveComponent(word) ?? word, context)
}

/**
 * Symptoms are those of the problem, and of the cause too where the record has no words for the symptom (a recall tells its effect there);
 * components the declared one, else those of problem and cause. What was denied counts for neither; "may" and "can result in" are how a
 * closed case words its risk, so they do.
 */
function filedUnder(findings: readonly Finding[], prose: Prose, declared: string | null): { symptoms: string[]; components: string[] } {
  const affirmed = findings.filter(({ negated }) => !negated)
  const before = (end: number) => affirmed.filter(({ span }) => span[0] < end)
  const problemEnd = problemOf(prose).length
  const causeEnd = problemEnd + (prose.rootCause === null ? 0 : prose.rootCause.length + 1)
  const distinct = (keys: (string | null)[]) => [...new Set(keys.filter(key => key !== null))].sort()
  return {
    symptoms: distinct(before(prose.symptom === null ? causeEnd : problemEnd).map(({ symptom }) => symptom)),
    components: declared === null ? distinct(before(causeEnd).map(({ component }) => component)) : [declared],
  }
}

type Derived = { text: string; language: string; component: string | null; flags: readonly string[] }

function storedCase(record: Case, prose: Prose, derived: Derived): StoredCase {
  const instant = (at: string | null | undefined) => (at == null ? null : at.length === 10 ? at : toUtc(at))
  const received = record.receivedAt ?? record.closedAt ?? record.openedAt
  const { title, symptom, failureMode, failureEffect, rootCause, escapePoint } = prose
  return {
    caseId: record.caseId,
    kind: record.kind ?? null,
    openedAt: instant(record.openedAt),
    closedAt: instant(record.closedAt),
    receivedAt: received == null ? null : endOfAsOf(received),
    title, symptom, failureMode, failureEffect, rootCause, escapePoint,
    affected: json(record.affected),
    verification: json(prose.verification),
    containment: json(prose.containment),
    corrective: json(prose.corrective),
    text: derived.text,
    language: derived.language,
    component: derived.component,
    dataQuality: qualityFlags(derived.flags),
  }
}

const words = (text: string): string => text.replace(/\s+/g, ' ').trim()

function causeOf(prose: Prose, componentId: string | null): Pick<PreparedCase, 'cause' | 'failureMode'> {
  const cause = prose.rootCause === null ? null : words(prose.rootCause)
  const failureMode = prose.failureMode === null ? null : words(prose.failureMode)
  return {
    cause: cause === null ? null : { id: `h_${shortHash('Cause', cause)}`, text: cause },
    failureMode: failureMode === null ? null : { id: `h_${shortHash('FailureMode', componentId ?? '', failureMode)}`, text: failureMode, componentId },
  }
}

function actionsOf(caseNodeId: string, prose: Prose): PreparedAction[] {
  const prepared = (kind: PreparedAction['kind'], actions: readonly RedactedAction[]) =>
    actions.map((action, position) => ({ id: `h_${shortHash('Action', caseNodeId, kind, String(position))}`, kind, ...action }))
  return [...prepared('ICA', prose.containment), ...prepared('PCA', prose.corrective)]
}

function affectedNodes({ affected }: Case, componentId: string | null) {
  const groups = affected ?? []
  const modelYears = groups
    .filter(({ make, model }) => make != null || model != null)
    .flatMap(({ make, model, modelYears }) =>
      (modelYears?.length ? modelYears : [null]).map(year => modelYearNode(make ?? null, model ?? null, year)))
  const lots = groups.flatMap(({ partNo, lots }) =>
    partNo == null ? [] : (lots ?? []).map(lot => lotOf({ partNo, lot, componentId, supplier: null })))
  const parts = groups.flatMap(({ partNo, lots }) => (partNo != null && !lots?.length ? [keyed('Part', partNo)] : []))
  const releases = groups
    .flatMap(({ software }) => (software == null ? [] : Array.isArray(software) ? software : [software]))
    .map(parseSoftwareLevel)
    .filter(level => level !== null)
    .map(({ module, version }) => releaseOf(module, version))
  return {
    modelYears: unique(modelYears), lots: unique(lots), parts: unique(parts), releases: unique(releases),
    wholeParts: unique(parts).map(({ id }) => id),
    namedLots: unique(lots).map(({ id }) => id),
  }
}

const unique = <T extends { id: string }>(nodes: readonly T[]): T[] => [...new Map(nodes.map(node => [node.id, node])).values()]
