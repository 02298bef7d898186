import type { FastifyPluginCallbackZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { VehicleDossier } from '../../domain/dossier.ts'
import { InstantOrDay } from '../../domain/instant.ts'
import type { ReadDossier } from '../../workflow/dossier/read-dossier.ts'
import type { Audit } from '../audit.ts'
import { problems } from '../problem-responses.ts'
import { mayActAs } from '../roles.ts'

export type VehicleRouteServices = { readDossier: ReadDossier; audit: Audit }

/** One car as it was. */
export const vehicleRoutes: FastifyPluginCallbackZod<{ services: VehicleRouteServices }> = (app, { services: { readDossier, audit } }, done) => {
  app.get(
    '/vehicles/:vinOrId/dossier',
    {
      config: { role: 'reader' },
      schema: {
        tags: ['vehicles'],
        summary: 'One car as it was, and as it was known, at an instant: parts, software, feedback, snapshots, repairs, issues, campaigns',
        description: 'vehicle is its VIN or its pseudonym. The VIN is in the answer for engineers alone; each look is logged.',
        params: z.object({ vinOrId: z.string().trim().min(1).max(200) }),
        querystring: z.strictObject({ at: InstantOrDay.optional() }),
        response: { 200: VehicleDossier, ...problems(401, 403, 404, 422, 429, 500, 503) },
      },
    },
    async request => {
      const { vinOrId } = request.params
      const { at } = request.query
      const maySeeVin = request.principal !== null && mayActAs(request.principal.role, 'engineer')
      const dossier = await readDossier({ vinOrId, ...(at !== undefined && { at }) }, { maySeeVin })
      // Under the pseudonym: the log of looks must not be a list of VINs.
      await audit.saw(request, { action: 'vehicle.read', subject: dossier.vehicleId, detail: { withVin: maySeeVin } })
      return dossier
    },
  )
  done()
}
