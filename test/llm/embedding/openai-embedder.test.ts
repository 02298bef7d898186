import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createOpenAiEmbedder, type OpenAiEmbeddingOptions } from '../../../src/llm/embedding/openai-embedder.ts'

type Asked = { path: string | undefined; authorization: string | undefined; body: { input: string[]; model: string; dimensions?: number } }

describe('createOpenAiEmbedder', () => {
  let service: Server
  let asked: Asked[] = []
  let status = 200
  let vectorOf: (text: string) => number[]
  let isSilent = false

  beforeEach(async () => {
    asked = []
    status = 200
    isSilent = false
    // (3, 4) for a text of even length, (4, 3) for an odd one: no unit vectors, the adapter has to scale them.
    vectorOf = text => (text.length % 2 === 0 ? [3, 4] : [4, 3])
    service = createServer((request, response) => {
      let text = ''
      request.on('data', (chunk: Buffer) => (text += chunk.toString('utf8')))
      request.on('end', () => {
        const body = JSON.parse(text) as Asked['body']
        asked.push({ path: request.url, authorization: request.headers.authorization, body })
        if (isSilent) return
        response.writeHead(status, { 'content-type': 'application/json' })
        const data = body.input.map((one, index) => ({ object: 'embedding', index, embedding: vectorOf(one) }))
        response.end(status === 200 ? JSON.stringify({ object: 'list', model: body.model, data, usage: { prompt_tokens: 1, total_tokens: 1 } }) : '{"error":{"message":"no"}}')
      })
    })
    await new Promise<void>(resolve => service.listen(0, '127.0.0.1', resolve))
  })
  afterEach(async () => {
    service.closeAllConnections()
    await new Promise(resolve => service.close(resolve))
  })

  const open = (options: Partial<OpenAiEmbeddingOptions> = {}) =>
    createOpenAiEmbedder({ baseUrl: `http://127.0.0.1:${(service.address() as AddressInfo).port}/v1`, apiKey: 'k1', model: 'some-model', dimensions: 2, ...options })

  it('asks in batches and gives unit vectors in the order of the texts', async () => {
    const embedder = open({ batchSize: 2 })
    const vectors = await embedder.embed(['ab', 'abc', 'abcd'], 'passage')
    expect(vectors.map(vector => [...vector])).toEqual([[0.6, 0.8], [0.8, 0.6], [0.6, 0.8]].map(pair => pair.map(Math.fround)))
    expect(asked.map(one => one.body.input)).toEqual([['ab', 'abc'], ['abcd']])
    expect(asked[0]).toMatchObject({ path: '/v1/embeddings', authorization: 'Bearer k1', body: { model: 'some-model' } })
    expect(asked[0]?.body).not.toHaveProperty('dimensions')
    expect(embedder.modelId).toBe('openai:some-model/2')
  })

  it('puts the role before a text for an e5 model, asks others to shorten where they can', async () => {
    await open({ model: 'intfloat/multilingual-e5-base' }).embed(['brake'], 'query')
    await open({ model: 'text-embedding-3-small' }).embed(['brake'], 'query')
    expect(asked.map(one => [one.body.input[0], one.body.dimensions])).toEqual([['query: brake', undefined], ['brake', 2]])
  })

  it.each([401, 429, 500])('asks once and says it is unavailable on %d', async code => {
    status = code
    await expect(open().embed(['brake'], 'query')).rejects.toMatchObject({ code: 'FB_EMBEDDER_UNAVAILABLE', details: { status: code } })
    expect(asked).toHaveLength(1)
  })

  it('says it is unavailable when nobody listens', async () => {
    await expect(open({ baseUrl: 'http://127.0.0.1:9/v1' }).embed(['brake'], 'query')).rejects.toMatchObject({ code: 'FB_EMBEDDER_UNAVAILABLE' })
  })

  it('refuses vectors of another length than the index holds, and zero vectors', async () => {
    vectorOf = () => [1, 2, 3]
    await expect(open().embed(['brake'], 'query')).rejects.toMatchObject({ code: 'FB_CONFIG_INVALID' })
    vectorOf = () => [0, 0]
    await expect(open().embed(['brake'], 'query')).rejects.toMatchObject({ code: 'FB_EMBEDDER_UNAVAILABLE' })
  })

  it('lets a caller go who aborts', async () => {
    isSilent = true
    const leave = new AbortController()
    const reason = new Error('the caller left')
    const waiting = open().embed(['brake'], 'query', { signal: leave.signal })
    await expect.poll(() => asked.length).toBe(1)
    leave.abort(reason)
    await expect(waiting).rejects.toBe(reason)
  })
})
