export type ToldRecord = { label: 'Triage' | 'SuggestionSet' | 'Suggestion' | 'Analysis'; id: string; content: string }

/** What belongs to somebody. */
export type OfSomebody = { feedbackIds: string[]; vehicleIds: string[] }

export type ErasedCounts = { feedback: number; earlierVersions: number; vehicles: number; sealedVins: number; repairOrders: number; answers: number; jobs: number }

export type ErasureStore = {
  ofPerson(reference: string): Promise<OfSomebody>
  /** @returns null where the car is not known. */
  ofVehicle(vehicleId: string): Promise<{ feedbackIds: string[]; vinSealed: string | null; personRef: string | null } | null>
  words(feedbackIds: readonly string[]): Promise<{ feedbackId: string; sourceId: string; text: string }[]>
  /** Sealed VINs of some cars. */
  sealedVins(vehicleIds: readonly string[]): Promise<string[]>
  /**
   * Erases in one transaction: `withoutWords` gets what was made of the feedback and gives it back without its words.
   *
   * @param what.needles what answers, jobs and events are found by.
   */
  erase(what: OfSomebody & { needles: string[]; at: string }, withoutWords: (told: readonly ToldRecord[]) => ToldRecord[]): Promise<ErasedCounts>
}
