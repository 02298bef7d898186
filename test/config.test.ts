import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { environmentVariables, readConfig } from '../src/config.ts'
import { FishboneError } from '../src/domain/error.ts'
import { projectRoot } from '../src/project-root.ts'

const faultsOf = (environment: NodeJS.ProcessEnv) => {
  try {
    readConfig(environment)
  } catch (error) {
    if (error instanceof FishboneError) return { code: error.code, message: error.message, faults: error.details['faults'] as { variable: string; message: string }[] }
    throw error
  }
  throw new Error('nothing was refused')
}

describe('readConfig', () => {
  it('runs alone on this machine without any variable', () => {
    const config = readConfig({ HOME: '/home/q' })
    expect(config).toMatchObject({
      neo4j: null,
      redisUrl: null,
      embeddings: { kind: 'local' },
      dataDir: join(projectRoot, '.fishbone'),
      sla: { firstResponseHours: 24, resolutionHours: 48 },
      apiKeys: [],
      http: { host: '127.0.0.1', port: 3000, isLoopback: true },
      logLevel: 'info',
    })
  })

  it('takes an empty variable as absent', () => {
    expect(readConfig({ NEO4J_URI: '', PORT: ' ', FISHBONE_VIN_KEY: '' }).neo4j).toBeNull()
  })

  it('names every fault at once, also between variables, and what would be right', () => {
    const { code, faults } = faultsOf({
      NEO4J_URI: 'http://graph:7474',
      PORT: '70000',
      LOG_LEVEL: 'loud',
      EMBEDDINGS: 'openai',
      SLA_RESOLUTION_HOURS: '-1',
      LLM_BASE_URL: 'http://127.0.0.1:8000/v1',
    })
    expect(code).toBe('FB_CONFIG_INVALID')
    expect(faults.map(fault => fault.variable).sort()).toEqual(
      ['EMBEDDINGS_BASE_URL', 'EMBEDDINGS_MODEL', 'LLM_MODEL', 'LOG_LEVEL', 'NEO4J_PASSWORD', 'NEO4J_URI', 'PORT', 'SLA_RESOLUTION_HOURS'].sort(),
    )
    expect(faults.find(fault => fault.variable === 'PORT')?.message).toContain('65535')
    expect(faults.find(fault => fault.variable === 'LOG_LEVEL')?.message).toContain('warn')
  })

  it('never repeats a secret in its complaint', () => {
    const { message } = faultsOf({ FISHBONE_VIN_KEY: 'deadbeefcafe', FISHBONE_API_KEYS: 'chief:s3cr3t-value', NEO4J_PASSWORD: 'hidden-word', PORT: 'x' })
    expect(message).toContain('FISHBONE_VIN_KEY must be 64 hex digits')
    expect(message).toContain('FISHBONE_API_KEYS entry 1 must be role:secret')
    for (const secret of ['deadbeefcafe', 's3cr3t-value', 'hidden-word']) expect(message).not.toContain(secret)
  })

  it('reads keys as role and secret, the secret up to the next comma', () => {
    expect(readConfig({ FISHBONE_API_KEYS: 'reader:a:b, admin:xyz' }).apiKeys).toEqual([
      { role: 'reader', secret: 'a:b' },
      { role: 'admin', secret: 'xyz' },
    ])
  })

  it('reads fall-backs as model with or without an address and a mode', () => {
    expect(readConfig({ LLM_FALLBACKS: 'small|tools, big@https://models.example/v1, old@http://h/v1|plain' }).llm.fallbacks).toEqual([
      { model: 'small', baseUrl: null, structuredOutput: 'tools' },
      { model: 'big', baseUrl: 'https://models.example/v1', structuredOutput: null },
      { model: 'old', baseUrl: 'http://h/v1', structuredOutput: 'plain' },
    ])
    expect(faultsOf({ LLM_FALLBACKS: 'small|xml' }).faults.map(fault => fault.variable)).toEqual(['LLM_FALLBACKS'])
  })

  it('reads prices of a million tokens, cached ones as input where they are not told', () => {
    expect(readConfig({ LLM_PRICE: '0.4/1.6' }).llm.price).toEqual({ input: 0.4, output: 1.6, cached: 0.4 })
    expect(readConfig({ LLM_PRICE: '0.4/1.6/0.1' }).llm.price).toEqual({ input: 0.4, output: 1.6, cached: 0.1 })
    expect(faultsOf({ LLM_PRICE: 'cheap' }).faults.map(fault => fault.variable)).toEqual(['LLM_PRICE'])
  })

  it('is frozen to the bottom', () => {
    const config = readConfig({})
    expect(Object.isFrozen(config)).toBe(true)
    expect(Object.isFrozen(config.http)).toBe(true)
    expect(Object.isFrozen(config.llm.fallbacks)).toBe(true)
  })

  it.each([
    ['127.0.0.1', true],
    ['127.1.2.3', true],
    ['::1', true],
    ['localhost', true],
    ['0.0.0.0', false],
    ['10.0.0.4', false],
    ['127.example.org', false],
  ])('knows whether %s is loopback: %s', (host, isLoopback) => {
    expect(readConfig({ HOST: host }).http.isLoopback).toBe(isLoopback)
  })

  it('has each variable documented in .env.example, and nothing else there', () => {
    const documented = readFileSync(join(projectRoot, '.env.example'), 'utf8').match(/^[A-Z0-9_]+(?==)/gm) ?? []
    expect([...documented].sort()).toEqual([...environmentVariables].sort())
  })
})
