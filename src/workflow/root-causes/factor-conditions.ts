import { daysOfBuildWeek } from '../../domain/dimension.ts'
import type { Factor } from '../../domain/fleet.ts'
import { nodeId, unescapeLevel } from '../../domain/identifiers.ts'
import type { BlamedNode, FactorCondition } from '../../graph/ports/root-causes.ts'

/** What follows the component in a level of supplier or condition. */
const afterComponent = ({ level, component }: Factor): string =>
  component !== null && level.startsWith(`${component}/`) ? level.slice(component.length + 1) : level

/** The node that stands for a factor; null for levels that are properties of the car alone. */
export const blamedNode = (factor: Factor): BlamedNode | null => {
  switch (factor.dimension) {
    case 'lot': return { label: 'PartLot', id: nodeId('PartLot', factor.level) }
    case 'part-number': return { label: 'Part', id: nodeId('Part', unescapeLevel(factor.level)) }
    case 'supplier': return { label: 'Supplier', id: nodeId('Supplier', afterComponent(factor)) }
    case 'software': return { label: 'SoftwareRelease', id: nodeId('SoftwareRelease', factor.level) }
    case 'plant': return { label: 'Plant', id: nodeId('Plant', factor.level) }
    case 'service-center': return { label: 'ServiceCenter', id: nodeId('ServiceCenter', factor.level) }
    case 'build-week': case 'model': case 'model-year': case 'trim': case 'option': case 'region': case 'condition': return null
  }
}

const conditionOf = (factor: Factor): FactorCondition => ({
  dimension: factor.dimension,
  nodeId: blamedNode(factor)?.id ?? null,
  component: factor.component,
  value: factor.dimension === 'condition' ? afterComponent(factor) : factor.level,
  from: null,
  to: null,
})

/** The factors as the statements of the graph read them; a run of build weeks is one condition from its first day to its last. */
export const conditionsOf = (factors: readonly Factor[]): FactorCondition[] => {
  const weeks = factors.filter(factor => factor.dimension === 'build-week').map(factor => factor.level).sort()
  const others = factors.filter(factor => factor.dimension !== 'build-week').map(conditionOf)
  const [first, last] = [weeks[0], weeks.at(-1)]
  if (first === undefined || last === undefined) return others
  return [{ dimension: 'build-week', nodeId: null, component: null, value: null, from: daysOfBuildWeek(first).from, to: daysOfBuildWeek(last).to }, ...others]
}
