import type { EightDDraft, EightDEntry, EightDWording } from './draft-8d.ts'

type Label = (name: string) => string
const labelOf = (wording: EightDWording, { language }: EightDDraft): Label => name => wording.labels[name]?.[language] ?? name

/** Words of people may hold anything: Markdown signs and tags stay letters. */
const plainMarkdown = (text: string): string => text.replace(/[\\`*_{}[\]<>#|!]/g, sign => `\\${sign}`).replace(/\s*\n\s*/g, ' ')
const cites = ({ evidenceIds }: EightDEntry): string => (evidenceIds.length === 0 ? '' : ` [${evidenceIds.join(', ')}]`)

export const eightDMarkdown = (draft: EightDDraft, wording: EightDWording): string => {
  const label = labelOf(wording, draft)
  return [
    `# ${label('report')}: ${plainMarkdown(draft.subject)}`,
    ...draft.disciplines.flatMap(({ discipline, title, entries, emptySlots }) => [
      '', `## ${discipline} ${title}`, '',
      ...entries.map(one => `- ${plainMarkdown(one.text)}${one.status === null ? '' : ` (${label(one.status)})`}${cites(one).replace(/[[\]]/g, sign => `\\${sign}`)}`),
      ...emptySlots.map(slot => `- [ ] ${label('missing')}: ${slot.text}`),
    ]),
    '', `## ${label('evidence')}`, '', ...draft.evidence.map(one => `- ${one.id} (${one.type}) ${plainMarkdown(one.summary)}`), '',
  ].join('\n')
}

const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, sign => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' })[sign]!)

const css = `body{font:14px/1.5 system-ui,"Noto Sans CJK SC",sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;color:#111}
h1{font-size:1.5rem}h2{font-size:1.1rem;border-bottom:1px solid #999;margin-top:1.6rem}li{margin:.2rem 0}.id,.status{color:#555;font-size:.85em}
.slot{list-style:none;border:1px dashed #888;padding:.4rem .6rem;min-height:2.4rem;margin:.3rem 0}
@media print{body{margin:0;max-width:none;font-size:11pt}h2{break-after:avoid}li{break-inside:avoid}@page{size:A4;margin:18mm}}`

/** One page by itself: no script, no address, everything escaped. */
export const eightDHtml = (draft: EightDDraft, wording: EightDWording): string => {
  const label = labelOf(wording, draft)
  const item = (one: EightDEntry): string =>
    `<li>${escapeHtml(one.text)}${one.status === null ? '' : ` <span class="status">(${escapeHtml(label(one.status))})</span>`}${one.evidenceIds.length === 0 ? '' : ` <span class="id">${one.evidenceIds.map(id => `<a href="#${escapeHtml(id)}">${escapeHtml(id)}</a>`).join(' ')}</span>`}</li>`
  const sections = draft.disciplines.map(({ discipline, title, entries, emptySlots }) =>
    `<section><h2>${discipline} ${escapeHtml(title)}</h2><ul>${entries.map(item).join('')}${emptySlots.map(slot => `<li class="slot">${escapeHtml(label('missing'))}: ${escapeHtml(slot.text)}</li>`).join('')}</ul></section>`)
  const evidence = draft.evidence.map(one => `<li id="${escapeHtml(one.id)}"><b>${escapeHtml(one.id)}</b> <span class="id">${escapeHtml(one.type)}</span> ${escapeHtml(one.summary)}</li>`)
  return `<!doctype html><html lang="${draft.language}"><head><meta charset="utf-8"><title>${escapeHtml(`${label('report')}: ${draft.subject}`)}</title><style>${css}</style></head><body><h1>${escapeHtml(`${label('report')}: ${draft.subject}`)}</h1>${sections.join('')}<section><h2>${escapeHtml(label('evidence'))}</h2><ul>${evidence.join('')}</ul></section></body></html>\n`
}
