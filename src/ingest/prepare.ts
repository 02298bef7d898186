import type { RecordKind, RecordOf } from '../domain/record-kind.ts'
import type { PreparedOf } from '../graph/ports/record-store.ts'
import { prepareCase } from './prepare-case.ts'
import type { PrepareDependencies, RecordIdentity } from './prepare-context.ts'
import { prepareFeedback } from './prepare-feedback.ts'
import { prepareRepair } from './prepare-repair.ts'
import { prepareInstall, prepareSnapshot } from './prepare-vehicle-events.ts'
import { prepareVehicle } from './prepare-vehicle.ts'

type Prepare<K extends RecordKind> = (
  record: RecordOf[K],
  flags: readonly string[],
  identity: RecordIdentity,
  context: PrepareDependencies,
) => PreparedOf[K]

/** Record → what is written: texts redacted and linked, VINs replaced, ids and instants in canonical form. Pure but for the key of the vault. */
export const prepareRecord: { readonly [K in RecordKind]: Prepare<K> } = {
  vehicles: prepareVehicle,
  cases: prepareCase,
  'software-installs': prepareInstall,
  'telemetry-snapshots': prepareSnapshot,
  feedback: prepareFeedback,
  'repair-orders': prepareRepair,
}
