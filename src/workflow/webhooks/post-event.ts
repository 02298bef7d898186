import { lookup as resolve } from 'node:dns'
import type { LookupAddress } from 'node:dns'
import { request as requestPlain } from 'node:http'
import type { RequestOptions } from 'node:http'
import { request as requestTls } from 'node:https'
import { isIP } from 'node:net'
import type { LookupFunction } from 'node:net'
import type { IsPrivateAddress } from './private-addresses.ts'

/** What became of one attempt; `status` null where no answer came. */
export type PostOutcome = { ok: boolean; status: number | null; error: string | null }

export type PostEvent = (url: string, message: { headers: Record<string, string>; body: string }, signal: AbortSignal) => Promise<PostOutcome>

type Resolve = (hostname: string, options: { all: true; verbatim: true }, callback: (error: NodeJS.ErrnoException | null, addresses: LookupAddress[]) => void) => void

export type PostOptions = { isPrivate: IsPrivateAddress; allowPrivate: boolean; timeoutMs: number; resolveName?: Resolve }

const refusal = (address: string) => Object.assign(new Error(`the address ${address} is not of the public internet`), { code: 'PRIVATE_ADDRESS' })

/**
 * Name look-up that hands the socket only addresses it checked itself: what was checked is what is connected to, whatever the name says a moment
 * later. One private address among several refuses the name.
 */
export const checkedLookup =
  ({ isPrivate, allowPrivate, resolveName = resolve }: Omit<PostOptions, 'timeoutMs'>): LookupFunction =>
  (hostname, options, callback) => {
    resolveName(hostname, { all: true, verbatim: true }, (error, addresses) => {
      if (error) return callback(error, '', 0)
      const refused = allowPrivate ? undefined : addresses.find(one => isPrivate(one.address))
      if (refused) return callback(refusal(refused.address), '', 0)
      const wanted = options.family === 4 || options.family === 6 ? addresses.filter(one => one.family === options.family) : addresses
      const [first] = wanted
      if (first === undefined) return callback(Object.assign(new Error('the name has no address'), { code: 'ENOTFOUND' }), '', 0)
      if (options.all) return (callback as unknown as (error: null, addresses: LookupAddress[]) => void)(null, wanted)
      callback(null, first.address, first.family)
    })
  }

/**
 * Sends one event. Redirects are not followed: a receiver that moved is registered anew, and nothing is led to an address that was not checked.
 */
export const createPostEvent = (options: PostOptions): PostEvent => {
  const lookup = checkedLookup(options)
  return async (address, { headers, body }, signal) => {
    const url = new URL(address)
    const literal = url.hostname.replace(/^\[|\]$/g, '')
    // A numeric host is never looked up.
    if (isIP(literal) !== 0 && !options.allowPrivate && options.isPrivate(literal)) return failure(refusal(literal))
    try {
      const status = await send(url, { method: 'POST', headers: { ...headers, 'content-length': Buffer.byteLength(body) }, lookup, agent: false }, body, AbortSignal.any([signal, AbortSignal.timeout(options.timeoutMs)]))
      const ok = status >= 200 && status < 300
      return { ok, status, error: ok ? null : status >= 300 && status < 400 ? `answered ${status}: redirects are not followed` : `answered ${status}` }
    } catch (error) {
      return failure(error)
    }
  }
}

const failure = (error: unknown): PostOutcome => {
  const { code, message, name } = error as { code?: string; message?: string; name?: string }
  return { ok: false, status: null, error: name === 'TimeoutError' ? 'no answer in time' : code === 'PRIVATE_ADDRESS' ? (message ?? code) : `not reached (${code ?? name ?? 'unknown'})` }
}

const send = (url: URL, options: RequestOptions, body: string, signal: AbortSignal): Promise<number> =>
  new Promise((done, failed) => {
    const request = (url.protocol === 'https:' ? requestTls : requestPlain)(url, { ...options, signal }, response => {
      // The answer's body is of no interest and must not fill the memory.
      response.on('error', failed)
      response.once('data', () => response.destroy())
      response.once('close', () => done(response.statusCode ?? 0))
      response.resume()
    })
    request.once('error', error => failed(signal.reason instanceof Error ? signal.reason : error))
    request.end(body)
  })
