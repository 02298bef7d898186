// Imports point down only: cli, api, jobs → workflow → ingest, retrieval → ports → vocabulary → domain.
const folders = {
  domain: [],
  vocabulary: ['domain'],
  verification: ['domain', 'vocabulary'],
  graph: ['domain', 'vocabulary'],
  llm: ['domain'],
  ingest: ['domain', 'vocabulary'],
  analysis: ['domain'],
  retrieval: ['domain', 'vocabulary'],
  workflow: ['domain', 'vocabulary', 'verification', 'ingest', 'analysis', 'retrieval'],
  jobs: ['domain', 'workflow'],
  api: ['domain', 'vocabulary', 'ingest', 'retrieval', 'workflow', 'jobs'],
  cli: ['domain', 'vocabulary', 'ingest', 'retrieval', 'workflow', 'jobs', 'api'],
}
// Services may name the two seams, and only as types.
const seams = ['^src/graph/ports(\\.ts|/)', '^src/llm/ports\\.ts$', '^src/(project-root|gathered|give-way)\\.ts$']
// A third-party package lives in one folder.
const homes = [
  { packages: '^(neo4j-driver)', folder: '^src/graph/' },
  { packages: '^(@langchain|langchain|@xenova)', folder: '^src/llm/' },
  { packages: '^(fastify|@fastify|prom-client)', folder: '^src/api/' },
  { packages: '^(bull|ioredis)', folder: '^src/jobs/' },
  { packages: '^(commander|cli-progress)', folder: '^src/cli/' },
  { packages: '^(csv-parse)', folder: '^src/ingest/' },
  { packages: '^(piscina)', folder: '^src/analysis/' },
]

const direction = Object.entries(folders).map(([folder, allowed]) => ({
  name: `imports-of-${folder}`,
  severity: 'error',
  from: { path: `^src/${folder}/` },
  to: {
    path: '^src/',
    pathNot: [`^src/${folder}/`, ...allowed.map(name => `^src/${name}/`), ...seams]
      // The composition root is the one place that names adapters; the ways in receive it as a value or start it.
      .concat(['cli'].includes(folder) ? ['^src/(composition-root|config|logger)\\.ts$', '^src/(graph|llm)/index\\.ts$'] : []),
  },
}))

module.exports = {
  forbidden: [
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    ...direction,
    ...homes.map(({ packages, folder }) => ({
      name: `home-of-${folder.replace(/[^a-z]/g, '').replace('src', '')}`,
      severity: 'error',
      from: { path: '^src/', pathNot: folder },
      to: { path: `node_modules/${packages.slice(1)}` },
    })),
    {
      name: 'domain-is-pure',
      severity: 'error',
      from: { path: '^src/(domain|vocabulary)/' },
      to: { dependencyTypes: ['core'], pathNot: '^(node:)?crypto$' },
    },
    {
      // The client runs wherever fetch does: it carries the types of the server along, and none of its code.
      name: 'client-is-types-and-fetch',
      severity: 'error',
      from: { path: '^src/client(\\.ts|/)' },
      to: { pathNot: '^src/client(\\.ts|/)', dependencyTypesNot: ['type-only'] },
    },
    { name: 'simulator-stands-alone', severity: 'error', from: { path: '^simulator/' }, to: { path: '^src/' } },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'node', 'default', 'types'] },
  },
}
