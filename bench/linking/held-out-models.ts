/** Every second model by name is held out: its complaints are measured on and never learned from. */
export const heldOutModels = (complaints: readonly { model: string }[]): ReadonlySet<string> =>
  new Set([...new Set(complaints.map(({ model }) => model))].sort().filter((_, index) => index % 2 === 1))
