import type { HeldFeedback, IssueChange, IssueChanges, IssueEvent, IssueRecord, IssueStore } from '../../../src/graph/ports/issues.ts'

export const at = '2023-01-10T00:00:00.000Z'

export const anIssue = (issueId: string, given: Partial<IssueRecord> = {}): IssueRecord => ({
  issueId, state: 'new', stateBefore: null, component: 'traction-battery', symptom: 'charging-stops', model: 'ES8', severity: 6, hazards: [],
  openedAt: '2023-01-09T06:00:00.000Z', lastActivityAt: '2023-01-09T06:00:00.000Z', firstResponseDueAt: '2023-01-10T06:00:00.000Z', resolutionDueAt: '2023-01-11T06:00:00.000Z',
  firstResponseAt: null, resolvedAt: null, closedAt: null, externalRef: null, owner: null, department: null, departmentBy: null, raised: [], clocks: 'open', revision: 0,
  mergedInto: null, splitFrom: null, ...given,
})

export const aReport = (feedbackId: string, given: Partial<HeldFeedback> = {}): HeldFeedback => ({
  feedbackId, receivedAt: '2023-01-09T06:00:00.000Z', path: [], component: 'traction-battery', symptom: 'charging-stops', model: 'es8', severity: 6, hazards: [], ...given,
})

/** Issues in maps; a change that fails leaves all as it was. What it drops of the graph's rules is held by the store's own integration test. */
export const createMemoryIssues = (issues: IssueRecord[], feedback: Record<string, HeldFeedback[]> = {}) => {
  let state = { issues: new Map(issues.map(one => [one.issueId, one])), held: new Map(Object.entries(feedback)), changes: [] as (IssueChange & { issueId: string })[], events: [] as IssueEvent[] }
  const answered = new Map<string, string>()
  const open = (): IssueChanges => ({
    hold: ids => Promise.resolve(ids.filter(id => state.issues.has(id))),
    read: id => Promise.resolve(state.issues.get(id) ?? null),
    // Merges and splits are relationships: written by their own statements.
    write: issue => {
      const { mergedInto, splitFrom } = state.issues.get(issue.issueId)!
      return Promise.resolve(void state.issues.set(issue.issueId, { ...issue, mergedInto, splitFrom, revision: issue.revision + 1 }))
    },
    held: id => Promise.resolve(state.held.get(id) ?? []),
    move: (from, to, moves) => {
      const moving = new Map(moves.map(move => [move.feedbackId, move.path]))
      const [stay, go] = [(state.held.get(from) ?? []).filter(one => !moving.has(one.feedbackId)), (state.held.get(from) ?? []).filter(one => moving.has(one.feedbackId))]
      state.held.set(from, stay).set(to, [...(state.held.get(to) ?? []), ...go.map(one => ({ ...one, path: moving.get(one.feedbackId)! }))])
      return Promise.resolve(go.length)
    },
    record: (issueId, change) => Promise.resolve(void state.changes.push({ issueId, ...change })),
    lastChange: (issueId, kind) => Promise.resolve(state.changes.findLast(one => one.issueId === issueId && one.kind === kind) ?? null),
    linkMerge: (id, into) => Promise.resolve(void state.issues.set(id, { ...state.issues.get(id)!, mergedInto: into })),
    unlinkMerge: id => {
      const into = state.issues.get(id)?.mergedInto ?? null
      state.issues.set(id, { ...state.issues.get(id)!, mergedInto: null })
      return Promise.resolve(into)
    },
    mergeChain: id => {
      const chain: string[] = []
      for (let next = state.issues.get(id)?.mergedInto; next; next = state.issues.get(next)?.mergedInto) chain.push(next)
      return Promise.resolve(chain)
    },
    createSplit: (issue, source) => Promise.resolve(void state.issues.set(issue.issueId, anIssue(issue.issueId, { ...issue, splitFrom: source }))),
    answeredAt: id => Promise.resolve(answered.get(id) ?? null),
    emit: event => Promise.resolve(void state.events.push(event)),
  })
  const change: IssueStore['change'] = async work => {
    const before = { issues: new Map(state.issues), held: new Map(state.held), changes: [...state.changes], events: [...state.events] }
    try {
      return await work(open())
    } catch (error) {
      state = before
      throw error
    }
  }
  return {
    store: { change, dueClocks: () => Promise.resolve([...state.issues.values()].filter(one => one.clocks === 'open' && pending(one)).map(one => one.issueId)) },
    issue: (id: string) => state.issues.get(id)!,
    idsIn: (id: string) => (state.held.get(id) ?? []).map(one => one.feedbackId).sort(),
    arrive: (id: string, report: HeldFeedback) => state.held.set(id, [...(state.held.get(id) ?? []), report]),
    answer: (id: string, when: string) => answered.set(id, when),
    held: (id: string) => state.held.get(id) ?? [],
    changes: () => state.changes,
    events: () => state.events.map(event => [event.type, event.issueId, ...('clock' in event ? [event.clock] : [])].join(' ')),
  }
}

/** What the statement of the graph finds, in one line: something was not raised yet. */
const pending = ({ raised, firstResponseAt, resolvedAt }: IssueRecord): boolean =>
  (firstResponseAt === null && !raised.some(one => one.startsWith('first-response'))) || (resolvedAt === null && !raised.some(one => one.startsWith('resolution')))
