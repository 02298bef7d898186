/**
 * Reports among some feedback, each told twice counted once: the groups that duplicate edges tie together.
 *
 * @param edges pairs of feedback ids; those with an end outside are left out.
 */
export const countReports = (feedbackIds: readonly string[], edges: readonly (readonly [string, string])[]): number => {
  const parent = new Map(feedbackIds.map(id => [id, id]))
  const rootOf = (id: string): string => {
    let root = id
    while (parent.get(root) !== root) root = parent.get(root)!
    parent.set(id, root)
    return root
  }
  let groups = parent.size
  for (const [from, to] of edges) {
    if (!parent.has(from) || !parent.has(to)) continue
    const [a, b] = [rootOf(from), rootOf(to)]
    if (a === b) continue
    parent.set(a, b)
    groups--
  }
  return groups
}
