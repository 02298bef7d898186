/** Roles in order of power; each may do what those before it may. `engineer` and above may see VINs. */
export const roles = ['reader', 'contributor', 'engineer', 'admin'] as const
export type Role = (typeof roles)[number]

export const mayActAs = (held: Role, needed: Role): boolean => roles.indexOf(held) >= roles.indexOf(needed)
