import type { z } from 'zod'
import type { ActionEfficacy } from '../domain/action-efficacy.ts'
import type { EditIssueRequest, MergeIssueRequest, SplitIssueRequest, TransitionRequest } from '../domain/issue-calls.ts'
import type { IssueState } from '../domain/issue-lifecycle.ts'
import type { IssueDetail, IssueSummary } from '../domain/issue-view.ts'
import type { SuggestionSet } from '../domain/suggestion.ts'
import type { ActionScopeReply, ActionScopeRequest, DecidedSuggestion, DecideSuggestionRequest, EightDDraftReply, SuggestedEfficacyReply } from '../domain/suggestion-calls.ts'
import type { IssueGraph } from '../workflow/issues/issue-evidence.ts'
import { id } from './call-types.ts'
import type { Given, Listing, Page, Transport } from './call-types.ts'

export type IssueFilter = Listing & {
  /** One state, or several with commas. */
  state?: IssueState | (string & {})
  component?: string; symptom?: string; model?: string; hazard?: string; owner?: string; department?: string
  severityMin?: number
  overdue?: boolean
}

/** The life of issues: what is suggested, decided and done about them. */
export const createIssueCalls = ({ call, finish, text }: Transport) => {
  const decide = (issueId: string, step: string, body: object, given: Given) => call<IssueDetail>('POST', `/v1/issues/${id(issueId)}/${step}`, { body, ...given })
  return {
    issues: {
      list: (filter: IssueFilter = {}, given?: Given) => call<Page<IssueSummary>>('GET', '/v1/issues', { query: filter, ...given }),
      get: (issueId: string, given?: Given) => call<IssueDetail>('GET', `/v1/issues/${id(issueId)}`, given),
      graph: (issueId: string, given?: Given) => call<IssueGraph>('GET', `/v1/issues/${id(issueId)}/graph`, given),
      /** Ticket, owner, department; a note. */
      edit: (issueId: string, change: EditIssueRequest, given?: Given) => call<IssueDetail>('PATCH', `/v1/issues/${id(issueId)}`, { body: change, ...given }),
      /** One step forward, or any number back with a note; a step that is not possible rejects with FB_CONFLICT. */
      transition: (issueId: string, step: TransitionRequest, given?: Given) => decide(issueId, 'transitions', step, given),
      merge: (issueId: string, merge: MergeIssueRequest, given?: Given) => decide(issueId, 'merge', merge, given),
      /** Takes a merge back, or the split an issue comes from. */
      unmerge: (issueId: string, reason?: string, given?: Given) => decide(issueId, 'unmerge', { reason }, given),
      /** @returns the issue that was split off. */
      split: (issueId: string, split: SplitIssueRequest, given?: Given) => decide(issueId, 'split', split, given),
      suggest: (issueId: string, request: { asOf?: string; language?: 'en' | 'zh'; wording?: 'template' | 'model' } = {}, given?: Given) =>
        finish<SuggestionSet>('POST', `/v1/issues/${id(issueId)}/suggestions`, { body: request, ...given }),
      suggestions: (issueId: string, given?: Given) => call<SuggestionSet>('GET', `/v1/issues/${id(issueId)}/suggestions`, given),
      /** 8D draft D0–D8 with its evidence, and the slots that wait for people. */
      eightD: (issueId: string, given?: Given) => call<EightDDraftReply>('GET', `/v1/issues/${id(issueId)}/8d`, given),
      eightDPage: (issueId: string, form: 'text/markdown' | 'text/html', given?: Given) => text('GET', `/v1/issues/${id(issueId)}/8d`, form, given),
    },
    suggestions: {
      decide: (suggestionId: string, decision: DecideSuggestionRequest, given?: Given) => call<DecidedSuggestion>('POST', `/v1/suggestions/${id(suggestionId)}/decision`, { body: decision, ...given }),
      /** Suggestions that people took, edited or verified, as JSONL chat examples. */
      exportInstructionTuning: (given?: Given) => text('GET', '/v1/exports/instruction-tuning', 'application/jsonl', given),
    },
    actions: {
      /** The cars an action touches; `cars` lists them for engineers. */
      scope: (actionId: string, request: z.input<typeof ActionScopeRequest> = {}, given?: Given) => call<ActionScopeReply>('POST', `/v1/actions/${id(actionId)}/scope`, { body: request, ...given }),
      scopeCsv: (actionId: string, request: z.input<typeof ActionScopeRequest> = {}, given?: Given) => text('POST', `/v1/actions/${id(actionId)}/scope`, 'text/csv', { body: request, ...given }),
      /** What an action did; of a suggestion, what the past actions did that it repeats. */
      efficacy: (actionId: string, query?: { asOf?: string }, given?: Given) => call<ActionEfficacy | SuggestedEfficacyReply>('GET', `/v1/actions/${id(actionId)}/efficacy`, { query, ...given }),
    },
  }
}
