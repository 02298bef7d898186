import { BlockList, isIP } from 'node:net'

/** Address blocks that are not the public internet (IANA special-purpose registries), multicast included. */
const blocks: readonly (readonly [string, number, 'ipv4' | 'ipv6'])[] = [
  ['0.0.0.0', 8, 'ipv4'], ['10.0.0.0', 8, 'ipv4'], ['100.64.0.0', 10, 'ipv4'], ['127.0.0.0', 8, 'ipv4'], ['169.254.0.0', 16, 'ipv4'], ['172.16.0.0', 12, 'ipv4'],
  ['192.0.0.0', 24, 'ipv4'], ['192.0.2.0', 24, 'ipv4'], ['192.88.99.0', 24, 'ipv4'], ['192.168.0.0', 16, 'ipv4'], ['198.18.0.0', 15, 'ipv4'], ['198.51.100.0', 24, 'ipv4'],
  ['203.0.113.0', 24, 'ipv4'], ['224.0.0.0', 4, 'ipv4'], ['240.0.0.0', 4, 'ipv4'],
]
/** Of IPv6 only global unicast is public; in it these are not, or carry an IPv4 address that may be private. */
const within2000: readonly (readonly [string, number])[] = [['2001::', 23], ['2001:db8::', 32], ['2002::', 16], ['3fff::', 20]]

const createLists = () => {
  const refused = new BlockList()
  for (const [address, bits, family] of blocks) refused.addSubnet(address, bits, family)
  const global = new BlockList()
  global.addSubnet('2000::', 3, 'ipv6')
  const excepted = new BlockList()
  for (const [address, bits] of within2000) excepted.addSubnet(address, bits, 'ipv6')
  return { refused, global, excepted }
}

const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i

/** Whether an address, written as numbers, is none of the public internet. What is no address is not public either. */
export const createIsPrivateAddress = () => {
  const { refused, global, excepted } = createLists()
  return (address: string): boolean => {
    const inner = mapped.exec(address)?.[1] ?? address
    const family = isIP(inner)
    if (family === 4) return refused.check(inner, 'ipv4')
    if (family === 6) return !global.check(inner, 'ipv6') || excepted.check(inner, 'ipv6')
    return true
  }
}

export type IsPrivateAddress = ReturnType<typeof createIsPrivateAddress>
