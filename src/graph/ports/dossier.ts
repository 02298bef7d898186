import type { Campaign, CarriedLot, RunningSoftware, VehicleDossier } from '../../domain/dossier.ts'
import type { StatusDtc } from '../../domain/issue.ts'

/** A feedback as it was known by the instant; `storedTriage` is the JSON of the triage made from this very content. */
export type KnownFeedback = Omit<VehicleDossier['feedback'][number], 'triage'> & {
  language: string | null
  sos: boolean | null
  codes: StatusDtc[]
  storedTriage: string | null
}

/** One car as known by an instant: what was received later, and contents that superseded others later, are not in it. */
export type KnownVehicle = {
  vehicleId: string
  vinSealed: string | null
  vehicle: Omit<VehicleDossier['vehicle'], 'monthsInService'>
  parts: CarriedLot[]
  software: RunningSoftware[]
  feedback: KnownFeedback[]
  snapshots: (Omit<VehicleDossier['snapshots'][number], 'dtcs'> & { codes: StatusDtc[] })[]
  /** `text` is all its prose, searched for the number of a campaign. */
  repairs: (VehicleDossier['repairs'][number] & { text: string })[]
  issues: (VehicleDossier['issues'][number] & { alertIds: string[] })[]
}

/** A case that may cover the car; `affected` is the JSON of its affected list. */
export type AffectingCase = Omit<Campaign, 'reasons' | 'doneBy'> & { affected: string | null }

/** Reads one car as of an instant. */
export type DossierStore = {
  /** @returns null when there is no such car. */
  vehicleAsKnown(vehicleId: string, at: string): Promise<KnownVehicle | null>
  /** Cases known by the instant that name one of these as affected. */
  casesAffecting(targets: { modelYears: string[]; parts: string[]; lots: string[]; releases: string[] }, at: string): Promise<AffectingCase[]>
}
