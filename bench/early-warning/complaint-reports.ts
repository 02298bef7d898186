import { readFileSync } from 'node:fs'
import { z } from 'zod'
import type { ClassReport } from '../../src/domain/fleet.ts'
import type { Linker } from '../../src/vocabulary/linker.ts'

const Complaint = z.object({
  id: z.string(), make: z.string(), model: z.string(), modelYear: z.number().nullable(),
  failDate: z.string().nullish(), filedDate: z.string().nullish(), filedDateEst: z.string().nullish(), text: z.string(),
})
export type Complaint = z.infer<typeof Complaint>

export const readComplaints = (file: string, make: string): (Complaint & { filed: string })[] =>
  readFileSync(file, 'utf8').split('\n').filter(line => line.trim() !== '').map(line => Complaint.parse(JSON.parse(line)))
    .filter(one => one.make.toUpperCase() === make)
    .flatMap(one => {
      const filed = one.filedDate ?? one.filedDateEst
      return filed == null ? [] : [{ ...one, filed }]
    })

/** Reports of unknown cars, one a complaint and class, from the words of the owner alone; negated, past and hypothetical findings are left out. */
export const reportsOfComplaints = (complaints: readonly (Complaint & { filed: string })[], linker: Linker): ClassReport[] =>
  complaints.flatMap(complaint => {
    const classes = new Map<string, ClassReport>()
    const receivedAt = `${complaint.filed}T00:00:00.000Z`
    const failed = complaint.failDate ? `${complaint.failDate}T00:00:00.000Z` : receivedAt
    for (const { component, symptom, confidence, negated, past, hypothetical } of linker.link(complaint.text, { language: 'en' }).findings) {
      if (negated || past || hypothetical || (component === null && symptom === null)) continue
      const key = `${component}/${symptom}`
      if ((classes.get(key)?.linkWeight ?? 0) >= confidence) continue
      classes.set(key, {
        source: 'feedback', recordId: complaint.id, vehicleId: null, make: complaint.make, model: complaint.model, modelYear: complaint.modelYear,
        component, symptom, at: failed < receivedAt ? failed : receivedAt, receivedAt, linkWeight: confidence, repairResult: null,
      })
    }
    return [...classes.values()]
  })
