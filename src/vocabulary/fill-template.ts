import type { TextLanguage } from '../domain/finding.ts'

/** The language in which a report is spoken about: Chinese where it holds Chinese, else English. */
export const languageOfReasons = (language: TextLanguage): 'en' | 'zh' => (language === 'zh' || language === 'mixed' ? 'zh' : 'en')

/** A label inside a sentence: "Loss of drive" goes on as "loss of drive", "OTA" and Chinese stay. */
export const insideSentence = (label: string): string => (/^[A-Z][a-z]/.test(label) ? label.charAt(0).toLowerCase() + label.slice(1) : label)

/** Puts values into `{name}` places; a place without a value stays as it is. */
export const fillTemplate = (template: string, values: Readonly<Record<string, string>>): string =>
  template.replace(/\{(\w+)\}/g, (whole, name: string) => values[name] ?? whole)
