import { pino, type Logger } from 'pino'

export type { Logger }

/** Names of fields whose value never reaches a log, at the top and up to three objects down. */
export const redactedFields = ['text', 'vin', 'key', 'password', 'secret', 'authorization', 'cookie', 'personRef', 'narrative', 'complaint', 'correction'] as const

const prefixes = ['', '*.', '*.*.', '*.*.*.']

/**
 * JSON lines; standard error by default, so that standard output stays what a command prints.
 *
 * @param destination any writable; given by tests.
 */
export const createLogger = (options: { level: string; destination?: { write(line: string): void } }): Logger =>
  pino(
    {
      level: options.level,
      base: { pid: process.pid },
      timestamp: () => `,"time":"${new Date().toISOString()}"`,
      formatters: { level: label => ({ level: label }) },
      redact: { paths: redactedFields.flatMap(field => prefixes.map(prefix => `${prefix}${field}`)), censor: '[redacted]' },
    },
    options.destination ?? pino.destination({ fd: 2, sync: true }),
  )
