/**
 * Tables of databases, over whatever JDBC driver is on the class path: read as a whole, or asked for keys. May import {@code connector} and
 * what that may import; nothing else imports {@code java.sql}. Start reading at {@link io.leat.runtime.connector.jdbc.JdbcConnector}.
 */
package io.leat.runtime.connector.jdbc;
