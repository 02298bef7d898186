/** One step of a fetch, for a progress bar. Bytes are there while something is counted. */
export type FetchProgress = {
  source: 'hub' | 'package'
  stage: 'waiting' | 'connecting' | 'downloading' | 'unpacking' | 'converting'
  file?: string
  doneBytes?: number
  totalBytes?: number
}

export type OnProgress = (progress: FetchProgress) => void
