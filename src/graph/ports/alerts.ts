import type { Alert, AlertRecord } from '../../domain/alert.ts'
import type { IssueClass } from '../../domain/issue.ts'

/** What a scan changes; worked out from the alerts that are stored, under the lock of the watch. */
export type AlertChanges = {
  /** New alerts, each with the class of the issue it joins or opens. */
  raise: { alert: Omit<Alert, 'issueId'>; issueClass: IssueClass }[]
  /** Alerts that stand with new figures, or that are closed. */
  update: Alert[]
  /** Kept for the performance log when the scan was whole; null for one of a few streams. */
  scan: ScanRecord | null
}

export type ScanRecord = { asOf: string; streams: number; streamYears: number; engineVersion: string; seed: number }

export type AlertStore = {
  list(): Promise<Alert[]>
  find(alertId: string): Promise<Alert | null>
  /**
   * Holds a scan against the stored alerts in one transaction that holds the lock of the watch: `plan` gets them and the `asOf` up to which the
   * watch has looked, and says what changes; null changes nothing. Issues are opened or joined with the alerts.
   */
  reconcile(options: {
    at: string
    asOf: string
    due: { firstResponseAt: string; resolutionAt: string }
    plan: (stored: Alert[], scannedTo: string | null) => AlertChanges | null
  }): Promise<{ recorded: boolean; alerts: Alert[] }>
  /** Keeps what a person decided. @returns null when there is no such alert. */
  decide(alertId: string, decision: { outcome: 'confirmed' | 'rejected'; reason: string; decidedAt: string }): Promise<Alert | null>
  records(): Promise<AlertRecord[]>
  /** Stream-years that whole scans have watched. */
  watched(): Promise<{ scans: number; streamYears: number }>
}
