import type { Command} from 'commander';
import { InvalidArgumentError, Option } from 'commander'
import { parseDtc } from '../domain/dtc.ts'
import { checkVin } from '../domain/vin.ts'

export type VehicleOptions = { vin?: string; make?: string; model?: string; modelYear?: number }
export type QuestionOptions = VehicleOptions & { text?: string; dtc?: string[]; json?: boolean }

const year = (text: string): number => {
  if (!/^\d{4}$/.test(text) || Number(text) < 1900 || Number(text) > 2100) throw new InvalidArgumentError('a year such as 2022 is wanted.')
  return Number(text)
}

const vin = (text: string): string => {
  const checked = checkVin(text)
  if (!checked.ok) throw new InvalidArgumentError(`${checked.reason}.`)
  return checked.vin
}

const dtc = (text: string, earlier: string[] = []): string[] => {
  if (parseDtc(text) === null) throw new InvalidArgumentError('a fault code such as P0AA6 or P0AA6-00 is wanted.')
  return [...earlier, text]
}

const text = (given: string): string => {
  if (given.trim() === '') throw new InvalidArgumentError('it holds no word.')
  if (given.length > 20_000) throw new InvalidArgumentError('at most 20,000 characters are taken.')
  return given
}

/** The options that say what is asked about, the same for every command that asks. */
export const withQuestionOptions = (command: Command): Command =>
  command
    .addOption(new Option('--text <text>', 'what the person said').argParser(text))
    .addOption(new Option('--dtc <code>', 'a fault code, such as P0AA6 or P0AA6-00; may be given several times').argParser(dtc))
    .addOption(new Option('--vin <vin>', 'the car; its make, model and year are looked up').argParser(vin))
    .option('--make <make>', 'make of the car')
    .option('--model <model>', 'model of the car')
    .addOption(new Option('--model-year <year>', 'model year of the car').argParser(year))
    .option('--json', 'print exactly what the HTTP API answers')

/** The vehicle of a question, or nothing when none was named. */
export const vehicleOf = ({ vin, make, model, modelYear }: VehicleOptions) => {
  const vehicle = { ...(vin && { vin }), ...(make && { make }), ...(model && { model }), ...(modelYear && { modelYear }) }
  return Object.keys(vehicle).length > 0 ? vehicle : undefined
}
