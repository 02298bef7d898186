import type { ChatMessage } from '../gateway/chat-call.ts'
import type { Prompt } from './prompt-file.ts'

/**
 * Fills a prompt over LangChain's templates: every placeholder once, values never read as templates.
 *
 * @throws TypeError where the values are not exactly those the prompt asks for: a fault of the caller.
 */
export const renderPrompt = async (prompt: Prompt, values: Readonly<Record<string, string>>): Promise<ChatMessage[]> => {
  const missing = prompt.placeholders.filter(name => !(name in values))
  const unknown = Object.keys(values).filter(name => !prompt.placeholders.includes(name))
  if (missing.length + unknown.length > 0)
    throw new TypeError(`prompt ${prompt.id}@${prompt.version}: ${[...missing.map(name => `no value for {{${name}}}`), ...unknown.map(name => `no placeholder {{${name}}}`)].join(', ')}`)
  const { ChatPromptTemplate } = await import('@langchain/core/prompts')
  const template = ChatPromptTemplate.fromMessages([['system', prompt.system], ['human', prompt.user]], { templateFormat: 'mustache' })
  const [system, user] = await template.formatMessages({ ...values })
  const textOf = (message: { content: unknown } | undefined) => (typeof message?.content === 'string' ? message.content : '')
  return [
    { role: 'system', content: textOf(system) },
    { role: 'user', content: textOf(user) },
  ]
}
