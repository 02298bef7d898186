/**
 * A server that lives for minutes spends most of its time on itself: without the second compiler it is done in half, and the byte code of its jars
 * needs no proof class by class.
 */
const flags = ['-XX:TieredStopAtLevel=1', '-XX:+UseSerialGC', '-XX:+UnlockDiagnosticVMOptions', '-XX:-BytecodeVerificationRemote']

export const shortLivedJava = { JAVA_TOOL_OPTIONS: process.env['JAVA_TOOL_OPTIONS'] ?? flags.join(' ') }
