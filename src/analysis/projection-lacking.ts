import { unknownLevel } from '../domain/dimension.ts'
import { forEachCar, type CarSource, type Picks, type Scratch } from './projection-staging.ts'

/** Component of each bundle of a source as an index of `names`, −1 where it is none of a part. */
const componentsOfBundles = (source: CarSource, indexOf: (component: string) => number): Int32Array =>
  Int32Array.from({ length: source.bundleOffsets.length - 1 }, (_, bundle) => {
    for (let b = source.bundleOffsets[bundle]!; b < source.bundleOffsets[bundle + 1]!; b++) {
      const level = source.levels[source.bundleLevels[b]!]!
      if (level.dimension === 'part-number') return indexOf(level.component ?? unknownLevel)
    }
    return -1
  })

/** Which components each car lacks although most cars of its model carry them, as indexes of `components`. */
export type Lacking = {
  /** Null for components that no car lacks. */
  components: (string | null)[]
  /** @param i place of the car, whose entries `scratch` holds. */
  of(i: number, source: number, scratch: Scratch): readonly number[]
}

export const findLacking = (sources: readonly CarSource[], picks: Picks): Lacking => {
  const components = createNames()
  const models = createNames()
  const componentOf = sources.map(source => componentsOfBundles(source, components.indexOf))
  const modelOf = sources.map(source => Int32Array.from(source.models, name => models.indexOf(name)))
  const modelAt = (source: number, car: number): number => modelOf[source]![sources[source]!.car(car).model]!
  const size = components.names.length
  const [carsOf, carrying] = [new Uint32Array(models.names.length), new Uint32Array(models.names.length * size)]
  const stamp = new Int32Array(size).fill(-1)
  forEachCar(sources, picks, (i, source, car, scratch) => {
    const model = modelAt(source, car)
    carsOf[model]!++
    for (let e = 0; e < scratch.length; e++) {
      const component = componentOf[source]![scratch.bundle[e]!]!
      if (component < 0 || stamp[component] === i) continue
      stamp[component] = i
      carrying[model * size + component]!++
    }
  })
  const usual = Array.from(carsOf, (cars, model) => [...components.names.keys()].filter(c => cars > 0 && carrying[model * size + c]! >= cars / 2))
  const isLacked = (c: number): boolean => usual.some((ofModel, model) => ofModel.includes(c) && carrying[model * size + c]! < carsOf[model]!)
  stamp.fill(-1)
  return {
    components: components.names.map((name, c) => (isLacked(c) ? name : null)),
    of(i, source, scratch) {
      for (let e = 0; e < scratch.length; e++) {
        const component = componentOf[source]![scratch.bundle[e]!]!
        if (component >= 0) stamp[component] = i
      }
      return usual[modelAt(source, picks.car[i]!)]!.filter(component => stamp[component] !== i)
    },
  }
}

const createNames = () => {
  const names: string[] = []
  const known = new Map<string, number>()
  return {
    names,
    indexOf: (name: string): number => {
      const index = known.get(name) ?? names.push(name) - 1
      known.set(name, index)
      return index
    },
  }
}
