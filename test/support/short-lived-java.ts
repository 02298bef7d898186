/** A server that lives for minutes spends half of its time compiling itself; without the second compiler it is done in half. */
export const shortLivedJava = { JAVA_TOOL_OPTIONS: process.env['JAVA_TOOL_OPTIONS'] ?? '-XX:TieredStopAtLevel=1 -XX:+UseSerialGC' }
