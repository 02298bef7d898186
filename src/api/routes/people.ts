import type { FastifyPluginCallbackZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { Erased } from '../../workflow/erasure/erase-person.ts'
import type { ErasePerson } from '../../workflow/erasure/erase-person.ts'
import type { Audit } from '../audit.ts'
import { problems } from '../problem-responses.ts'

export type PeopleRouteServices = { erase: ErasePerson; audit: Audit }

const answers = { 200: Erased, ...problems(401, 403, 404, 422, 429, 500, 503) }
const noQuery = z.strictObject({})

/** Erasing what was said by a person or of their car. The log of it names them by a keyed hash, cars by their pseudonym. */
export const peopleRoutes: FastifyPluginCallbackZod<{ services: PeopleRouteServices }> = (app, { services: { erase, audit } }, done) => {
  const config = { role: 'admin' } as const
  app.delete(
    '/people/:reference',
    { config, schema: { tags: ['people'], summary: 'Erase what a person said, and the VINs of their cars', params: z.object({ reference: z.string().min(1).max(200) }), querystring: noQuery, response: answers } },
    async request => {
      const { reference } = request.params
      return audit.decided(request, { action: 'person.erase', subject: erase.subjects.ofPerson(reference) }, () => erase.person(reference))
    },
  )
  app.delete(
    '/vehicles/:vinOrId/personal-data',
    { config, schema: { tags: ['people'], summary: 'Erase what was said of one car, and its VIN', params: z.object({ vinOrId: z.string().min(1).max(200) }), querystring: noQuery, response: answers } },
    async request => {
      const { vinOrId } = request.params
      return audit.decided(request, { action: 'vehicle.erase', subject: erase.subjects.ofVehicle(vinOrId) }, () => erase.vehicle(vinOrId))
    },
  )
  done()
}
