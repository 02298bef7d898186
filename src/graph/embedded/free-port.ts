import { createServer } from 'node:net'

/** Whether a loopback port can be listened on now. */
export function isFree(port: number): Promise<boolean> {
  return new Promise(resolve => {
    const probe = createServer()
    probe.once('error', () => resolve(false))
    probe.listen({ port, host: '127.0.0.1', exclusive: true }, () => probe.close(() => resolve(true)))
  })
}

/** A loopback port the system picks. */
export function anyPort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer()
    probe.once('error', reject)
    probe.listen({ port: 0, host: '127.0.0.1' }, () => {
      const address = probe.address()
      probe.close(() => resolve(typeof address === 'object' && address ? address.port : 0))
    })
  })
}

/**
 * The first free port of a list of wishes, in order, else one the system picks.
 *
 * @param wishes undefined entries are skipped: the remembered port, then the usual one.
 * @param taken ports already given away in the same start.
 */
export async function choosePort(
  wishes: readonly (number | undefined)[],
  taken: readonly number[] = [],
  machine = { isFree, anyPort },
): Promise<number> {
  for (const wish of wishes) {
    if (wish !== undefined && !taken.includes(wish) && (await machine.isFree(wish))) return wish
  }
  let port = await machine.anyPort()
  while (taken.includes(port)) port = await machine.anyPort()
  return port
}
