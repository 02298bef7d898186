import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import swagger from '@fastify/swagger'
import swaggerUi from '@fastify/swagger-ui'
import fp from 'fastify-plugin'
import { jsonSchemaTransform, jsonSchemaTransformObject } from 'fastify-type-provider-zod'
import { projectRoot } from '../../project-root.ts'
import { describeHeaders } from '../describe-headers.ts'

/** The contract as OpenAPI 3.1, made from the route schemas, at /openapi.json, and a page to read and try it at /docs. */
export const openapi = fp<{ version: string }>(
  async (app, { version }) => {
    await app.register(swagger, {
      openapi: {
        openapi: '3.1.0',
        info: {
          title: 'Fishbone',
          version,
          description: 'Quality graph and root-cause engine for vehicles. Errors are application/problem+json; their codes are listed in docs/errors.md.',
          license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
        },
        servers: [{ url: '/' }],
        tags: [
          { name: 'feedback', description: 'What people say about their cars' },
          { name: 'cases', description: 'Closed problems with a known cause' },
          { name: 'records', description: 'Records of the import contract, one or up to a thousand' },
          { name: 'imports', description: 'Files of records' },
          { name: 'analyses', description: 'What the cars of a problem have in common' },
          { name: 'suggestions', description: 'What to do about an issue' },
          { name: 'early warning', description: 'New problems, before anyone asks' },
          { name: 'actions', description: 'What actions touch and did' },
          { name: 'metrics', description: 'Figures of the fleet and of the work' },
          { name: 'vehicles', description: 'One car as it was' },
          { name: 'audit', description: 'Who saw or decided what' },
          { name: 'issues', description: 'Problems from the first report to the lesson learnt' },
          { name: 'webhooks', description: 'Telling other systems' },
          { name: 'people', description: 'Erasing what is known of a person' },
          { name: 'jobs', description: 'Long work' },
          { name: 'health', description: 'Is it up' },
        ],
        components: { securitySchemes: { key: { type: 'http', scheme: 'bearer', description: 'An API key' } } },
        security: [{ key: [] }],
      },
      transform: jsonSchemaTransform,
      transformObject: document => describeHeaders(jsonSchemaTransformObject(document)),
    })
    await app.register(swaggerUi, { routePrefix: '/docs', uiConfig: { docExpansion: 'list', persistAuthorization: false } })
    // Where the `type` of a problem points to.
    app.get('/docs/errors', { schema: { hide: true }, config: { role: 'open' } }, async (_request, reply) =>
      reply.type('text/plain; charset=utf-8').serializer(String).send(await readFile(join(projectRoot, 'docs/errors.md'), 'utf8')))
    app.get('/openapi.json', { schema: { hide: true }, config: { role: 'open' } }, () => app.swagger())
  },
  { name: 'openapi', dependencies: ['security'] },
)
