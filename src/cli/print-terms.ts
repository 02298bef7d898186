import type { TermCluster } from '../domain/term-cluster.ts'
import type { PrintOptions } from './print-triage.ts'
import { cut } from './terminal.ts'

const growthOf = ({ recent, before, verdict }: TermCluster['growth'], { paint }: PrintOptions): string => {
  const counts = `${recent} in the last four weeks, ${before} in the four before`
  return verdict === 'growing' ? paint.red(`growing: ${counts}; it may be a new symptom`) : counts
}

const clusterLines = (cluster: TermCluster, options: PrintOptions): string[] => {
  const { clusterId, reports, vehicles, firstAt, proposedForm, otherForm, nearest, components, examples } = cluster
  const keys = nearest.map(({ kind, key, label, score }) => `${kind}:${key} (${label}) ${score.toFixed(2)}`)
  return [
    `${options.paint.cyan(clusterId)} ${options.paint.bold([proposedForm ?? 'no common words', ...(otherForm === null ? [] : [otherForm])].join(' / '))}  ${reports} reports${vehicles > 0 ? ` of ${vehicles} cars` : ''} since ${firstAt.slice(0, 10)}; ${growthOf(cluster.growth, options)}`,
    ...examples.map(({ feedbackId, text }) => `    ${cut(`“${text.replaceAll(/\s+/g, ' ')}”`, options.columns - 30)} ${options.paint.dim(feedbackId)}`),
    ...(components.length > 0 ? [`    names ${components.slice(0, 4).map(({ key, clauses }) => `${key} ${clauses}`).join(', ')}`] : []),
    `    nearest ${keys.length === 0 ? 'to no key' : keys.slice(0, 3).join(', ')}`,
  ]
}

/** Clusters for a person at a terminal, with the command that accepts one. */
export const printTermClusters = (clusters: readonly TermCluster[], options: PrintOptions): string => {
  if (clusters.length === 0) return 'Nothing that several reports say is without a key.'
  const growing = clusters.filter(({ growth }) => growth.verdict === 'growing').length
  return [
    ...clusters.flatMap(cluster => clusterLines(cluster, options)),
    '',
    ...(growing > 0 ? [options.paint.red(`${growing} of them grow.`)] : []),
    "To accept one: fishbone terms accept CLUSTER --as symptom:KEY --form 'words'; to set it aside: fishbone terms reject CLUSTER --reason '…'",
  ].join('\n')
}
