import { readFileSync } from 'node:fs'

/** Linux counts in ticks of 10 ms. */
const tickMs = 10

/** CPU time of a process with all its threads, in milliseconds. Linux only. */
export const cpuMsOf = (pid: number): number => {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]!.split(' ')
  return tickMs * (Number(fields[11]) + Number(fields[12]))
}

/** Time all cores of the machine were busy, in milliseconds. */
export const machineBusyMs = (): number => {
  const [, user = 0, nice = 0, system = 0, , , irq = 0, softirq = 0] = readFileSync('/proc/stat', 'utf8').split('\n', 1)[0]!.split(/\s+/).map(Number)
  return tickMs * (user + nice + system + irq + softirq)
}
