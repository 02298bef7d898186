// Who is connected to the database.
//
// Params   none
// Returns  one row a connection
CALL dbms.listConnections() YIELD connectionId, userAgent, clientAddress
RETURN connectionId AS connectionId, userAgent AS userAgent
