/** What a redactor leaves in place of personal data: `[phone]`, or `[vin:veh_…]` with the vehicle's pseudonym. */
export const redactionKinds = ['email', 'vin', 'id', 'card', 'plate', 'phone', 'handle', 'address', 'name'] as const
export type RedactionKind = (typeof redactionKinds)[number]

/** A new global pattern for every redaction mark; its state (`lastIndex`) belongs to the caller. */
export const redactionMarks = (): RegExp => /\[(?:email|id|card|plate|phone|handle|address|name|vin:veh_[0-9a-f]{32})\]/g
