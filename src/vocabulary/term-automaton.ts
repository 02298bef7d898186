/** Finds every occurrence of many strings in one pass (Aho–Corasick), over UTF-16 units. */
export type TermAutomaton = {
  /** Calls `onHit(term, start, end)` for each occurrence, by increasing end; `term` is the index in the list given. */
  scan(text: string, onHit: (term: number, start: number, end: number) => void): void
}

type Trie = { parent: number[]; symbol: number[]; term: number[]; depth: number[] }

function sharedStart(left: string, right: string): number {
  let at = 0
  while (at < left.length && left.charCodeAt(at) === right.charCodeAt(at)) at++
  return at
}

/** In sorted order a term shares its beginning with the one before it: no node is ever looked up. */
function buildTrie(terms: readonly string[]): Trie {
  const trie: Trie = { parent: [-1], symbol: [0], term: [-1], depth: [0] }
  const order = terms.map((_, term) => term).sort((a, b) => ((terms[a] as string) < (terms[b] as string) ? -1 : 1))
  const path = [0]
  let previous = ''
  for (const term of order) {
    const text = terms[term] as string
    for (let at = sharedStart(previous, text); at < text.length; at++) {
      path[at + 1] = trie.parent.push(path[at] as number) - 1
      trie.symbol.push(text.charCodeAt(at))
      trie.term.push(-1)
      trie.depth.push(at + 1)
    }
    trie.term[path[text.length] as number] = term
    previous = text
  }
  return trie
}

/** Transitions in one open-addressing table: a Map of numbers beyond 2^31 costs three times as much per letter. */
function packTransitions(trie: Trie): (node: number, unit: number) => number {
  let size = 1024
  while (size < trie.parent.length * 2) size *= 2
  const nodes = new Int32Array(size).fill(-1)
  const units = new Uint16Array(size)
  const children = new Int32Array(size)
  const slotOf = (node: number, unit: number): number => (Math.imul(node, 0x9e3779b1) ^ Math.imul(unit, 0x85ebca6b)) >>> 0
  for (let child = 1; child < trie.parent.length; child++) {
    const node = trie.parent[child] as number
    const unit = trie.symbol[child] as number
    let slot = slotOf(node, unit) & (size - 1)
    while (nodes[slot] !== -1) slot = (slot + 1) & (size - 1)
    nodes[slot] = node
    units[slot] = unit
    children[slot] = child
  }
  return (node, unit) => {
    let slot = slotOf(node, unit) & (size - 1)
    while (nodes[slot] !== -1) {
      if (nodes[slot] === node && units[slot] === unit) return children[slot] as number
      slot = (slot + 1) & (size - 1)
    }
    return -1
  }
}

/** Nodes without the root, level by level. */
function byDepth(depth: readonly number[]): Int32Array {
  const next = new Int32Array(depth.reduce((deepest, level) => Math.max(deepest, level), 0) + 2)
  for (let node = 1; node < depth.length; node++) next[(depth[node] as number) + 1]! += 1
  for (let level = 1; level < next.length; level++) next[level]! += next[level - 1]!
  const order = new Int32Array(depth.length - 1)
  for (let node = 1; node < depth.length; node++) order[next[depth[node] as number]!++] = node
  return order
}

/** Failure links, and for each node the next shorter one that ends a term. */
function linkFailures(trie: Trie, go: (node: number, unit: number) => number): { fail: Int32Array; ending: Int32Array } {
  const count = trie.parent.length
  const fail = new Int32Array(count)
  const ending = new Int32Array(count).fill(-1)
  for (const node of byDepth(trie.depth)) {
    const parent = trie.parent[node] as number
    const unit = trie.symbol[node] as number
    let back = parent === 0 ? -1 : (fail[parent] as number)
    while (back > 0 && go(back, unit) < 0) back = fail[back] as number
    const target = back < 0 ? 0 : Math.max(0, go(back, unit))
    fail[node] = target
    ending[node] = (trie.term[target] as number) >= 0 ? target : (ending[target] as number)
  }
  return { fail, ending }
}

/** @param terms distinct, not empty. */
export function createTermAutomaton(terms: readonly string[]): TermAutomaton {
  const trie = buildTrie(terms)
  const go = packTransitions(trie)
  const { fail, ending } = linkFailures(trie, go)
  const termAt = Int32Array.from(trie.term)
  const lengths = Int32Array.from(terms, term => term.length)
  // Most letters that lead nowhere end at the root, which is asked more often than all other nodes together.
  const fromRoot = new Int32Array(65_536)
  trie.parent.forEach((parent, node) => { if (parent === 0) fromRoot[trie.symbol[node] as number] = node })
  return {
    scan(text, onHit) {
      let node = 0
      for (let at = 0; at < text.length; at++) {
        const unit = text.charCodeAt(at)
        let next = -1
        while (node !== 0 && (next = go(node, unit)) < 0) node = fail[node] as number
        node = next < 0 ? (fromRoot[unit] as number) : next
        for (let hit = termAt[node]! >= 0 ? node : ending[node]!; hit >= 0; hit = ending[hit]!) {
          const term = termAt[hit] as number
          onHit(term, at + 1 - lengths[term]!, at + 1)
        }
      }
    },
  }
}
