import type { FleetVehicle } from '../../src/domain/fleet.ts'
import type { EvidenceReader, FactorCondition, ReportRef, RootCauseStore } from '../../src/graph/ports/root-causes.ts'
import type { ScopeReader, SuggestionStore } from '../../src/graph/ports/suggestions.ts'

/** A report of the simulated fleet as the two stores see it. */
export type SimulatedReport = ReportRef & { vehicleId: string; at: string; text: string; repairResult: string | null }

const isWithin = (at: string, from: string | null, to: string | null): boolean => (from === null || from <= at) && (to === null || at < to)

/** Whether a car carries a factor at an instant, as the statements of the graph read it. Ids of the graph are the spellings of the levels. */
const carries = (car: FleetVehicle, { dimension, nodeId, component, value, from, to }: FactorCondition, at: string): boolean => {
  const parts = car.parts.filter(part => (component === null || part.component === component) && isWithin(at, part.from, part.to))
  switch (dimension) {
    case 'lot': return parts.some(part => `${part.partNo}/${part.lot ?? 'unknown'}` === nodeId)
    case 'part-number': return parts.some(part => part.partNo === nodeId)
    case 'supplier': return parts.some(part => part.supplier === nodeId)
    case 'condition': return parts.some(part => part.condition === value)
    case 'software': return car.software.some(run => `${run.module}@${run.version}` === nodeId && isWithin(at, run.from, run.to))
    case 'service-center': return car.serviceCenters.some(visit => visit.id === nodeId && visit.from <= at)
    case 'plant': return car.plant === nodeId
    case 'build-week': return car.builtOn !== null && from !== null && to !== null && from <= car.builtOn.slice(0, 10) && car.builtOn.slice(0, 10) <= to
    case 'option': return value !== null && car.options.includes(value)
    case 'model': return car.model === value
    case 'model-year': return String(car.modelYear) === value
    case 'trim': return car.trim === value
    case 'region': return car.region === value
    default: return false
  }
}

type Graph = { cars: ReadonlyMap<string, FleetVehicle>; reports: ReadonlyMap<string, SimulatedReport>; newestReceipt: string }

const noStatement = { cypher: 'RETURN 1', params: {} }

/** The store of analyses over a fleet in memory: nothing is kept, paths are not read. `counted` is told which reports an analysis counted. */
export const rootCauseStoreOver = ({ cars, reports, newestReceipt }: Graph, counted: (refs: readonly ReportRef[]) => void): RootCauseStore => ({
  issueClass: () => Promise.resolve(null),
  newestReceipt: () => Promise.resolve(newestReceipt),
  content: () => Promise.resolve(null),
  pathHolds: () => Promise.resolve(false),
  save(draft, complete) {
    counted(draft.counted)
    const own = draft.counted.flatMap(ref => reports.get(ref.recordId) ?? [])
    const reader: EvidenceReader = {
      claims({ factors }) {
        const found = own.filter(report => factors.every(factor => carries(cars.get(report.vehicleId)!, factor, report.at)))
        return Promise.resolve({ ...noStatement, rows: [{ claims: found.length, vehicles: new Set(found.map(one => one.vehicleId)).size }] })
      },
      claimStatement: () => ({ ...noStatement, rows: [] }),
      carsAtRisk: () => ({ ...noStatement, rows: [] }),
      codes: () => Promise.resolve({ ...noStatement, rows: [] }),
      repairs: () => Promise.resolve({ ...noStatement, rows: [] }),
      path: () => Promise.resolve({ verified: false, nodes: [], relationships: [], cypher: '', params: {} }),
    }
    return complete(reader)
  },
})

const countScope = ({ cars }: Graph): ScopeReader['countScope'] => question => {
  const { cutOff, factors, models } = question
  const touched = [...cars.values()].filter(car => (models === null || models.includes(car.model)) && factors.every(factor => carries(car, factor, cutOff)))
  const sold = touched.filter(car => car.soldOn !== null && car.soldOn <= cutOff).length
  const counts = { stock: touched.length - sold, inTransit: 0, atOutlet: 0, sold }
  return Promise.resolve({ counts, rows: [counts], cypher: noStatement.cypher, params: { ...question } })
}

/** The store of suggestions over a fleet in memory: no closed cases, no decisions, nothing kept; reports are those counted last. */
export const suggestionStoreOver = (graph: Graph, counted: () => readonly ReportRef[]): SuggestionStore => {
  const own = (): SimulatedReport[] => counted().flatMap(ref => graph.reports.get(ref.recordId) ?? [])
  const tally = (values: readonly string[]): [string, number][] => [...new Set(values)].sort().map(value => [value, values.filter(one => one === value).length])
  const none = { ...noStatement, rows: [] }
  const unused = (): never => {
    throw new Error('the bench asks nothing of an issue')
  }
  return {
    issue: () => Promise.resolve(null),
    codes: () => Promise.resolve(none), snapshots: () => Promise.resolve(none), signalRanges: () => Promise.resolve([]), outcomes: () => Promise.resolve(none),
    repairs: () => {
      const orders = own().filter(one => one.repairResult !== null)
      return Promise.resolve({ ...noStatement, rows: tally(orders.map(one => one.repairResult!)).map(([result, count]) => ({ result, orders: count, orderIds: [] })) })
    },
    quotes: ({ limit }) => Promise.resolve(own().filter(one => one.source === 'feedback').slice(0, limit).map(one => ({ id: one.recordId, text: one.text, language: null, kind: 'feedback' as const }))),
    models: () => Promise.resolve(tally(own().map(one => graph.cars.get(one.vehicleId)!.model)).map(([model, reports]) => ({ model, reports }))),
    fleetNames: () => Promise.resolve([...new Set([...graph.cars.values()].flatMap(car => [car.model, car.plant ?? '', ...car.parts.flatMap(part => part.supplier ?? [])]))].filter(name => name !== '')),
    countCases: () => Promise.resolve(0), pastDecisions: () => Promise.resolve([]),
    countScope: countScope(graph), listScope: unused, actionConditions: unused,
    save: () => Promise.resolve(), latest: () => Promise.resolve(null), suggestion: unused, decide: unused, linkTaughtCase: unused, decided: unused, issueFacts: unused,
  }
}
