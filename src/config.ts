import { readFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { join, resolve } from 'node:path'
import { z } from 'zod'
import { BusinessCalendar } from './domain/business-calendar.ts'
import { FishboneError } from './domain/error.ts'
import { projectRoot } from './project-root.ts'

/** Roles in order of power; each may do what those before it may. */
export const configuredRoles = ['reader', 'contributor', 'engineer', 'admin'] as const

const url = (protocols: string[], example: string) =>
  z.string().refine(text => URL.canParse(text) && protocols.includes(new URL(text).protocol), `must be an address such as ${example}`)

const wholeNumber = (min: number, max: number, what: string) =>
  z
    .string()
    .refine(text => /^\d+$/.test(text) && Number(text) >= min && Number(text) <= max, `must be ${what}, a whole number from ${min} to ${max}`)
    .transform(Number)

const hours = z
  .string()
  .refine(text => /^\d+(\.\d+)?$/.test(text) && Number(text) > 0 && Number(text) <= 8_760, 'must be hours, a number above 0 and at most 8760')
  .transform(Number)

const flag = z
  .string()
  .refine(text => ['true', 'false', '1', '0'].includes(text.toLowerCase()), 'must be true or false')
  .transform(text => ['true', '1'].includes(text.toLowerCase()))

/** A file that is read with the settings: a calendar that does not load must stop the start, not the first report at night. */
const calendarFile = z.string().transform((file, context): BusinessCalendar => {
  try {
    return BusinessCalendar.parse(JSON.parse(readFileSync(file, 'utf8')))
  } catch (error) {
    const at = error instanceof z.ZodError ? `${error.issues[0]?.path.join('.') ?? ''}: ${error.issues[0]?.message ?? ''}` : 'cannot be read as JSON'
    context.addIssue({ code: 'custom', message: `must name a business calendar; ${file} ${at}` })
    return z.NEVER
  }
})

const share = z
  .string()
  .refine(text => /^0?\.\d+$/.test(text), 'must be a share between 0 and 1, such as 0.75')
  .transform(Number)

const apiKeys = z.string().transform((text, context) =>
  text
    .split(',')
    .map(entry => entry.trim())
    .filter(entry => entry !== '')
    .map((entry, position) => {
      const colon = entry.indexOf(':')
      const role = configuredRoles.find(name => name === entry.slice(0, colon))
      const secret = entry.slice(colon + 1)
      // The entry itself stays out of the message: it holds a secret.
      if (colon < 0 || role === undefined || secret === '')
        context.addIssue({ code: 'custom', message: `entry ${position + 1} must be role:secret, with a role out of ${configuredRoles.join(', ')}` })
      return { role: role ?? 'reader', secret }
    }),
)

const structuredOutputs = ['json_schema', 'json_object', 'tools', 'plain'] as const
export type StructuredOutput = (typeof structuredOutputs)[number]

/** `model`, `model@https://address/v1`, each with an own mode after `|`. */
const fallbacks = z.string().transform((text, context) =>
  text
    .split(',')
    .map(entry => entry.trim())
    .filter(entry => entry !== '')
    .map(entry => {
      const [address = '', mode] = entry.split('|')
      const at = address.indexOf('@')
      const baseUrl = at < 0 ? null : address.slice(at + 1)
      const structuredOutput = structuredOutputs.find(name => name === mode)
      if (at === 0 || address === '' || (baseUrl !== null && !URL.canParse(baseUrl)) || (mode !== undefined && structuredOutput === undefined))
        context.addIssue({ code: 'custom', message: `"${entry}" must be model or model@https://address/v1, with |${structuredOutputs.join(' or |')} after it where the mode differs` })
      return { model: at < 0 ? address : address.slice(0, at), baseUrl, structuredOutput: structuredOutput ?? null }
    }),
)

const price = z.string().transform((text, context) => {
  const [input = Number.NaN, output = Number.NaN, cached] = text.split('/').map(Number)
  if (![input, output, cached ?? 0].every(part => Number.isFinite(part) && part >= 0) || text.split('/').length > 3)
    context.addIssue({ code: 'custom', message: 'must be input/output or input/output/cached: prices of a million tokens, such as 0.4/1.6/0.1' })
  return { input, output, cached: cached ?? input }
})

const Environment = z.object({
  NEO4J_URI: url(['bolt:', 'bolt+s:', 'bolt+ssc:', 'neo4j:', 'neo4j+s:', 'neo4j+ssc:'], 'neo4j://127.0.0.1:7687').optional(),
  NEO4J_USER: z.string().default('neo4j'),
  NEO4J_PASSWORD: z.string().optional(),
  REDIS_URL: url(['redis:', 'rediss:'], 'redis://127.0.0.1:6379').optional(),
  LLM_BASE_URL: url(['http:', 'https:'], 'http://127.0.0.1:8000/v1').optional(),
  LLM_MODEL: z.string().optional(),
  LLM_API_KEY: z.string().optional(),
  LLM_STRUCTURED_OUTPUT: z.enum(structuredOutputs, `must be ${structuredOutputs.join(', ')}`).default('json_object'),
  LLM_DAILY_TOKEN_BUDGET: wholeNumber(0, 1_000_000_000_000, 'tokens a day').optional(),
  LLM_FALLBACKS: fallbacks.optional(),
  LLM_FALLBACK_API_KEY: z.string().optional(),
  LLM_CONCURRENCY: wholeNumber(1, 1_000, 'calls at a time').default(4),
  LLM_TIMEOUT_SECONDS: wholeNumber(1, 600, 'seconds a call').default(15),
  LLM_CASE_TIMEOUT_SECONDS: wholeNumber(1, 1_800, 'seconds a case').default(30),
  LLM_PRICE: price.optional(),
  EMBEDDINGS: z.enum(['local', 'openai', 'none'], 'must be local, openai or none').default('local'),
  EMBEDDINGS_BASE_URL: url(['http:', 'https:'], 'http://127.0.0.1:8000/v1').optional(),
  EMBEDDINGS_MODEL: z.string().optional(),
  EMBEDDINGS_WAIT_SECONDS: wholeNumber(1, 600, 'seconds a request waits for a vector').default(3),
  FISHBONE_DATA_DIR: z.string().optional(),
  FISHBONE_CACHE_DIR: z.string().optional(),
  FISHBONE_VIN_KEY: z
    .string()
    // Said without the value: it is the key to every VIN.
    .regex(/^[0-9a-fA-F]{64}$/, 'must be 64 hex digits (for example from: openssl rand -hex 32)')
    .optional(),
  SLA_FIRST_RESPONSE_HOURS: hours.default(24),
  SLA_RESOLUTION_HOURS: hours.default(48),
  SLA_AT_RISK_SHARE: share.default(0.75),
  SLA_CALENDAR: calendarFile.optional(),
  WEBHOOK_ALLOW_PRIVATE: flag.default(false),
  FISHBONE_API_KEYS: apiKeys.optional(),
  RATE_LIMIT_PER_MINUTE: wholeNumber(1, 10_000_000, 'requests a minute for each key').default(12_000),
  PORT: wholeNumber(0, 65_535, 'a port').default(3000),
  HOST: z.string().default('127.0.0.1'),
  LOG_LEVEL: z
    .enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'], 'must be fatal, error, warn, info, debug, trace or silent')
    .default('info'),
})

/** Names of all variables read; `.env.example` documents each. */
export const environmentVariables = Object.keys(Environment.shape)

type Fault = { variable: string; message: string }

const needs = (variable: string, because: string): Fault => ({ variable, message: `must be given with ${because}` })

/** Faults between variables, from the raw values: they are wanted together with the faults of single ones. */
const faultsBetween = (given: Record<string, string | undefined>): Fault[] => [
  ...(given['NEO4J_URI'] && !given['NEO4J_PASSWORD'] ? [needs('NEO4J_PASSWORD', 'NEO4J_URI')] : []),
  ...(given['LLM_BASE_URL'] && !given['LLM_MODEL'] ? [needs('LLM_MODEL', 'LLM_BASE_URL')] : []),
  ...(given['EMBEDDINGS'] === 'openai'
    ? ['EMBEDDINGS_BASE_URL', 'EMBEDDINGS_MODEL'].filter(name => !given[name]).map(name => needs(name, 'EMBEDDINGS=openai'))
    : []),
]

const isLoopback = (host: string) => host === 'localhost' || host === '::1' || /^127(\.\d{1,3}){3}$/.test(host)

const shape = (environment: z.output<typeof Environment>) => ({
  /** Null: Fishbone starts Neo4j itself (embedded mode). */
  neo4j:
    environment.NEO4J_URI === undefined
      ? null
      : { uri: environment.NEO4J_URI, user: environment.NEO4J_USER, password: environment.NEO4J_PASSWORD ?? '' },
  redisUrl: environment.REDIS_URL ?? null,
  llm: {
    baseUrl: environment.LLM_BASE_URL ?? null,
    model: environment.LLM_MODEL ?? null,
    apiKey: environment.LLM_API_KEY ?? null,
    structuredOutput: environment.LLM_STRUCTURED_OUTPUT,
    dailyTokenBudget: environment.LLM_DAILY_TOKEN_BUDGET ?? null,
    fallbacks: environment.LLM_FALLBACKS ?? [],
    fallbackApiKey: environment.LLM_FALLBACK_API_KEY ?? null,
    concurrency: environment.LLM_CONCURRENCY,
    callMs: 1_000 * environment.LLM_TIMEOUT_SECONDS,
    caseMs: 1_000 * environment.LLM_CASE_TIMEOUT_SECONDS,
    /** US dollars a million tokens; null where no price is told. */
    price: environment.LLM_PRICE ?? null,
  },
  embeddings: {
    kind: environment.EMBEDDINGS,
    baseUrl: environment.EMBEDDINGS_BASE_URL ?? null,
    model: environment.EMBEDDINGS_MODEL ?? null,
    /** Longest wait for a vector while somebody waits for the answer of a server. */
    waitMs: 1_000 * environment.EMBEDDINGS_WAIT_SECONDS,
  },
  dataDir: resolve(environment.FISHBONE_DATA_DIR ?? join(projectRoot, '.fishbone')),
  cacheDir: resolve(environment.FISHBONE_CACHE_DIR ?? ''),
  vinKeyHex: environment.FISHBONE_VIN_KEY ?? null,
  sla: {
    firstResponseHours: environment.SLA_FIRST_RESPONSE_HOURS,
    resolutionHours: environment.SLA_RESOLUTION_HOURS,
    atRiskShare: environment.SLA_AT_RISK_SHARE,
    /** Null: every hour counts. */
    calendar: environment.SLA_CALENDAR ?? null,
  },
  webhooks: { allowPrivate: environment.WEBHOOK_ALLOW_PRIVATE },
  apiKeys: environment.FISHBONE_API_KEYS ?? [],
  http: {
    host: environment.HOST,
    port: environment.PORT,
    isLoopback: isLoopback(environment.HOST),
    requestsPerMinute: environment.RATE_LIMIT_PER_MINUTE,
  },
  logLevel: environment.LOG_LEVEL,
})

export type Config = Readonly<ReturnType<typeof shape>>

const cacheFolder = (environment: NodeJS.ProcessEnv) =>
  environment['FISHBONE_CACHE_DIR'] || join(environment['XDG_CACHE_HOME'] || join(homedir(), '.cache'), 'fishbone')

const deepFreeze = <T extends object>(value: T): T => {
  for (const part of Object.values(value)) if (typeof part === 'object' && part !== null) deepFreeze(part as object)
  return Object.freeze(value)
}

const faultMessage = (faults: Fault[]) =>
  ['The configuration is not valid:', ...faults.map(fault => `  ${fault.variable} ${fault.message}`)].join('\n')

/**
 * The settings of one process, read once from the environment; an empty variable counts as absent.
 *
 * @throws FB_CONFIG_INVALID with every fault in `details.faults` (`{variable, message}`) and one a line in the message; values are not repeated.
 */
export const readConfig = (environment: NodeJS.ProcessEnv = process.env): Config => {
  const given = Object.fromEntries(
    environmentVariables.map(name => [name, environment[name]?.trim()] as const).filter(([, value]) => value !== undefined && value !== ''),
  )
  const parsed = Environment.safeParse(given)
  const single = parsed.success ? [] : parsed.error.issues.map(issue => ({ variable: String(issue.path[0]), message: issue.message }))
  const faults: Fault[] = [...single, ...faultsBetween(given)]
  if (!parsed.success || faults.length > 0)
    throw new FishboneError('FB_CONFIG_INVALID', faultMessage(faults), { details: { faults } })
  return deepFreeze(shape({ ...parsed.data, FISHBONE_CACHE_DIR: cacheFolder(environment) }))
}
