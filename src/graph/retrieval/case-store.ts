import type { z } from 'zod'
import type { GraphClient } from '../ports.ts'
import type { CarKeys, CaseFilter, CaseStore, NamedVehicle, SearchableCase } from '../ports/case-store.ts'
import {
  findCasesByCjkText, findCasesByEnglishText, findCasesByKeys, findCasesByVector, listCaseVersions, readCaseDetails,
  readCarKeys, readCases, readCaseWatermark, readKeyLinks, sampleBackground,
} from './case-queries.ts'

/** The vector index knows no filter and leaves cases of another model in: this many times the list's length is asked of it. */
const overFetch = 5

export function createCaseStore({ client }: { client: GraphClient }): CaseStore {
  return {
    watermark: async () => JSON.stringify(await client.one(readCaseWatermark, {})),
    versions: () => client.stream(listCaseVersions, {}),
    cases: async caseIds => (await client.all(readCases, { caseIds: [...caseIds] })).map(toSearchableCase),
    details: caseIds => client.all(readCaseDetails, { caseIds: [...caseIds] }),
    keyLinks: () => client.all(readKeyLinks, {}),
    background: ({ embeddingModel, limit }) => client.all(sampleBackground, { embeddingModel, k: limit }),
    byEnglishText: async (query, filter) => (query === '' ? [] : ids(await client.all(findCasesByEnglishText, { query, ...toParams(filter) }))),
    byCjkText: async (query, filter) => (query === '' ? [] : ids(await client.all(findCasesByCjkText, { query, ...toParams(filter) }))),
    byVector: async ({ embedding, embeddingModel }, filter) =>
      ids(await client.all(findCasesByVector, {
        embedding: [...embedding], embeddingModel, fetch: filter.limit * overFetch, ...toParams(filter),
      })),
    byKeys: async ({ components, symptoms, dtcs }, filter) =>
      ids(await client.all(findCasesByKeys, {
        components: [...components], symptoms: [...symptoms], dtcs: [...dtcs], ...toParams(filter),
      })),
  }
}

/** What a car carries at an instant; null where the car is not known. */
export const createReadCarKeys =
  ({ client }: { client: GraphClient }) =>
  (vehicleId: string, at: string): Promise<CarKeys | null> =>
    client.maybeOne(readCarKeys, { vehicleId, at })

const ids = (rows: readonly { caseId: string }[]): string[] => rows.map(row => row.caseId)

const toParams = ({ asOf, kinds, limit }: CaseFilter) => ({ asOf, kinds: kinds && [...kinds], k: limit })

function toSearchableCase({ affected, ...rest }: z.output<typeof readCases.row>): SearchableCase {
  return { ...rest, affected: affected.map(toNamedVehicle) }
}

const given = (side: string | null): string | null => (side === null || side === '*' ? null : side)

function toNamedVehicle([make, model, modelYear]: readonly [string | null, string | null, string | null]): NamedVehicle {
  const year = given(modelYear)
  return { make: given(make), model: given(model), modelYear: year === null ? null : Number(year) }
}
