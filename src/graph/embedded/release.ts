import { join } from 'node:path'

/** The long-term-support release whose jars the pinned pom names. */
export const neo4jVersion = '5.26.29'

/** Oldest Java that runs it. */
export const oldestJava = 17

export const entryPoint = 'org.neo4j.server.CommunityEntryPoint'

/** Folder of the jars inside the cache folder. */
export function libraryFolder(cacheDir: string): string {
  return join(cacheDir, `neo4j-${neo4jVersion}`, 'lib')
}
