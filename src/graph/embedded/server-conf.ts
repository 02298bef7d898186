export type ServerPorts = { bolt: number; http: number }

/**
 * Text of `neo4j.conf`: loopback only, the ports of this start, and nothing sent out.
 *
 * @param more Further settings by name; one named here again wins.
 */
export function renderServerConf(ports: ServerPorts, memory: { pageCacheMb: number }, more: Readonly<Record<string, string>> = {}): string {
  const settings = {
    'server.default_listen_address': '127.0.0.1',
    'server.bolt.listen_address': `127.0.0.1:${ports.bolt}`,
    // Without it the Browser is told to connect to 7687, whatever the port.
    'server.bolt.advertised_address': `127.0.0.1:${ports.bolt}`,
    'server.http.listen_address': `127.0.0.1:${ports.http}`,
    'server.http.advertised_address': `127.0.0.1:${ports.http}`,
    'server.https.enabled': 'false',
    'server.memory.pagecache.size': `${memory.pageCacheMb}m`,
    'db.transaction.timeout': '120s',
    'db.tx_log.rotation.retention_policy': '1 files',
    'db.tx_log.preallocate': 'false',
    'dbms.usage_report.enabled': 'false',
    // By default a statement is planned anew for each order of magnitude of each list and text it is given: one with five lists dozens of times.
    'internal.cypher.use_parameter_size': 'false',
    // By default Bolt waits 10 s for a quiet moment at every stop, though we have closed our connections by then.
    'internal.dbms.bolt.netty_server_shutdown_quiet_period': '0',
    ...more,
  }
  return `# Written at each start; changes are lost.\n${Object.entries(settings).map(([key, value]) => `${key}=${value}\n`).join('')}`
}
